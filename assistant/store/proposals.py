"""Changes of the knowledge in the database; each move of one is a transaction with its row of the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, String, and_, cast, func, select, true

from assistant.domain.proposal import Proposal
from assistant.errors import Stale, UnknownId
from assistant.store.audit import append
from assistant.store.database import Database
from assistant.store.desk_tables import items
from assistant.store.knowledge_tables import proposals
from assistant.store.near import near
from assistant.store.newest import newest
from assistant.store.schema import drafts

_CHUNK = 500


class ProposalBook:
    """Proposals within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, proposal: Proposal) -> None:
        """Keep a new proposal."""
        self._connection.execute(proposals.insert().values(**_row(proposal)))

    def put(self, proposal: Proposal) -> None:
        """Keep a proposal as it is now; it grew by one version. Stale where somebody was faster."""
        own = (proposals.c.id == proposal.id) & (proposals.c.version == proposal.version - 1)
        if self._connection.execute(proposals.update().where(own).values(**_row(proposal))).rowcount == 0:
            now = self.of(proposal.id)
            by = (now.decided_by or now.by) if now else ""
            what = f"The proposal {proposal.id} was changed by {by}."
            raise Stale(what, "Look at it again, then decide.", by=by, version=now.version if now else 0)

    def of(self, own: str) -> Proposal | None:
        """A proposal, locked until the transaction is over."""
        row = self._connection.execute(select(proposals).where(proposals.c.id == own).with_for_update()).first()
        return _proposal(row) if row else None

    def rivals(self, proposal: Proposal) -> list[Proposal]:
        """The other open proposals on the same entry, locked until the transaction is over."""
        same = (proposals.c.section == proposal.section) & (proposals.c.entry == proposal.entry)
        open_ = proposals.c.state.in_(("draft", "proposed")) & (proposals.c.id != proposal.id)
        query = select(proposals).where(same & open_).order_by(proposals.c.id).with_for_update()
        return [_proposal(row) for row in self._connection.execute(query)]

    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None:
        """Add a row to the audit."""
        append(self._connection, at, who, act, subject, body)


class ProposalStore:
    """Opens the book for a change; reads it for those who look."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def book(self) -> Iterator[ProposalBook]:
        """One transaction. Whatever is refused in it leaves nothing behind."""
        with self._database.begin() as connection:
            yield ProposalBook(connection)

    def proposal(self, own: str) -> Proposal:
        """A proposal by id. Raises UnknownId."""
        with self._database.reading() as connection:
            row = connection.execute(select(proposals).where(proposals.c.id == own)).first()
            if row is None:
                raise UnknownId("proposal", own, near(connection, proposals.c.id, own))
        return _proposal(row)

    def listed(self, state: str | None = None, after: str = "", limit: int = 50, **where: str) -> list[Proposal]:
        """Proposals, the newest first. `after`: the last id of the page before."""
        wanted = {**where, **({"state": state} if state else {})}
        standing = and_(true(), *(proposals.c[column] == value for column, value in wanted.items()))
        with self._database.reading() as connection:
            return [_proposal(row) for row in newest(connection, proposals, after, limit, standing)]

    def untaken(self) -> list[Proposal]:
        """Proposals that were approved and are not in effect yet, in the order of their approval."""
        waiting = (proposals.c.state == "approved") & proposals.c.taken_at.is_(None)
        query = select(proposals).where(waiting).order_by(proposals.c.decided_at, proposals.c.id)
        with self._database.reading() as connection:
            return [_proposal(row) for row in connection.execute(query)]

    def latest(self) -> str | None:
        """The knowledge that the last approved proposal made; None where none was approved."""
        query = select(proposals.c.took).where(proposals.c.taken_at.is_not(None))
        with self._database.reading() as connection:
            return connection.execute(query.order_by(proposals.c.taken_at.desc()).limit(1)).scalar()

    def states_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The states of some drafts; those that nobody has touched are left out."""
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), _CHUNK):
                query = select(items.c.draft, items.c.state).where(items.c.draft.in_(ids[start : start + _CHUNK]))
                found |= {row.draft: row.state for row in connection.execute(query)}
        return found

    def citing(self, subject: str, most: int) -> tuple[dict[str, int], list[str]]:
        """How many current texts cite a fact of a product or campaign, by state, and the first of their ids."""
        state = func.coalesce(items.c.state, "draft")
        cites = cast(drafts.c.claims, String).contains(f"#{subject}.", autoescape=True)
        where = drafts.c.replaced_by.is_(None) & cites
        joined = drafts.outerjoin(items, items.c.draft == drafts.c.id)
        with self._database.reading() as connection:
            counted = select(state, func.count()).select_from(joined).where(where).group_by(state)
            counts = {str(row[0]): int(row[1]) for row in connection.execute(counted)}
            own = func.coalesce(items.c.id, drafts.c.id)
            ids = select(own).select_from(joined).where(where).order_by(own).limit(most)
            return counts, [str(row[0]) for row in connection.execute(ids)]


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal.model_validate(dict(row._mapping))


def _row(proposal: Proposal) -> dict[str, Any]:
    told = proposal.model_dump(mode="json", include={"problems", "outdated", "facts", "touches"})
    return {**proposal.model_dump(), **told}
