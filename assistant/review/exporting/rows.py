"""The rows of an export, one after another: what is written, what is refused, who is held back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.checks.engine import CheckEngine
from assistant.domain.export import Order, Values
from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from assistant.playbook.readers import Reader, readers
from assistant.review.exporting import columns
from assistant.review.exporting.choosing import Chooser, Chosen, Held
from assistant.review.exporting.pieces import Left, Piece
from assistant.review.exporting.recheck import Recheck

Kind = Literal["messages", "refused", "held"]
Made = tuple[Kind, Values]


@dataclass(frozen=True)
class Source:
    """Where an export's customers are: the institution's tables, and who asked here not to be contacted."""

    place: str | None
    refused: frozenset[str]


@contextmanager
def made(
    pack: Pack, engine: CheckEngine, order: Order, found: Sequence[Piece | Left], now: dt.datetime, source: Source
) -> Iterator[Iterator[Made]]:
    """An order's rows, worked out as they are asked for. `now`: when it is sent (naive, local)."""
    recheck, sound = Recheck(pack, engine), [one for one in found if isinstance(one, Piece)]
    refused = [_refused(one) for one in found if isinstance(one, Left)]
    if not order.per_customer:
        yield _all(refused, _templates(pack, order, sound, recheck, now))
        return
    chosen = Path(order.customers) if order.customers else None
    with readers(pack, source.place, chosen, now, source.refused) as people:
        refused += [_refused(Left("customers", str(bad), {"row": bad.row or ""})) for bad in people.problems]
        yield _all(refused, _customers(pack, order, sound, recheck, now, people.found))


def _all(refused: Sequence[Made], rows: Iterator[Made]) -> Iterator[Made]:
    yield from refused
    yield from rows


def _refused(left: Left) -> Made:
    return "refused", columns.refused_row(left)


def _templates(
    pack: Pack, order: Order, pieces: Sequence[Piece], recheck: Recheck, send_at: dt.datetime
) -> Iterator[Made]:
    for piece in pieces:
        text, requires, against = recheck.for_anybody(piece)
        for rule, why in against:
            yield _refused(Left(rule, why, piece.told()))
        if not against:
            for row in columns.template_row(pack, piece, text, requires, order.rollout, send_at):
                yield "messages", row


def _customers(
    pack: Pack,
    order: Order,
    pieces: Sequence[Piece],
    recheck: Recheck,
    send_at: dt.datetime,
    people: Iterator[Reader],
) -> Iterator[Made]:
    chooser = Chooser(pack, order)
    chooser.take(pieces)
    experiment = order.rollout.experiment if order.rollout else ""
    for reader in people:
        one = chooser.of(reader)
        if isinstance(one, Left):
            yield _refused(one)
        elif isinstance(one, Held):
            yield "held", columns.held_row(one, experiment)
        else:
            yield from _message(pack, one, recheck, send_at, reader, experiment)


def _message(
    pack: Pack, chosen: Chosen, recheck: Recheck, send_at: dt.datetime, reader: Reader, experiment: str
) -> Iterator[Made]:
    text, against = recheck.for_reader(chosen.piece, reader)
    where: Values = {"row": reader.row, "customer_id": reader.customer}
    if pack.campaigns[chosen.piece.item.cell.campaign].kind == "sales":
        against = [*_silent(pack, reader, chosen.piece.item.cell.locale), *against]
    for rule, why in against:
        yield _refused(Left(rule, why, {**chosen.piece.told(), **where}))
    if not against:
        yield "messages", {**columns.customer_row(pack, chosen, text, experiment, send_at), **where}


def _silent(pack: Pack, reader: Reader, locale: Locale) -> Iterator[tuple[str, str]]:
    """The states in which nothing is sold to this customer."""
    for silence in pack.contact.silences if pack.contact else ():
        if silence.id in reader.silences:
            yield silence.id, silence.why[locale]
