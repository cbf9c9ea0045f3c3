"""Accounts, sessions and tokens in the database; what is changed of them is one transaction with its audit row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.domain.account import Account, Session, Token
from assistant.domain.person import Person
from assistant.store.audit import append
from assistant.store.database import Database
from assistant.store.people_tables import accounts, sessions, tokens

_PERSON = ("login", "name", "roles", "manager", "team")


class Register:
    """The register of those who work here, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def account(self, login: str) -> Account | None:
        """An account, locked until the transaction is over where it is one of change."""
        row = self._connection.execute(select(accounts).where(accounts.c.login == login).with_for_update()).first()
        return _account(row) if row else None

    def by_identity(self, identity: str) -> Account | None:
        """The account of somebody whom an identity provider knows."""
        row = self._connection.execute(select(accounts).where(accounts.c.identity == identity)).first()
        return _account(row) if row else None

    def accounts(self) -> list[Account]:
        """Every account by its login."""
        return [_account(row) for row in self._connection.execute(select(accounts).order_by(accounts.c.login))]

    def put(self, account: Account) -> None:
        """Keep an account as it is now."""
        values = {**account.person.model_dump(), **account.model_dump(exclude={"person"})}
        values["roles"] = list(account.person.roles)
        changed = accounts.update().where(accounts.c.login == account.login).values(**values)
        if self._connection.execute(changed).rowcount == 0:
            self._connection.execute(accounts.insert().values(**values))

    def open(self, session: Session) -> None:
        """Keep a session; whatever has ended is cleared away."""
        self._connection.execute(sessions.delete().where(sessions.c.ends_at <= session.made_at))
        self._connection.execute(sessions.insert().values(**session.model_dump()))

    def close(self, session: str) -> str | None:
        """End a session; whose it was, or None where there is none."""
        login = self._connection.execute(select(sessions.c.login).where(sessions.c.id == session)).scalar()
        self._connection.execute(sessions.delete().where(sessions.c.id == session))
        return login

    def close_all(self, login: str, but: str = "") -> None:
        """End somebody's sessions but one."""
        self._connection.execute(sessions.delete().where(sessions.c.login == login, sessions.c.id != but))

    def token(self, own: str) -> Token | None:
        """A token by its id."""
        row = self._connection.execute(select(tokens).where(tokens.c.id == own)).first()
        return Token.model_validate(dict(row._mapping)) if row else None

    def tokens(self, login: str | None = None) -> list[Token]:
        """Tokens, somebody's or all, the newest last."""
        query = select(tokens).order_by(tokens.c.made_at, tokens.c.id)
        if login is not None:
            query = query.where(tokens.c.login == login)
        return [Token.model_validate(dict(row._mapping)) for row in self._connection.execute(query)]

    def put_token(self, token: Token) -> None:
        """Keep a token as it is now."""
        values = {**token.model_dump(), "scopes": list(token.scopes)}
        if self._connection.execute(tokens.update().where(tokens.c.id == token.id).values(**values)).rowcount == 0:
            self._connection.execute(tokens.insert().values(**values))

    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None:
        """Add a row to the audit."""
        append(self._connection, at, who, act, subject, body)


class PeopleStore:
    """Opens the register for a change; answers quickly who is asking."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def register(self) -> Iterator[Register]:
        """One transaction. Whatever is refused in it leaves nothing behind."""
        with self._database.begin() as connection:
            yield Register(connection)

    def anybody(self) -> bool:
        """Whether there is any account."""
        with self._database.reading() as connection:
            return connection.execute(select(accounts.c.login).limit(1)).first() is not None

    def account(self, login: str) -> Account | None:
        """An account, to look at."""
        with self._database.reading() as connection:
            row = connection.execute(select(accounts).where(accounts.c.login == login)).first()
        return _account(row) if row else None

    def session(self, own: str) -> tuple[Session, Account] | None:
        """A session and whose it is."""
        with self._database.reading() as connection:
            kept = connection.execute(select(sessions).where(sessions.c.id == own)).first()
            if kept is None:
                return None
            row = connection.execute(select(accounts).where(accounts.c.login == kept.login)).first()
        return (Session.model_validate(dict(kept._mapping)), _account(row)) if row else None

    def token(self, own: str) -> tuple[Token, Account] | None:
        """A token and in whose name it asks."""
        with self._database.reading() as connection:
            kept = connection.execute(select(tokens).where(tokens.c.id == own)).first()
            if kept is None:
                return None
            row = connection.execute(select(accounts).where(accounts.c.login == kept.login)).first()
        return (Token.model_validate(dict(kept._mapping)), _account(row)) if row else None

    def seen(self, session: str | None, token: str | None, at: dt.datetime) -> None:
        """Note that a session or a token was just used."""
        with self._database.begin() as connection:
            if session is not None:
                connection.execute(sessions.update().where(sessions.c.id == session).values(seen_at=at))
            if token is not None:
                connection.execute(tokens.update().where(tokens.c.id == token).values(seen_at=at))

    def managers(self, team: str) -> set[str]:
        """The managers of a team, those whose account is closed included: their customers are still the team's."""
        query = select(accounts.c.manager).where(accounts.c.team == team, accounts.c.manager.is_not(None))
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())


def _account(row: Row[Any]) -> Account:
    told = dict(row._mapping)
    person = Person.model_validate({name: told.pop(name) for name in _PERSON})
    return Account.model_validate({**told, "person": person})
