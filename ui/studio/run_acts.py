"""What the page asks about a run: begun, gone on with, stopped; how far it is, and what of it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.kept import KeptBrief
from assistant.errors import UnknownId
from ui.studio.asked import Asked
from ui.studio.brief_acts import BriefActs
from ui.studio.progress import Stand, progress
from ui.studio.sheet import Sheet
from ui.studio.view import RunId, View, seen
from ui.surface import Answer, Caller, Given, regions
from ui.words import Words


class Begun(Given):
    """A brief that is to be written; `own`: the kept one that the form was filled from."""

    asked: Asked
    own: Annotated[str, Field(max_length=32)] = ""


class OfRun(Given):
    """A run."""

    run: RunId


@dataclass(frozen=True)
class RunActs:
    """Answers about runs, in one language."""

    desk: Desk
    words: Words
    briefs: BriefActs

    def write(self, caller: Caller, begun: Begun) -> Answer:
        """Have the brief written; the answer names its run."""
        asked = begun.asked.values(self.desk.pack, self.words)
        return self._begun(self.desk.briefs.begin(asked, begun.own, caller.person, caller.now))

    def again(self, caller: Caller, given: OfRun) -> Answer:
        """Go on with a run: what failed or is missing is written."""
        brief, known = self.desk.runs.brief(given.run), self.briefs.brief_of(given.run, caller)
        asked = brief.model_dump()
        return self._begun(self.desk.briefs.begin(asked, known.id if known else "", caller.person, caller.now))

    def stop(self, caller: Caller, given: OfRun) -> Answer:
        """Ask a run to end."""
        self.desk.briefs.stop(given.run, caller.person)
        return self.progress(caller, given)

    def progress(self, _caller: Caller, given: OfRun) -> Answer:
        """How far a run is."""
        try:
            brief = self.desk.runs.brief(given.run)
        except UnknownId:
            if not self.desk.room.busy(given.run) and not self.desk.room.why(given.run):
                raise
            return {"writing": self.desk.room.busy(given.run), "done": 0}
        return self._told(self._stand(given.run, brief))

    def sheet(self, caller: Caller, view: View) -> Answer:
        """A page of a run's texts."""
        found = seen(self.desk, view)
        drawn = Sheet(self.desk.pack, self.words, caller.person).drawn(view, found)
        return {**regions(sheet=drawn), "page": found.page, "texts": [one.own for one in found.texts]}

    def _begun(self, kept: KeptBrief) -> Answer:
        assert kept.run is not None
        told = self._told(self._stand(kept.run, kept.brief))
        drawn = {**told["regions"], **regions(kept=self.briefs.kept())["regions"]}
        return {**told, "regions": drawn, "run": kept.run, "brief": kept.id}

    def _stand(self, run: str, brief: Brief) -> Stand:
        room, pack = self.desk.room, self.desk.pack
        # In this order: a run that ends in between is told as under way, and asked for once more.
        writing = room.busy(run)
        cells, _complete = self.desk.drafts.progress(run)
        total = sum(1 for _ in brief.cells(pack))
        return Stand(run, cells, total, writing, room.stopping(run), room.why(run))

    def _told(self, stand: Stand) -> dict[str, Any]:
        told = {"writing": stand.writing, "done": stand.done, "stopping": stand.stopping}
        return {**regions(progress=progress(stand, self.words)), **told}
