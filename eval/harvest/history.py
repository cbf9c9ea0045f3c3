"""What became of each text, from the audit: decisions that stand, and edits as one step each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.audit import Entry
from assistant.domain.item import JUDGED

SENT_BACK = ("reject", "ask")
_ITEM = "item:"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A checker's decision on a draft that nobody took back."""

    seq: int
    item: str
    draft: str
    act: str
    by: str
    at: dt.datetime
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A draft in another's place. What somebody saved several times before anything else happened is one edit."""

    item: str
    before: str
    after: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class History:
    """Judgements and edits in the audit's order; `undone`: how many judgements were taken back."""

    judgements: tuple[Judgement, ...]
    edits: tuple[Edit, ...]
    undone: int


@dataclass
class _Item:
    """One item as the audit tells it so far. `open`: whether the last edit may still go on."""

    judged: dict[int, Judgement] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    open: bool = False
    undone: int = 0


def history(rows: Iterable[Entry]) -> History:
    """All items' history from the audit's rows, oldest first."""
    items: dict[str, _Item] = {}
    for row in rows:
        if row.subject.startswith(_ITEM) and "version" in row.body:
            _take(items.setdefault(row.subject.removeprefix(_ITEM), _Item()), row)
    judged = sorted((one for item in items.values() for one in item.judged.values()), key=lambda one: one.seq)
    edits = sorted((one for item in items.values() for one in item.edits), key=lambda one: (one.at, one.item))
    return History(tuple(judged), tuple(edits), sum(item.undone for item in items.values()))


def _take(item: _Item, row: Entry) -> None:
    body, version = row.body, int(row.body["version"])
    if row.act == "edit" and body.get("replaces"):
        _edited(item, row, body)
        return
    item.open = False
    if row.act == "undo":
        # Only the last move can be taken back: it is the one that made the version before.
        item.undone += item.judged.pop(version - 1, None) is not None
    elif row.act in JUDGED and body.get("draft"):
        own = row.subject.removeprefix(_ITEM)
        told = (str(body.get(name) or "") for name in ("reason", "comment"))
        item.judged[version] = Judgement(row.seq, own, body["draft"], row.act, row.who, row.at, *told)


def _edited(item: _Item, row: Entry, body: Mapping[str, Any]) -> None:
    last, before = item.edits[-1] if item.edits else None, str(body["replaces"])
    if last is not None and item.open and (last.by, last.after) == (row.who, before):
        item.edits.pop()
        before = last.before
    item.edits.append(Edit(row.subject.removeprefix(_ITEM), before, str(body["draft"]), row.who, row.at))
    item.open = True
