"""Blind comparisons in the database; what changes one is a transaction with its row of the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, func, select

from assistant.domain.rating import RatingSession, Scored
from assistant.errors import UnknownId
from assistant.store.audit import append
from assistant.store.database import Database
from assistant.store.near import near
from assistant.store.newest import newest
from assistant.store.once import put_once
from assistant.store.rating_tables import rating_sessions, ratings


class RatingBook:
    """Comparisons within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: RatingSession) -> None:
        """Keep a new session."""
        self._connection.execute(rating_sessions.insert().values(**session.model_dump(mode="json") | _moments(session)))

    def closed(self, session: str) -> dt.datetime | None:
        """When a session was closed; held as it is until the transaction is over. Raises UnknownId."""
        own = select(rating_sessions.c.closed_at).where(rating_sessions.c.id == session)
        row = self._connection.execute(own.with_for_update(read=True)).first()
        if row is None:
            raise UnknownId("rating session", session, near(self._connection, rating_sessions.c.id, session))
        closed: dt.datetime | None = row.closed_at
        return closed

    def close(self, session: str, at: dt.datetime) -> bool:
        """Close a session; whether it was open."""
        own = (rating_sessions.c.id == session) & rating_sessions.c.closed_at.is_(None)
        return self._connection.execute(rating_sessions.update().where(own).values(closed_at=at)).rowcount == 1

    def put(self, scored: Scored) -> bool:
        """Keep what was said at a turn; False where something was said at this attempt already."""
        row = scored.model_dump() | {"reasons": list(scored.reasons)}
        return put_once(self._connection, ratings, row)

    def at_turn(self, session: str, rater: str, turn: str) -> list[Scored]:
        """What a rater said at a turn, the last attempt last; held until the transaction is over."""
        own = (ratings.c.session == session) & (ratings.c.rater == rater) & (ratings.c.turn == turn)
        query = select(ratings).where(own).order_by(ratings.c.attempt).with_for_update()
        return [_scored(row) for row in self._connection.execute(query)]

    def last(self, session: str, rater: str) -> Scored | None:
        """The last thing that a rater said and did not take back; held until the transaction is over."""
        own = (ratings.c.session == session) & (ratings.c.rater == rater) & ratings.c.undone_at.is_(None)
        query = select(ratings).where(own).order_by(ratings.c.at.desc(), ratings.c.place.desc()).limit(1)
        row = self._connection.execute(query.with_for_update()).first()
        return _scored(row) if row else None

    def undo(self, scored: Scored, at: dt.datetime) -> bool:
        """Take back what was said; whether it still stood."""
        own = (ratings.c.session == scored.session) & (ratings.c.rater == scored.rater)
        one = own & (ratings.c.turn == scored.turn) & (ratings.c.attempt == scored.attempt)
        standing = one & ratings.c.undone_at.is_(None)
        return self._connection.execute(ratings.update().where(standing).values(undone_at=at)).rowcount == 1

    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None:
        """Add a row to the audit."""
        append(self._connection, at, who, act, subject, body)


class RatingStore:
    """Opens the book for a change; reads it for those who look."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # What a session compares never changes, and is read before every turn.
        self._known: dict[str, RatingSession] = {}

    @contextmanager
    def book(self) -> Iterator[RatingBook]:
        """One transaction. Whatever is refused in it leaves nothing behind."""
        with self._database.begin() as connection:
            yield RatingBook(connection)

    def session(self, own: str) -> RatingSession:
        """A session by id. Raises UnknownId."""
        with self._database.reading() as connection:
            wanted = select(rating_sessions.c.closed_at).where(rating_sessions.c.id == own)
            row = connection.execute(wanted).first()
            if row is None:
                raise UnknownId("rating session", own, near(connection, rating_sessions.c.id, own))
            if own not in self._known:
                whole = connection.execute(select(rating_sessions).where(rating_sessions.c.id == own)).one()
                self._known[own] = RatingSession.model_validate(dict(whole._mapping))
        return self._known[own].model_copy(update={"closed_at": row.closed_at})

    def newest_open(self) -> str | None:
        """The id of the session that was begun last and is not closed; None where there is none."""
        query = select(rating_sessions.c.id).where(rating_sessions.c.closed_at.is_(None))
        ordered = query.order_by(rating_sessions.c.made_at.desc(), rating_sessions.c.id).limit(1)
        with self._database.reading() as connection:
            return connection.execute(ordered).scalar()

    def listed(self, after: str = "", limit: int = 50) -> list[RatingSession]:
        """Sessions, the newest first. `after`: the last id of the page before."""
        with self._database.reading() as connection:
            found = newest(connection, rating_sessions, after, limit)
        return [RatingSession.model_validate(dict(row._mapping)) for row in found]

    def standing(self, session: str, rater: str | None = None) -> list[Scored]:
        """What was said in a session and not taken back, by rater and in order; one rater's, where named."""
        query = select(ratings).where(ratings.c.session == session, ratings.c.undone_at.is_(None))
        if rater is not None:
            query = query.where(ratings.c.rater == rater)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(ratings.c.rater, ratings.c.place))
            return [_scored(row) for row in rows]

    def counted(self, session: str) -> dict[str, int]:
        """How many turns each rater has behind them."""
        query = select(ratings.c.rater, func.count()).where(ratings.c.session == session, ratings.c.undone_at.is_(None))
        with self._database.reading() as connection:
            return {row[0]: int(row[1]) for row in connection.execute(query.group_by(ratings.c.rater))}


def _moments(session: RatingSession) -> dict[str, Any]:
    return {"made_at": session.made_at, "closed_at": session.closed_at}


def _scored(row: Row[Any]) -> Scored:
    return Scored.model_validate(dict(row._mapping))
