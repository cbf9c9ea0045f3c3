"""Blind scoring: what the page's acts come to. Each refuses who is no evaluator; each change is one transaction with
its row of the audit."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from assistant.domain.person import Person, Role
from assistant.domain.rating import Choice, Pair, RatingSession, Rubric, Scored
from assistant.errors import Forbidden, InputError, Refused, Stale, UnknownId
from eval.rating.pairs import Turn, turns
from eval.rating.rules import Rules
from eval.rating.standing import Progress, Ranking, progress_of, ranking_of

SCORERS: tuple[Role, ...] = ("evaluator",)
_CHOICES = (1, 2, 3)


class Book(Protocol):
    """What one transaction can do."""

    def add(self, session: RatingSession) -> None: ...
    def closed(self, session: str) -> dt.datetime | None: ...
    def close(self, session: str, at: dt.datetime) -> bool: ...
    def put(self, scored: Scored) -> bool: ...
    def at_turn(self, session: str, rater: str, turn: str) -> list[Scored]: ...
    def last(self, session: str, rater: str) -> Scored | None: ...
    def undo(self, scored: Scored, at: dt.datetime) -> bool: ...
    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None: ...


class Store(Protocol):
    """What opens the book, and finds sessions and what was said in them."""

    def book(self) -> AbstractContextManager[Book]: ...
    def session(self, own: str) -> RatingSession: ...
    def newest_open(self) -> str | None: ...
    def listed(self, after: str = ..., limit: int = ...) -> list[RatingSession]: ...
    def standing(self, session: str, rater: str | None = ...) -> list[Scored]: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page may know of a session."""

    id: str
    name: str
    rubric: Rubric
    turns: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What a page may know of a turn: two texts, and for whom they are; nothing of who wrote them. `place` counts from
    1, of `turns`."""

    pair: str
    place: int
    turns: int
    left: str
    right: str
    language: str
    readers: str


@dataclass(frozen=True)
class Scoring:
    """The acts of those who compare texts. `own`: the session; the newest open one where none is named."""

    store: Store
    rules: Rules
    own: str | None = None

    def begin(self, name: str, pairs: Sequence[Pair], rubric: Rubric, by: Person, now: dt.datetime) -> str:
        """Open a session over pairs. Returns its id. Raises Forbidden, InputError."""
        _allowed(by)
        try:
            session = RatingSession(
                id=uuid.uuid4().hex[:16],
                name=name.strip(),
                rubric=rubric,
                pairs=tuple(pairs),
                seed=secrets.token_hex(16),
                repeats=self.rules.repeats,
                gap=self.rules.gap,
                made_by=by.login,
                made_at=now,
            )
        except ValidationError as error:
            told = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'session'}: {one['msg']}" for one in error.errors())
            raise InputError(f"This is no session: {told}.", "Mend it.") from error
        body = {"name": session.name, "criterion": rubric.criterion, "pairs": len(session.pairs)}
        with self.store.book() as book:
            book.add(session)
            book.audit(now, by.login, "begin_rating", session.subject, body)
        return session.id

    def sessions(self, by: Person) -> list[Shown]:
        """The sessions, the newest first. Raises Forbidden."""
        _allowed(by)
        return [_shown(one, by) for one in self.store.listed()]

    def session(self, by: Person) -> Shown:
        """The session that is scored. Raises Forbidden, UnknownId, Refused (`none`) where none is open."""
        return _shown(self._session(by), by)

    def next(self, by: Person) -> Before | None:
        """The next pair; None where all are done or the session is closed. Raises as `session` does."""
        session = self._session(by)
        if session.closed_at is not None:
            return None
        done = {one.turn for one in self.store.standing(session.id, by.login)}
        every = turns(session, by.login)
        return next((_before(turn, len(every)) for turn in every if turn.name not in done), None)

    def score(self, by: Person, pair: str, choice: int, now: dt.datetime, reasons: Iterable[str] = ()) -> Before | None:
        """Keep what a rater says of a turn, by the name that the page knows; the next pair.

        Twice the same is once. Raises UnknownId, InputError, Refused (`closed`), Stale where they said something else
        of it already: that is undone first.
        """
        self.keep(by, {pair: (choice, tuple(reasons))}, now, "score")
        return self.next(by)

    def keep(
        self, by: Person, said: Mapping[str, tuple[int, Sequence[str]]], now: dt.datetime, act: str = "import_ratings"
    ) -> int:
        """Keep what a rater says of several turns, all or none: turn → choice, reasons; how many were new.

        Raises as `score` does.
        """
        session = self._session(by)
        every = {turn.name: turn for turn in turns(session, by.login)}
        rows = []
        for name, (choice, reasons) in said.items():
            if name not in every:
                raise UnknownId("pair", name, every)
            rows.append(_scored(session, by, every[name], choice, tuple(dict.fromkeys(reasons)), now))
        with self.store.book() as book:
            if book.closed(session.id) is not None:
                raise Refused("closed", f"The session “{session.name}” is closed.", "Begin another one.")
            new = [kept for row in rows if (kept := _put(book, row))]
            for row in new:
                told = row.model_dump(mode="json", include={"turn", "attempt", "pair", "repeat", "better", "reasons"})
                book.audit(now, by.login, act, session.subject, told)
        return len(new)

    def undo(self, by: Person, now: dt.datetime) -> Before | None:
        """Take back what was said last; its pair again. Raises Refused (`nothing`, `closed`, or `done` where all is
        scored: the ranking is told then, and who knows it is not blind)."""
        session = self._session(by)
        if len(self.store.standing(session.id, by.login)) == len(turns(session, by.login)):
            raise Refused("done", "You have scored every pair, and the ranking is told.", "What you said stands.")
        with self.store.book() as book:
            if book.closed(session.id) is not None:
                raise Refused("closed", f"The session “{session.name}” is closed.", "What was said in it stands.")
            last = book.last(session.id, by.login)
            if last is None or not book.undo(last, now):
                raise Refused("nothing", "There is nothing to take back.", "Score a pair first.")
            told = last.model_dump(mode="json", include={"turn", "attempt", "pair", "repeat", "better"})
            book.audit(now, by.login, "undo_score", session.subject, told)
        every = turns(session, by.login)
        return next(_before(turn, len(every)) for turn in every if turn.name == last.turn)

    def close(self, by: Person, now: dt.datetime) -> None:
        """End the session: what was said in it stands. Raises Refused where it is closed already."""
        session = self._session(by)
        with self.store.book() as book:
            if not book.close(session.id, now):
                raise Refused("closed", f"The session “{session.name}” is closed already.", "Begin another one.")
            book.audit(now, by.login, "close_rating", session.subject, {"name": session.name})

    def progress(self, by: Person) -> Progress:
        """How far a rater is, how far all agree so far, and each with themselves on pairs that came again."""
        session = self._session(by)
        return progress_of(session, by.login, len(turns(session, by.login)), self.store.standing(session.id))

    def ranking(self, by: Person) -> Ranking:
        """Who wrote the better texts, with intervals. Raises Refused (`blind`) for somebody who has pairs before them:
        who knows the standing is not blind."""
        session = self._session(by)
        said = self.store.standing(session.id)
        left = len(turns(session, by.login)) - sum(one.rater == by.login for one in said)
        if session.closed_at is None and left:
            what = f"{left} pairs wait for you: who knows the ranking is no longer blind."
            raise Refused("blind", what, "Score them, or close the session.")
        return ranking_of(session, said)

    def turns(self, by: Person) -> tuple[Turn, ...]:
        """All turns of a rater, for a file that they score elsewhere. Raises as `session` does."""
        return turns(self._session(by), by.login)

    def said(self, by: Person) -> tuple[RatingSession, list[Scored]]:
        """The session and all that was said in it, for a file; blind as the ranking is. Raises as `ranking` does."""
        self.ranking(by)
        session = self._session(by)
        return session, self.store.standing(session.id)

    def _session(self, by: Person) -> RatingSession:
        _allowed(by)
        own = self.own or self.store.newest_open()
        if own is None:
            raise Refused("none", "No session is open.", "An evaluator begins one.")
        return self.store.session(own)


def _allowed(by: Person) -> None:
    if not by.is_a(*SCORERS):
        raise Forbidden(f"To score takes the role of {' or '.join(SCORERS)}.", "Ask somebody who has it.")


def _shown(session: RatingSession, by: Person) -> Shown:
    count = len(turns(session, by.login))
    return Shown(session.id, session.name, session.rubric, count, session.closed_at is not None)


def _before(turn: Turn, count: int) -> Before:
    pair = turn.pair
    return Before(turn.name, turn.place + 1, count, turn.left, turn.right, pair.language, pair.readers)


def _scored(
    session: RatingSession, by: Person, turn: Turn, choice: int, reasons: tuple[str, ...], now: dt.datetime
) -> Scored:
    if choice not in _CHOICES:
        raise InputError(f"{choice} is no choice.", "1 is the left text, 2 neither, 3 the right one.")
    for reason in reasons:
        if reason not in session.rubric.reasons:
            raise UnknownId("reason", reason, session.rubric.reasons)
    valid: Choice = 1 if choice == 1 else 2 if choice == 2 else 3
    return Scored(
        session=session.id,
        rater=by.login,
        turn=turn.name,
        attempt=0,
        place=turn.place,
        pair=turn.pair.id,
        repeat=turn.repeat,
        swapped=turn.swapped,
        choice=valid,
        better=turn.better(valid),
        reasons=reasons,
        at=now,
    )


def _put(book: Book, row: Scored) -> Scored | None:
    """The row as it was kept; None where it stands already."""
    before = book.at_turn(row.session, row.rater, row.turn)
    if before and before[-1].undone_at is None:
        _must_be_same(before[-1], row)
        return None
    fresh = row.model_copy(update={"attempt": len(before)})
    if book.put(fresh):
        return fresh
    # Another tab of theirs was faster between our look and our row.
    _must_be_same(book.at_turn(row.session, row.rater, row.turn)[-1], row)
    return None


def _must_be_same(standing: Scored, row: Scored) -> None:
    if (standing.choice, set(standing.reasons)) != (row.choice, set(row.reasons)):
        what = f"You scored this pair already, with {standing.choice}."
        raise Stale(what, "Undo it, then score it anew.", by=row.rater, version=standing.attempt)
