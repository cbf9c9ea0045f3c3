"""Who works at the desk: signing in and out, and finding out who is asking."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.domain.account import EVERYWHERE, Account, Session, Token
from assistant.domain.person import Person
from assistant.errors import InputError, NotSignedIn
from assistant.review.choosing import chosen, normal

MINUTE = dt.timedelta(minutes=1)
WRONG = ("The name and the password do not fit.", "After several attempts an account waits a while.")


class Register(Protocol):
    """What one transaction can do."""

    def account(self, login: str) -> Account | None: ...
    def by_identity(self, identity: str) -> Account | None: ...
    def accounts(self) -> list[Account]: ...
    def put(self, account: Account) -> None: ...
    def open(self, session: Session) -> None: ...
    def close(self, session: str) -> str | None: ...
    def close_all(self, login: str, but: str = "") -> None: ...
    def token(self, own: str) -> Token | None: ...
    def tokens(self, login: str | None = None) -> list[Token]: ...
    def put_token(self, token: Token) -> None: ...
    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None: ...


class Registers(Protocol):
    """What opens the register, and answers quickly who is asking."""

    def register(self) -> AbstractContextManager[Register]: ...
    def anybody(self) -> bool: ...
    def account(self, login: str) -> Account | None: ...
    def session(self, own: str) -> tuple[Session, Account] | None: ...
    def token(self, own: str) -> tuple[Token, Account] | None: ...
    def seen(self, session: str | None, token: str | None, at: dt.datetime) -> None: ...
    def managers(self, team: str) -> set[str]: ...


class Hasher(Protocol):
    """What hashes passwords. `verify` takes as long where there is no hash."""

    def hash(self, password: str) -> str: ...
    def verify(self, secret: str | None, password: str) -> bool: ...
    def stale(self, secret: str) -> bool: ...


@dataclass(frozen=True)
class Terms:
    """How long a session lasts, and how many wrong passwords are borne: each after `tries` doubles the wait."""

    life: dt.timedelta = dt.timedelta(hours=12)
    idle: dt.timedelta = dt.timedelta(minutes=60)
    tries: int = 5
    first_wait: dt.timedelta = dt.timedelta(seconds=30)
    longest_wait: dt.timedelta = dt.timedelta(hours=1)

    def wait(self, failed: int) -> dt.timedelta | None:
        """How long an account waits after so many wrong passwords one after another."""
        if failed < self.tries:
            return None
        doubled: int = 2 ** min(failed - self.tries, 16)
        return min(self.first_wait * doubled, self.longest_wait)


USUAL = Terms()


@dataclass(frozen=True)
class People:
    """Lets people in, and knows them again. Secrets are kept as hashes only."""

    store: Registers
    hasher: Hasher
    terms: Terms = USUAL

    def sign_in(self, login: str, password: str, now: dt.datetime) -> tuple[Person, str]:
        """The person and the secret of a new session. NotSignedIn, in the same words and time whatever was wrong."""
        # The attempt counts before it is looked at: fifty at once are no more than the allowed few.
        tried = self._tried(login.strip().lower(), now)
        plain = normal(password)
        right = self.hasher.verify(tried.secret if tried else None, plain)
        if tried is None:
            raise NotSignedIn(*WRONG)
        fresh = self.hasher.hash(plain) if right and tried.secret and self.hasher.stale(tried.secret) else tried.secret
        with self.store.register() as register:
            account = register.account(tried.login)
            if not right or account is None or account.disabled or account.secret != tried.secret:
                self._refused(register, tried, now)
            else:
                register.put(account.model_copy(update={"failed": 0, "locked_until": None, "secret": fresh}))
                return account.person, opened(register, account, "password", self.terms, now)
        raise NotSignedIn(*WRONG)

    def _tried(self, login: str, now: dt.datetime) -> Account | None:
        """The account, one attempt counted; None where no password would be right."""
        with self.store.register() as register:
            account = register.account(login)
            if account is None or account.disabled or account.secret is None or account.locked(now):
                return None
            wait = self.terms.wait(account.failed + 1)
            until = now + wait if wait else None
            register.put(account.model_copy(update={"failed": account.failed + 1, "locked_until": until}))
            return account

    def _refused(self, register: Register, tried: Account, now: dt.datetime) -> None:
        failed = tried.failed + 1
        subject, wait = f"person:{tried.login}", self.terms.wait(failed)
        register.audit(now, tried.login, "sign_in_failed", subject, {"attempts": failed})
        if wait:
            register.audit(now, tried.login, "locked", subject, {"seconds": int(wait.total_seconds())})

    def sign_out(self, secret: str, now: dt.datetime) -> None:
        """End a session."""
        with self.store.register() as register:
            login = register.close(hashed(secret))
            if login:
                register.audit(now, login, "signed_out", f"person:{login}", {})

    def change_password(self, login: str, old: str, new: str, now: dt.datetime, keep: str = "") -> None:
        """Put another password in the place of the old one; other sessions end than the one whose secret is
        `keep`. InputError, NotSignedIn."""
        plain = chosen(new, login)
        tried = self._tried(login, now)
        if not self.hasher.verify(tried.secret if tried else None, normal(old)):
            if tried is not None:
                with self.store.register() as register:
                    self._refused(register, tried, now)
            raise NotSignedIn("The old password is wrong.", "After several attempts the account waits a while.")
        if normal(old) == plain:
            raise InputError("The new password is the old one.", "Take another.")
        secret = self.hasher.hash(plain)
        with self.store.register() as register:
            account = register.account(login)
            assert account is not None
            register.put(account.model_copy(update={"secret": secret, "failed": 0, "locked_until": None}))
            register.close_all(login, but=hashed(keep))
            register.audit(now, login, "password_changed", f"person:{login}", {})

    def of_session(self, secret: str, now: dt.datetime) -> tuple[Session, Person] | None:
        """Who holds a session's secret; None where it has ended."""
        found = self.store.session(hashed(secret))
        if found is None:
            return None
        session, account = found
        if account.disabled or session.ends_at <= now or session.seen_at + self.terms.idle <= now:
            return None
        if now - session.seen_at >= MINUTE:
            self.store.seen(session.id, None, now)
        return session, account.person

    def of_token(self, text: str, now: dt.datetime) -> tuple[Token, Person] | None:
        """In whose name a token asks; None where it is none, or no longer."""
        _mark, _, rest = text.partition("_")
        own, _, secret = rest.partition("_")
        found = self.store.token(own) if own and secret else None
        if found is None or not hmac.compare_digest(found[0].hash, hashed(secret)):
            return None
        token, account = found
        if account.disabled or not token.holds(now):
            return None
        if token.seen_at is None or now - token.seen_at >= MINUTE:
            self.store.seen(None, token.id, now)
        return token, account.person

    def of_login(self, login: str) -> Person | None:
        """Somebody whom another door has let in; None where they have no account that is open."""
        account = self.store.account(login.strip().lower())
        return None if account is None or account.disabled else account.person

    def managers_of(self, person: Person) -> frozenset[str] | None:
        """Whose customers somebody may see, by the managers' ids; None for everybody's. A lead sees the team's."""
        own = {person.manager} if person.manager and person.is_a("rm", "lead") else set()
        if not person.is_a("lead") or person.team is None:
            return frozenset(own)
        if person.team == EVERYWHERE:
            return None
        return frozenset(own | self.store.managers(person.team))


def hashed(secret: str) -> str:
    """What is kept of a secret that we made ourselves: it is long and random, so a plain hash hides it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def opened(register: Register, account: Account, how: str, terms: Terms, now: dt.datetime) -> str:
    """A new session's secret. Its life has an end, however busy it is."""
    secret = secrets.token_urlsafe(32)
    ends = now + terms.life
    session = Session(id=hashed(secret), login=account.login, how=how, made_at=now, seen_at=now, ends_at=ends)
    register.open(session)
    register.audit(now, account.login, "signed_in", f"person:{account.login}", {"how": how})
    return secret
