"""A few pairs to try a session with: the same cells written by the phrase writer under two settings of its note."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain.brief import Brief, Cell
from assistant.domain.rating import Half, Pair
from assistant.domain.values import Locale
from assistant.errors import InputError
from eval.rating.readers import readers_of
from eval.rating.rules import Sample

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.writing.cells import CellWriter


def sample_pairs(desk: Desk, locale: Locale, today: dt.date, wanted: Sample) -> list[Pair]:
    """`wanted.count` pairs in a language, campaign after campaign, a group of customers a campaign further each time.

    Raises InputError where the pack has nothing to write today in which the two settings differ.
    """
    from assistant.writing.cells import CellWriter
    from assistant.writing.gate import Gate

    writer = CellWriter(desk.pack, Gate(desk.pack, desk.engine), desk.phrases, lambda *_: ())
    found = list[Pair]()
    for cell in _cells(desk, locale, today, wanted):
        if (pair := _pair(desk, writer, cell, today, wanted)) is not None:
            found.append(pair)
        if len(found) == wanted.count:
            break
    if not found:
        raise InputError("There is nothing to compare in this language today.", "Bring a file of pairs.")
    return found


def _cells(desk: Desk, locale: Locale, today: dt.date, wanted: Sample) -> Iterator[Cell]:
    pack = desk.pack
    open_now = [one.id for one in pack.campaigns.values() if one.period.next_from(today) is not None]
    channels = [one for one in wanted.channels if one in pack.channels] or list(pack.channels)[:1]
    segments, ages = list(pack.segments), list(pack.ages)
    for turn in range(len(segments)):
        for place, campaign in enumerate(open_now):
            brief = Brief(
                campaign=campaign,
                segments=(segments[(turn + place) % len(segments)],),
                ages=(ages[(2 * turn + place) % len(ages)],),
                channels=(channels[(turn + place) % len(channels)],),
                locales=(locale,),
                send_on=today,
            )
            yield from brief.cells(pack)


def _pair(desk: Desk, writer: CellWriter, cell: Cell, today: dt.date, wanted: Sample) -> Pair | None:
    """The pair of a cell; None where it may not be written to, or the two settings say the same."""
    halves = []
    for name, note in wanted.settings.items():
        brief = Brief(
            campaign=cell.campaign, segments=(cell.segment,), ages=(cell.age,), channels=(cell.channel,),
            locales=(cell.locale,), variants=1, note=note, send_on=today,
        )  # fmt: skip
        done = asyncio.run(writer.write(cell, brief, "sample"))
        halves += [Half(text=one.text, source=f"phrases · {name}") for one in done.variants[:1]]
    if len(halves) < 2 or halves[0].text == halves[1].text:
        return None
    readers = readers_of(desk.pack, cell.model_dump())
    return Pair(id=cell.key, cluster=cell.campaign, language=cell.locale, readers=readers, a=halves[0], b=halves[1])
