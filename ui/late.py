"""The number beside “Calls” on every page: how many calls of a manager, or of a lead's team, are overdue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.playbook.absence import OWNER
from assistant.playbook.database import local
from ui.parts.html import html
from ui.words import Words

CALLS = "/calls"


@dataclass(frozen=True)
class Late:
    """Counts for whoever has calls: a lead the team's, a manager their own, as the page of the calls opens."""

    desk: Desk

    def of(self, person: Person, now: dt.datetime) -> int | None:
        """How many are overdue; None for somebody who calls nobody."""
        if not person.is_a(*PAGES[CALLS]):
            return None
        moment = local(now, self.desk.pack.institution.timezone)
        return self.desk.actions.store.overdue(self.desk.people.managers_of(person), OWNER, moment)


def badge(words: Words, number: int | None) -> Markup:
    """The number beside the page's name; hidden where nothing is late."""
    return html(
        '<i class="cd-late" data-badge="{page}" title="{told}"{hidden}><b>{number}</b>'
        '<span class="cd-unseen"> {told}</span></i>',
        page=CALLS, number=number or 0, told=told(words, number), hidden=Markup("" if number else " hidden"),
    )  # fmt: skip


def told(words: Words, number: int | None) -> str:
    """The number in words."""
    return words.count("calls.overdue_count", number or 0)
