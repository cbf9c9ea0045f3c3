"""Pairs from a file: a JSON object a line, told wrong line by line."""

from __future__ import annotations

from pydantic import ValidationError

from assistant.domain.rating import Pair
from assistant.errors import InputError

_SHOWN = 10


def read_pair_lines(text: str, name: str) -> list[Pair]:
    """The pairs of a file's text. InputError with every wrong line as `file:line`, or where there is no pair."""
    pairs, problems = list[Pair](), list[str]()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        try:
            pairs.append(Pair.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(one) for one in first["loc"])
            problems.append(f"{name}:{number}: {where + ': ' if where else ''}{first['msg']}")
    if problems:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise InputError(
            "\n".join(problems[:_SHOWN]) + more, "A line is a pair: id, cluster, a and b with text, source."
        )
    if not pairs:
        raise InputError(f"{name} holds no pair.", "Write one a line: id, cluster, a and b with text and source.")
    return pairs
