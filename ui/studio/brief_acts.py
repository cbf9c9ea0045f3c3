"""What the page asks about a brief: its form, what it comes to, whom it reaches; kept and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from markupsafe import Markup
from pydantic import Field

from assistant.bootstrap.desk import Desk
from assistant.domain.kept import KeptBrief
from assistant.errors import CopydeskError, UnknownId
from assistant.writing.offers import size_of
from ui.parts.html import NONE, html
from ui.parts.notice import refusal
from ui.studio import kept as briefs
from ui.studio.asked import Asked, as_asked
from ui.studio.counts import about, cost, cost_asked, counts, nothing
from ui.studio.form import Form
from ui.studio.listing import Listed, listed
from ui.studio.picture import bars, tags, unknown
from ui.surface import Answer, Caller, Given, regions
from ui.words import Words

AT_ONCE = 60
"""Texts' cells of a brief whose cost is worked out unasked: each takes a prompt to be put together."""
Word = Annotated[str, Field(max_length=64)]


class Wanted(Given):
    """What the page's address names: a run, or a kept brief."""

    run: Word = ""
    brief: Word = ""


class Chosen(Given):
    """A scenario, or a tag."""

    own: Word = ""


@dataclass(frozen=True)
class BriefActs:
    """Answers about briefs, in one language."""

    desk: Desk
    words: Words

    def open(self, caller: Caller, wanted: Wanted) -> Answer:
        """The page as it begins: a form filled in, with what the address names, and the kept briefs."""
        try:
            asked, own, run = self._wanted(wanted, caller)
        except UnknownId as error:
            return {**self._drawn(caller, self._form(caller).first()), "told": refusal(error, self.words)}
        return {**self._drawn(caller, asked), "brief": own, "run": run}

    def scenario(self, caller: Caller, chosen: Chosen) -> Answer:
        """A scenario with all that belongs to it filled in."""
        return self._filled(caller, self._form(caller).of_scenario(chosen.own))

    def campaign(self, caller: Caller, asked: Asked) -> Answer:
        """The form once more, for another campaign: it fits others."""
        return self._filled(caller, asked)

    def count(self, caller: Caller, asked: Asked) -> Answer:
        """What the campaign is about, and what the form comes to right now."""
        pack, words = self.desk.pack, self.words
        drawn = {"about": about(asked.campaign, pack, words)}
        if not asked.complete:
            return regions(count=nothing(words), cost=NONE, **drawn)
        try:
            brief = self.desk.briefs.asked_for(asked.values(pack, words), caller.now)
        except CopydeskError as error:
            return regions(count=refusal(error, words), cost=NONE, **drawn)
        size = size_of(pack, brief)
        shown = counts(brief, size, words, caller.now.date())
        model = self.desk.model is not None
        told = cost_asked(words) if model else cost(None, words)
        return {**regions(count=shown, cost=told, **drawn), "work_out": model and 0 < size.possible <= AT_ONCE}

    def cost(self, caller: Caller, asked: Asked) -> Answer:
        """What a model would take to write it."""
        brief = self.desk.briefs.asked_for(asked.values(self.desk.pack, self.words), caller.now)
        return regions(cost=cost(self.desk.briefs.cost(brief), self.words))

    def picture(self, caller: Caller, chosen: Chosen) -> Answer:
        """How many customers each group has, of all or of those with a tag."""
        if self.desk.settings.data is None:
            return regions(tags=unknown(self.words))
        where = {"tag": chosen.own} if chosen.own else {}
        segments, ages = self.desk.sizes_by((("segment",), ("age",)), where, caller.now)
        found = self.desk.sizes(("tag",), {}, caller.now)
        drawn = bars(self.desk.pack, self.words, segments, ages)
        return regions(**drawn, tags=tags(self.desk.pack, self.words, found, segments, chosen.own))

    def listed(self, _caller: Caller, given: Listed) -> Answer:
        """A list of customers that the desk has counted."""
        return regions(list=listed(given, self.desk.pack, self.words))

    def keep(self, caller: Caller, asked: Asked) -> Answer:
        """Keep the brief without writing it."""
        one = self.desk.briefs.keep(asked.values(self.desk.pack, self.words), caller.person, caller.now)
        told = html('<p class="cd-done" role="status">{done}</p>', done=self.words("studio.kept.done"))
        return {**regions(kept=self.kept()), "brief": one.id, "told": told}

    def kept(self) -> Markup:
        """The newest kept briefs."""
        found = self.desk.briefs.store.listed(limit=briefs.MOST)
        return briefs.kept([self.desk.briefs.told(one) for one in found], self.desk.pack, self.words)

    def brief_of(self, run: str, caller: Caller) -> KeptBrief | None:
        """The caller's own kept brief of a run, if it is among the newest."""
        found = self.desk.briefs.store.listed(limit=200)
        return next((one for one in found if one.run == run and one.maker == caller.person.login), None)

    def _wanted(self, wanted: Wanted, caller: Caller) -> tuple[Asked, str, str]:
        if wanted.brief:
            one = self.desk.briefs.store.brief(wanted.brief)
            return as_asked(one.brief), one.id, one.run or ""
        if not wanted.run:
            return self._form(caller).first(), "", ""
        asked, own = as_asked(self.desk.runs.brief(wanted.run)), self.brief_of(wanted.run, caller)
        return asked, own.id if own else "", wanted.run

    def _drawn(self, caller: Caller, asked: Asked) -> dict[str, Any]:
        scenario = self._form(caller).scenario()
        more: Mapping[str, Any] = regions(scenario=scenario, kept=self.kept())["regions"]
        filled = self._filled(caller, asked)
        return {**filled, "regions": {**filled["regions"], **more}}

    def _filled(self, caller: Caller, asked: Asked) -> dict[str, Any]:
        """The form. What stands in regions of its own follows: the page puts them in this order."""
        counted = self.count(caller, asked)
        drawn = regions(form=self._form(caller).drawn(asked))["regions"]
        return {**counted, "regions": {**drawn, **counted["regions"]}}

    def _form(self, caller: Caller) -> Form:
        return Form(self.desk.pack, self.words, caller.now.date())
