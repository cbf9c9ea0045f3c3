"""What the page asks: a pair, what was said of it, a session begun or closed, files. Who wrote which never leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from assistant.bootstrap.desk import Desk
from assistant.errors import Refused, Stale, UnknownId
from eval.judge.criteria import Criteria, load_criteria
from eval.rating.reading import read_pair_lines
from eval.rating.rules import Rules, load_rules
from eval.rating.scoring import Scoring, Shown
from ui.parts.html import NONE, html, joined
from ui.parts.notice import Worded, empty
from ui.score import drawn, files
from ui.score.asked import Begins, Brings, Looks, Scores, Wants
from ui.score.more import more
from ui.score.standing import ranking
from ui.surface import Answer, Caller, regions
from ui.words import Words


@dataclass(frozen=True)
class Asking:
    """Answers the page's script."""

    desk: Desk
    words: Words

    @cached_property
    def rules(self) -> Rules:
        """How people compare texts."""
        return load_rules()

    @cached_property
    def criteria(self) -> Criteria:
        """What may be asked of texts."""
        return load_criteria()

    def look(self, caller: Caller, given: Looks) -> Answer:
        """The session that is named, else the newest open one, else the newest."""
        return self._shown(caller, self._scoring(caller, given.session))

    def score(self, caller: Caller, given: Scores) -> Answer:
        """Keep what is said of a pair; the next one."""
        scoring = self._scoring(caller, given.session)
        try:
            scoring.score(caller.person, given.pair, given.choice, caller.now, given.reasons)
        except Stale:
            # Another tab of theirs was here before: what stands is kept, and this tab goes on with the rest.
            raise Worded(self.words("score.stale"), self.words("score.stale")) from None
        return self._shown(caller, scoring)

    def undo(self, caller: Caller, given: Looks) -> Answer:
        """Take back what was said last; its pair again."""
        scoring = self._scoring(caller, given.session)
        scoring.undo(caller.person, caller.now)
        return self._shown(caller, scoring)

    def close(self, caller: Caller, given: Looks) -> Answer:
        """End the session, and show who wrote the better texts."""
        scoring = self._scoring(caller, given.session)
        scoring.close(caller.person, caller.now)
        return self._shown(caller, scoring)

    def begin(self, caller: Caller, given: Begins) -> Answer:
        """A new session over the pairs of a file."""
        rubric = self.rules.rubric(self.criteria.one(given.criterion))
        pairs = read_pair_lines(given.content, self.words("score.file"))
        scoring = Scoring(self.desk.ratings, self.rules)
        own = scoring.begin(given.name.strip() or self.words("score.unnamed"), pairs, rubric, caller.person, caller.now)
        return self._shown(caller, replace(scoring, own=own))

    def keep(self, caller: Caller, given: Wants) -> Answer:
        """A file of the session."""
        return files.made(self._scoring(caller, given.session), caller.person, given.form, self.words.locale)

    def bring(self, caller: Caller, given: Brings) -> Answer:
        """Keep what was said in a file, whole or not at all."""
        scoring = self._scoring(caller, given.session)
        try:
            new = scoring.keep(caller.person, files.read(given.name, given.content), caller.now)
        except UnknownId:
            raise Worded(self.words("score.others"), self.words("score.others")) from None
        told = html('<p class="cd-done" role="status">{t}</p>', t=self.words.count("score.brought", new))
        return {**self._shown(caller, scoring), "told": str(told)}

    def _scoring(self, caller: Caller, session: str) -> Scoring:
        scoring = Scoring(self.desk.ratings, self.rules, session or None)
        if session or self.desk.ratings.newest_open() is not None:
            return scoring
        # Nothing is open: the last one can still be looked at.
        every = scoring.sessions(caller.person)
        return replace(scoring, own=every[0].id) if every else scoring

    def _shown(self, caller: Caller, scoring: Scoring) -> Answer:
        every = scoring.sessions(caller.person)
        if not every:
            first = joined((empty(self.words, "score"), more(self.words, self.criteria, None, False)))
            return {**regions(head=NONE, pair=NONE, ranking=NONE, more=first), "session": ""}
        shown = scoring.session(caller.person)
        progress = scoring.progress(caller.person)
        parts = {
            "head": joined((drawn.sessions(self.words, every, shown.id), self._head(caller, shown, scoring))),
            "pair": self._pair(caller, shown, scoring),
            "ranking": self._ranking(caller, scoring),
            "more": more(self.words, self.criteria, shown, progress.done == progress.turns or shown.closed),
        }
        return {**regions(**parts), "session": shown.id}

    def _head(self, caller: Caller, shown: Shown, scoring: Scoring) -> Markup:
        return drawn.head(self.words, shown, scoring.progress(caller.person), caller.person.login)

    def _pair(self, caller: Caller, shown: Shown, scoring: Scoring) -> Markup:
        before = scoring.next(caller.person)
        return drawn.done(self.words, shown.closed) if before is None else drawn.pair(self.words, shown.rubric, before)

    def _ranking(self, caller: Caller, scoring: Scoring) -> Markup:
        try:
            return ranking(self.words, scoring.ranking(caller.person))
        except Refused:
            return NONE  # who has pairs before them stays blind
