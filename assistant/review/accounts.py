"""Keeping accounts and tokens: made, changed, closed; each with its row of the audit."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.account import Account, Token
from assistant.domain.person import Person, Role
from assistant.errors import InputError, NotSignedIn, Refused, UnknownId
from assistant.review.choosing import chosen
from assistant.review.people import USUAL, Hasher, Register, Registers, Terms, hashed, opened

MARK = "copydesk"
"""How a token begins, so that it is known for what it is where it has leaked."""
LONGEST_DAYS = 366
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
KEPT_NAMES = frozenset({"local", "desk"})


@dataclass(frozen=True)
class Accounts:
    """The accounts and tokens. `by` is who changes them, as the audit tells it."""

    store: Registers
    hasher: Hasher
    terms: Terms = USUAL

    def add(self, person: Person, password: str | None, by: str, now: dt.datetime) -> Account:
        """A new account; without a password its owner comes by another door. InputError, Refused."""
        if person.login in KEPT_NAMES:
            raise InputError(f"The name “{person.login}” is the desk's own.", "Take another.")
        secret = None if password is None else self.hasher.hash(chosen(password, person.login))
        account = Account(person=person, secret=secret, made_at=now)
        with self.store.register() as register:
            if register.account(person.login):
                raise Refused("taken", f"There is an account {person.login}.", "Change it, or take another name.")
            register.put(account)
            register.audit(now, by, "user_added", f"person:{person.login}", _told(person))
        return account

    def change(
        self, login: str, by: str, now: dt.datetime, *, roles: Sequence[Role] | None = None, **values: str | None
    ) -> Account:
        """Give somebody other roles, another `manager` id, `team` or `name`. What is None stays; "" takes away."""
        with self.store.register() as register:
            account = _known(register, login)
            given = {name: value or None for name, value in values.items() if value is not None}
            if roles is not None:
                given["roles"] = tuple(roles)  # type: ignore[assignment]
            person = Person.model_validate({**account.person.model_dump(), **given})
            changed = account.model_copy(update={"person": person})
            _admin_left(register, account, changed)
            register.put(changed)
            register.audit(now, by, "user_changed", f"person:{login}", _told(person))
            return changed

    def disable(self, login: str, by: str, now: dt.datetime, disabled: bool = True) -> Account:
        """Close an account, its sessions and tokens with it; or open it again."""
        with self.store.register() as register:
            account = _known(register, login)
            changed = account.model_copy(update={"disabled": disabled, "failed": 0, "locked_until": None})
            _admin_left(register, account, changed)
            register.put(changed)
            register.close_all(login)
            register.audit(now, by, "user_disabled" if disabled else "user_enabled", f"person:{login}", {})
            return changed

    def password(self, login: str, password: str, by: str, now: dt.datetime) -> None:
        """Give somebody another password; their sessions end, and an account that waited waits no longer."""
        secret = self.hasher.hash(chosen(password, login))
        with self.store.register() as register:
            account = _known(register, login)
            register.put(account.model_copy(update={"secret": secret, "failed": 0, "locked_until": None}))
            register.close_all(login)
            register.audit(now, by, "password_set", f"person:{login}", {})

    def listed(self) -> list[Account]:
        """Every account by its login."""
        with self.store.register() as register:
            return register.accounts()

    def arrive(self, identity: str, person: Person, now: dt.datetime) -> str:
        """Somebody whom an identity provider vouches for, by issuer and subject: the secret of a new session.

        Their account is made at their first coming, and has the roles that the provider tells of today.
        NotSignedIn where the account is closed or the name is another's.
        """
        with self.store.register() as register:
            account = register.by_identity(identity)
            if account is None:
                if register.account(person.login) or person.login in KEPT_NAMES:
                    what = f"There is another account {person.login}."
                    raise NotSignedIn(what, "An admin must give one of the two another name.")
                account = Account(person=person, identity=identity, made_at=now)
                register.audit(now, person.login, "user_added", f"person:{person.login}", _told(person))
            elif account.disabled:
                raise NotSignedIn(f"The account {account.login} is closed.", "Ask an admin.")
            current = person.model_copy(update={"login": account.login})
            if current != account.person:
                register.audit(now, account.login, "user_changed", f"person:{account.login}", _told(current))
            account = account.model_copy(update={"person": current})
            register.put(account)
            return opened(register, account, "oidc", self.terms, now)

    def make_token(
        self, login: str, name: str, scopes: Collection[str], days: int, by: str, now: dt.datetime
    ) -> tuple[Token, str]:
        """A token and its text, which is shown this once. InputError, UnknownId."""
        if not 1 <= days <= LONGEST_DAYS:
            raise InputError(f"A token cannot last {days} days.", f"Name 1 to {LONGEST_DAYS}.")
        if not scopes:
            raise InputError("A token without a scope can do nothing.", "Name one at least.")
        own, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
        ends = now + dt.timedelta(days=days)
        token = Token(
            id=own, hash=hashed(secret), login=login, name=name, scopes=tuple(sorted(set(scopes))),
            made_at=now, ends_at=ends,
        )  # fmt: skip
        with self.store.register() as register:
            _known(register, login)
            register.put_token(token)
            body = {"login": login, "name": name, "scopes": list(token.scopes), "ends_at": ends.isoformat()}
            register.audit(now, by, "token_made", f"token:{own}", body)
        return token, f"{MARK}_{own}_{secret}"

    def revoke(self, own: str, by: str, now: dt.datetime) -> Token:
        """End a token at once. UnknownId."""
        with self.store.register() as register:
            token = register.token(own)
            if token is None:
                raise UnknownId("token", own, [one.id for one in register.tokens()])
            token = token.model_copy(update={"revoked_at": token.revoked_at or now})
            register.put_token(token)
            register.audit(now, by, "token_revoked", f"token:{own}", {"login": token.login, "name": token.name})
            return token

    def tokens(self, login: str | None = None) -> list[Token]:
        """Somebody's tokens, or all."""
        with self.store.register() as register:
            return register.tokens(login)


def login_of(given: str) -> str:
    """A name as accounts have it. InputError where it is none."""
    login = given.strip().lower()
    if not _LOGIN.fullmatch(login):
        mend = "Take up to 64 of a–z, 0–9, dot, dash, underline and @, a letter or digit first."
        raise InputError(f"“{given[:64]}” is no name for an account.", mend)
    return login


def _known(register: Register, login: str) -> Account:
    account = register.account(login)
    if account is None:
        raise UnknownId("account", login, [one.login for one in register.accounts()])
    return account


def _admin_left(register: Register, before: Account, after: Account) -> None:
    """Somebody must be left who can keep the accounts."""

    def keeps(account: Account) -> bool:
        return account.person.is_a("admin") and not account.disabled

    others = (one for one in register.accounts() if one.login != before.login)
    if keeps(before) and not keeps(after) and not any(keeps(one) for one in others):
        raise Refused("last_admin", f"{before.login} is the last admin.", "Make another one first.")


def _told(person: Person) -> dict[str, Any]:
    return {"roles": list(person.roles), "manager": person.manager, "team": person.team}
