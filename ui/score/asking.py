"""What the score page asks for: a session, its next pair, where it stands. It has no rule of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.errors import Refused, Stale, UnknownId
from eval.rating.rules import Rules, load_rules
from eval.rating.scoring import Before, Scoring, Shown
from eval.rating.spoken import asked
from ui.parts.html import NONE
from ui.score.bar import bar
from ui.score.given import Says, Which
from ui.score.more import begin, files
from ui.score.pair import instead, pair
from ui.score.standing import ranking, standing, waits
from ui.surface import Answer, Caller, regions
from ui.words import Words


def scoring(desk: Desk, rules: Rules, own: str = "") -> Scoring:
    """A session of this desk, the newest open one where none is named."""
    return Scoring(desk.ratings, rules, own or None)


@dataclass(frozen=True)
class Asking:
    """Answers the page's script."""

    desk: Desk
    words: Words
    rules: Rules

    @classmethod
    def of(cls, desk: Desk, words: Words) -> Asking:
        """Over a desk, by the rules as they are shipped."""
        return cls(desk, words, load_rules())

    def open(self, caller: Caller, given: Which) -> Answer:
        """The page as an address names it. Without a session: the newest open one, else the newest."""
        by = caller.person
        sessions = scoring(self.desk, self.rules).sessions(by)
        own = given.session or next((one.id for one in sessions if not one.closed), sessions[0].id if sessions else "")
        if not own:
            return self._nothing()
        session = scoring(self.desk, self.rules, own)
        try:
            here, before = session.session(by), session.next(by)
        except UnknownId as unknown:
            raise Refused("no_session", unknown.what, unknown.mend) from None
        done = self._done(here, by)
        drawn = self._stands(session, by, here)
        return {
            **regions(
                bar=self._bar(here, sessions, done), pair=self._pair(here, before, done),
                begin=begin(self.words, False), files=files(self.words, here, here.closed or before is None), **drawn,
            ),
            "session": here.id, "pair": before.pair if before else "", "named": bool(given.session),
        }  # fmt: skip

    def score(self, caller: Caller, given: Says) -> Answer:
        """Keep what is said of a pair, and show the next."""
        session = scoring(self.desk, self.rules, given.session)
        try:
            before = session.score(caller.person, given.pair, given.choice, caller.now, given.reasons)
        except Stale as stale:
            raise Refused("scored", stale.what, stale.mend) from None
        return self._moved(session, caller.person, before)

    def undo(self, caller: Caller, given: Which) -> Answer:
        """Take back what was said last, and show its pair."""
        session = scoring(self.desk, self.rules, given.session)
        return self._moved(session, caller.person, session.undo(caller.person, caller.now))

    def standing(self, caller: Caller, given: Which) -> Answer:
        """How far people agree, and the ranking: asked for after a pair is shown, for it takes longer."""
        session = scoring(self.desk, self.rules, given.session)
        return regions(**self._stands(session, caller.person, session.session(caller.person)))

    def close(self, caller: Caller, given: Which) -> Answer:
        """End a session; what was said in it stands."""
        scoring(self.desk, self.rules, given.session).close(caller.person, caller.now)
        return self.open(caller, given)

    def _moved(self, session: Scoring, by: Person, before: Before | None) -> Answer:
        here = session.session(by)
        done = self._done(here, by)
        told = self.words("score.done_of", n=done, of=here.turns)
        shown = regions(pair=self._pair(here, before, done))
        return {**shown, "pair": before.pair if before else "", "done": done, "counted": told}

    def _done(self, here: Shown, by: Person) -> int:
        return len(self.desk.ratings.standing(here.id, by.login))

    def _pair(self, here: Shown, before: Before | None, done: int) -> Markup:
        if before is None:
            return instead(self.words, "closed" if here.closed else "done", here.turns)
        return pair(self.words, before, here.rubric, last=done + 1 == here.turns)

    def _bar(self, here: Shown, sessions: Sequence[Shown], done: int) -> Markup:
        listed = sessions if any(one.id == here.id for one in sessions) else [here, *sessions]
        return bar(self.words, listed, here, done, asked(here.rubric, self.words.locale))

    def _stands(self, session: Scoring, by: Person, here: Shown) -> dict[str, Markup]:
        drawn = {"standing": standing(self.words, session.progress(by), by.login)}
        try:
            drawn["ranking"] = ranking(self.words, session.ranking(by))
        except Refused as refused:
            if refused.code != "blind":
                raise
            drawn["ranking"] = waits(self.words)
        return drawn

    def _nothing(self) -> Answer:
        shown = {name: NONE for name in ("bar", "standing", "ranking", "files")}
        drawn = regions(pair=instead(self.words, "none", 0), begin=begin(self.words, True), **shown)
        return {**drawn, "session": "", "pair": "", "named": False}
