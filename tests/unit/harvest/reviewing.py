"""What people do at the desk in the tests of the harvest, through its own services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.domain.item import Act, Item
from assistant.domain.person import Person
from assistant.review.rules import Wish
from eval.harvest.wording import sentences_of

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
MEI = Person(login="mei", name="Mei", roles=("marketer",))
BO = Person(login="bo", name="Bo", roles=("marketer",))
CHEN = Person(login="chen", name="Chen", roles=("checker",))


@dataclass
class Review:
    """A desk and its clock, which goes on a minute with each act."""

    desk: Desk
    now: dt.datetime = field(default=NOW)

    def rows(self, campaign: str = "B1-TERM2Y") -> list[dict[str, Any]]:
        """The present drafts of a campaign, in order."""
        found = [dict(row) for row in self.desk.recalls.drafts()]
        return [row for row in found if row["made_for"]["campaign"] == campaign]

    def do(self, own: str, act: Act, by: Person, **more: Any) -> Item:
        """One act on one text; raises what refuses it."""
        self.now += dt.timedelta(minutes=1)
        told = self.desk.workflow.do([own], Wish(act, by, **more), self.now)[0]
        if told.refused:
            raise told.refused
        assert told.item is not None
        return told.item

    def sent_back(self, own: str, act: Act = "reject", comment: str = "", by: Person = MEI) -> Item:
        """A text is submitted and sent back."""
        self.do(own, "submit", by)
        return self.do(own, act, CHEN, reason="tone", comment=comment)

    def edit(self, own: str, old: str, new: str, by: Person = MEI) -> Item:
        """Other words in a text's place."""
        self.now += dt.timedelta(minutes=1)
        template = self.desk.shelf.rows([own])[own]["template"]
        assert old in template
        return self.desk.editing.words(own, template.replace(old, new), by, None, self.now)

    def sentences(self, row: dict[str, Any]) -> list[str]:
        """A draft's own sentences, slots open."""
        return sentences_of(self.desk.pack, row["template"])
