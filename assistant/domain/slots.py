"""Templates: words with typed slots, and what becomes of them when the slots are filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SLOT = re.compile(r"\{([a-z_]+(?::[A-Za-z0-9_-]+)?\.[a-z0-9_]+)\}")
ANY_BRACE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """One slot after filling: the slot's name and where its value stands in the text."""

    slot: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """A template whose slots are filled; `filled` in order of position."""

    text: str
    filled: tuple[Filled, ...]


def slots_of(template: str) -> list[str]:
    """The slots of a template, in order, repeated where they repeat."""
    return SLOT.findall(template)


def fill(template: str, value: Callable[[str], str]) -> Rendering:
    """Put `value(slot)` in the place of each slot and remember where."""
    out: list[str] = []
    filled: list[Filled] = []
    size = last = 0
    for match in SLOT.finditer(template):
        before = template[last : match.start()]
        shown = value(match[1])
        size += len(before)
        filled.append(Filled(match[1], size, size + len(shown)))
        size += len(shown)
        out += (before, shown)
        last = match.end()
    out.append(template[last:])
    return Rendering("".join(out), tuple(filled))


def blank(template: str) -> str:
    """The template's own words, slots left out: what two variants are compared by."""
    return SLOT.sub("", template)


def resolve(template: str, product: str | None, campaign: str | None) -> str:
    """Name the owners that a phrase leaves open: `{product.rate}` → `{product:TD-24M.rate}`."""
    if product:
        template = template.replace("{product.", f"{{product:{product}.")
    if campaign:
        template = template.replace("{campaign.", f"{{campaign:{campaign}.")
    return template


def keys_of(template: str) -> Iterator[tuple[str, str]]:
    """Owner and key of each slot of a phrase: `("product", "rate")`."""
    for slot in slots_of(template):
        owner, _, key = slot.rpartition(".")
        yield owner.partition(":")[0], key
