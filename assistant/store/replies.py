"""What was answered to requests that carry a key, so that a repeated one is not done twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from assistant.store.database import Database
from assistant.store.desk_tables import replies
from assistant.store.once import put_once

KEPT = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; without a status it is still being made. `digest` is of the request that it belongs to."""

    digest: str
    status: int | None
    body: str


class ReplyStore:
    """Keeps answers for a day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, key: str, person: str, digest: str, now: dt.datetime) -> Reply | None:
        """The answer that is known; None where the key is new, which is then taken by this request."""
        own = (replies.c.key == key) & (replies.c.person == person)
        with self._database.begin() as connection:
            connection.execute(replies.delete().where(replies.c.at < now - KEPT))
            fresh = {"key": key, "person": person, "digest": digest, "status": None, "body": "", "at": now}
            if put_once(connection, replies, fresh):
                return None
            row = connection.execute(select(replies).where(own)).first()
            # It may have been given back in this very moment: whoever asks again has it.
            return Reply(row.digest, row.status, row.body) if row else Reply(digest, None, "")

    def keep(self, key: str, person: str, status: int, body: bytes) -> None:
        """Note the answer of a key that was claimed."""
        own = (replies.c.key == key) & (replies.c.person == person)
        with self._database.begin() as connection:
            connection.execute(replies.update().where(own).values(status=status, body=body.decode("utf-8")))

    def free(self, key: str, person: str) -> None:
        """Give a claimed key back: nothing was done."""
        with self._database.begin() as connection:
            connection.execute(replies.delete().where((replies.c.key == key) & (replies.c.person == person)))
