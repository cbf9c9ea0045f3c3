"""People who move texts, and how the tests have them do it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.draft import Variant
from assistant.domain.item import Act, Item
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.review.rules import Wish
from assistant.settings import read_settings

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
MAKER = Person(login="mei", name="Mei", roles=("marketer",))
CHECKER = Person(login="chen", name="Chen", roles=("checker",))
BOTH = Person(login="bo", name="Bo", roles=("marketer", "checker"))


def desk_over(home: Path, bank: Pack, engine: CheckEngine) -> Desk:
    """A desk over the database of a folder."""
    desk = Desk(read_settings({}, home).over(home=home))
    desk.__dict__.update(pack=bank, engine=engine)
    return desk


def ids(desk: Desk) -> list[str]:
    return sorted(row["id"] for row in desk.recalls.drafts())


def do(desk: Desk, own: str, act: Act, by: Person | None, **wish: Any) -> Item:
    """One act on one text; raises what refuses it."""
    told = desk.workflow.do([own], Wish(act, by, **wish), NOW)[0]
    if told.refused:
        raise told.refused
    assert told.item is not None
    return told.item


def edit(desk: Desk, own: str, by: Person, more: str = "") -> Item:
    """Another text in an item's place, with something added to its words."""
    row = desk.shelf.rows([own])[own]
    # Another id alone would not do: an edit before may have left the same words.
    same = (r for r in desk.recalls.drafts() if r["made_for"] == row["made_for"])
    other = next(r for r in same if r["text"] != row["text"])
    values = {name: other[name] for name in Variant.model_fields} | {"id": f"e{own[:11]}"}
    values |= {"template": other["template"] + more, "text": other["text"] + more}
    return desk.workflow.edit(own, Variant.model_validate(values), Wish("edit", by), NOW)


def bundled(desk: Desk, count: int = 6) -> tuple[str, list[str]]:
    """A package of two waves."""
    own = ids(desk)[:count]
    waves = {"teaser": own[: count // 2], "offer": own[count // 2 :]}
    return desk.packages.bundle("Autumn", waves, "conversions", MAKER, NOW), own
