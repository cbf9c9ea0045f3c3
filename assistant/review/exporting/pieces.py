"""Released texts made ready for an export: as they were approved and as they still hold, or why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.checks.case import LintCase
from assistant.checks.context import Known
from assistant.domain.export import Values
from assistant.domain.formats import written
from assistant.domain.item import Item, content_of
from assistant.domain.pack import Pack
from assistant.domain.slots import fill, slots_of
from assistant.review.assets import asset_of
from assistant.writing.gate import rendered

OPEN = ("customer.salutation", "rm.name")
"""Slots of the customer's own that a message may hold; whatever else identifies stands in a manager's script only."""


@dataclass(frozen=True, slots=True)
class Left:
    """Why something is not written: the rule in a word or by its id, and in words; whose row it was."""

    rule: str
    why: str
    where: Values


@dataclass(frozen=True)
class Piece:
    """A released text. `case` is what the checks see of it without a reader; `label` the words that the law asks for,
    `shown` where they stand in the text itself."""

    item: Item
    template: str
    text: str
    angle: str
    writer: str
    product: str | None
    case: LintCase
    slots: tuple[str, ...]
    label: str
    shown: bool

    def told(self) -> Values:
        """What its rows say of where it comes from."""
        cell = self.item.cell
        known = {"item": self.item.id, "draft": self.item.draft, "package": self.item.package or ""}
        known |= {"wave": self.item.wave, "campaign": cell.campaign, "segment": cell.segment, "age": cell.age}
        return {**known, "channel": cell.channel, "locale": cell.locale, "market": cell.market}


def pieces(
    pack: Pack,
    items: Sequence[Item],
    rows: Mapping[str, Mapping[str, Any]],
    frozen: Mapping[str, str],
    send_at: dt.datetime,
) -> Iterator[Piece | Left]:
    """Each item as a piece, or why it may not go out to anybody."""
    for item in items:
        row = rows[item.id]
        if left := _left(pack, item, row, frozen):
            yield Left(*left, {"item": item.id, **item.cell.model_dump()})
        else:
            yield _piece(pack, item, row, send_at)


def _left(pack: Pack, item: Item, row: Mapping[str, Any], frozen: Mapping[str, str]) -> tuple[str, str] | None:
    if item.state != "released":
        return "state", f"the text is {item.state} and not released"
    if row["id"] in frozen:
        return "recalled", f"the knowledge {frozen[row['id']]} has recalled it; copydesk recall says why"
    if content_of(row["template"], row["text"], item.cell, item.knowledge) != item.content:
        return "content", "the text is not the one that was approved"
    if asset_of(pack, row) is None:
        return "gone", "its campaign, age band or channel is in the pack no more"
    if rendered(pack, item.cell.locale, row["template"]).text != row["text"]:
        return "stale", "the catalogue gives other values now than were approved; run copydesk recall"
    slots = [slot for slot in slots_of(row["template"]) if slot not in pack.facts]
    if strange := [slot for slot in slots if slot not in OPEN]:
        return "slot", f"{{{strange[0]}}} may stand in a manager's script only"
    return None


def _piece(pack: Pack, item: Item, row: Mapping[str, Any], send_at: dt.datetime) -> Piece:
    asset = asset_of(pack, row)
    assert asset is not None
    label, shown = label_of(pack, item)
    return Piece(
        item=item,
        template=row["template"],
        text=row["text"],
        angle=row["angle"],
        writer=row["writer"],
        product=asset.case.product,
        case=asset.case.model_copy(update={"id": item.id, "send_at": send_at, "age": None}),
        slots=tuple(dict.fromkeys(slot for slot in slots_of(row["template"]) if slot not in pack.facts)),
        label=label,
        shown=shown,
    )


def label_of(pack: Pack, item: Item) -> tuple[str, bool]:
    """The label that the law of an item's market asks for, empty where none does; whether its channel shows it."""
    asked, cell = pack.institution.generated, item.cell
    if asked is None or pack.jurisdiction(cell.market) not in asked.jurisdictions:
        return "", False
    return asked.words[cell.locale], cell.channel in asked.in_text


def filled(pack: Pack, piece: Piece, own: Callable[[str], str]) -> tuple[str, list[Known]]:
    """A piece's text with the customer's own slots filled and its label shown, and the facts that fill spans of it."""

    def value(slot: str) -> str:
        fact = pack.facts.get(slot)
        return written(fact, piece.item.cell.locale) if fact else own(slot)

    rendering = fill(piece.template, value)
    known = [(one.start, one.end, pack.facts[one.slot]) for one in rendering.filled if one.slot in pack.facts]
    return (f"{rendering.text}\n\n{piece.label}" if piece.shown else rendering.text), known
