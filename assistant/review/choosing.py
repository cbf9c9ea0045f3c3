"""What a password must be: long, and not among those that are guessed first. No rule asks for kinds of characters."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from assistant.errors import InputError

SHORTEST, LONGEST = 12, 256
FEWEST = 5
"""Different characters that a password has at least."""
OBVIOUS = Path(__file__).with_name("obvious.txt")


def normal(password: str) -> str:
    """A password as it is hashed: the same whatever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


def chosen(password: str, login: str) -> str:
    """The password as it is hashed. InputError where it is too short, too long, or guessed first."""
    plain = normal(password)
    if len(plain) < SHORTEST:
        raise InputError(
            f"The password has {len(plain)} characters.", f"Take {SHORTEST} at least: a few words will do."
        )
    if len(plain) > LONGEST:
        raise InputError(f"The password has {len(plain)} characters.", f"Take {LONGEST} at most.")
    own = {_bare(part) for part in (login, *login.split("@"))} - {""}
    if len(set(plain)) < FEWEST or _made_of(_bare(plain), _pieces() | own):
        raise InputError("The password is among those guessed first.", "Take a few words that do not go together.")
    return plain


def _made_of(bare: str, pieces: frozenset[str]) -> bool:
    """Whether a text is nothing but pieces one after another, with digits at its end perhaps."""
    ends = {0}
    for start in range(len(bare)):
        if start in ends:
            ends |= {start + len(piece) for piece in pieces if bare.startswith(piece, start)}
    return any(end == len(bare) or (end and bare[end:].isdigit()) for end in ends)


def _bare(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


@cache
def _pieces() -> frozenset[str]:
    lines = OBVIOUS.read_text(encoding="utf-8").splitlines()
    return frozenset(_bare(line) for line in lines if line.strip() and not line.startswith("#"))
