"""Whether what a script's line names exists, and whether a message after a call can be written from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain.pack import Pack
from assistant.domain.script import Line
from assistant.domain.slots import slots_of
from assistant.errors import Problem
from assistant.packs.lookup import unknown

if TYPE_CHECKING:
    from assistant.packs.loader import Reading

NONE = "none"
"""The product type of a call in which nothing is offered."""


def lines(pack: Pack, reading: Reading) -> Iterator[Problem]:
    """Every reference of a script's line that leads nowhere; a message after a call without its place."""
    types = {*pack.institution.product_types, NONE}
    for locale, found in pack.scripts.items():
        for line in found:
            at = (f"scripts/{locale}", line.id)
            yield from unknown(reading, *at, ("trigger",), "trigger", line.trigger, pack.triggers)
            yield from unknown(reading, *at, ("age",), "age band", line.age, pack.ages)
            yield from unknown(reading, *at, ("product_type",), "product type", line.product_type, types)
            channels = [line.channel] if line.channel else []
            yield from unknown(reading, *at, ("channel",), "channel", channels, pack.channels)
            if line.section == "after":
                yield from _after(pack, reading, at, line)


def _after(pack: Pack, reading: Reading, at: tuple[str, str], line: Line) -> Iterator[Problem]:
    if line.outcome is None or line.channel is None:
        file, number = reading.at(*at)
        what = f"{line.id}: a message after a call without outcome and channel"
        yield Problem(file, number, what, "say after which outcome it goes, and over which channel")
    for slot in slots_of(line.text):
        if slot not in pack.facts:
            file, number = reading.at(*at, "text")
            what = f"{line.id}: nothing fills {{{slot}}} in a message after a call"
            yield Problem(file, number, what, "say it without; only the catalogue and {you} can be named")
