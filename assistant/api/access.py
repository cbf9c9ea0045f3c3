"""Who is asking: a session's cookie, a token, a trusted header, or the one who sits at a desk without accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request

from assistant.api.peers import Peers, Scope, at_this_machine, header, is_loopback, peer
from assistant.domain.account import LOCAL
from assistant.domain.person import Person
from assistant.errors import Forbidden, NotSignedIn, SettingsError
from assistant.review.people import People
from assistant.settings import Settings

How = Literal["session", "token", "header", "local"]
KEY = "copydesk.asked"
"""Where the scope of a request says who asks."""
COOKIE = "copydesk_session"


@dataclass(frozen=True)
class Asked:
    """Who asks, and how that is known. `scopes` bounds a token; `secret` is the session's, to keep or end it."""

    person: Person
    how: How
    scopes: frozenset[str] | None = None
    secret: str = ""


@dataclass(frozen=True)
class Access:
    """Finds out who is asking."""

    opened: Callable[[], People]
    settings: Settings
    peers: Peers | None

    @classmethod
    def of(cls, opened: Callable[[], People], settings: Settings) -> Access:
        """By the settings; `opened` gives the people when the first asks, for a desk without its database must still
        say that it is not ready. SettingsError where a header is named without those who may send it."""
        if (settings.trusted_header is None) != (settings.trusted_peers is None):
            mend = "Set both: the header, and the addresses that may send it."
            raise SettingsError("trusted_header and trusted_peers belong together.", mend)
        peers = Peers.read(settings.trusted_peers) if settings.trusted_peers else None
        return cls(opened, settings, peers)

    @property
    def people(self) -> People:
        """Those who work here."""
        return self.opened()

    @property
    def secure(self) -> bool:
        """Whether browsers reach the desk over HTTPS."""
        return (self.settings.public_url or "").startswith("https://")

    @property
    def cookie(self) -> str:
        """The session's cookie; over HTTPS no other host of the domain can set it."""
        return f"__Host-{COOKIE}" if self.secure else COOKIE

    @property
    def needs_no_account(self) -> bool:
        """Whether the one who sits here may work without signing in: nobody has an account, nobody else can come."""
        settings = self.settings
        other_doors = settings.trusted_header or settings.oidc_issuer or settings.public_url
        return is_loopback(settings.host) and not other_doors and not self.people.store.anybody()

    def asked(self, scope: Scope, now: dt.datetime) -> Asked | None:
        """Who asks; None where nobody is signed in. NotSignedIn for a bad token, Forbidden for a foreign header."""
        return self._by_header(scope) or self._by_token(scope, now) or self._by_cookie(scope, now) or self._here(scope)

    def _by_header(self, scope: Scope) -> Asked | None:
        name = self.settings.trusted_header
        login = header(scope, name) if name else None
        if login is None or self.peers is None:
            return None
        if not self.peers.hold(peer(scope)):
            mend = "Only the addresses in trusted_peers may say who a user is."
            raise Forbidden(f"The header {name} is not taken from here.", mend)
        person = self.people.of_login(login)
        if person is None:
            raise NotSignedIn(f"“{login[:64]}” has no open account.", "An admin can add one: copydesk user add.")
        return Asked(person, "header")

    def _by_token(self, scope: Scope, now: dt.datetime) -> Asked | None:
        kind, _, text = (header(scope, "authorization") or "").partition(" ")
        if kind.lower() != "bearer":
            return None
        found = self.people.of_token(text.strip(), now)
        if found is None:
            raise NotSignedIn("The token is unknown, has ended or was revoked.", "Ask an admin for a new one.")
        return Asked(found[1], "token", frozenset(found[0].scopes))

    def _by_cookie(self, scope: Scope, now: dt.datetime) -> Asked | None:
        secret = Request(scope).cookies.get(self.cookie)
        found = self.people.of_session(secret, now) if secret else None
        return Asked(found[1], "session", secret=secret or "") if found else None

    def _here(self, scope: Scope) -> Asked | None:
        return Asked(LOCAL, "local") if at_this_machine(scope) and self.needs_no_account else None


def asked_of(request: Request) -> Asked:
    """Who asks, as the door has found out. NotSignedIn where no door stands before the route."""
    asked = request.scope.get(KEY)
    if not isinstance(asked, Asked):
        raise NotSignedIn("Nobody is signed in.", "Sign in, or send a token.")
    return asked


def person_of(request: Request) -> Person:
    """The person who asks."""
    return asked_of(request).person


def managers_of(request: Request) -> frozenset[str] | None:
    """Whose customers the person who asks may see, by the managers' ids; None for everybody's."""
    found: frozenset[str] | None = request.app.state.desk.people.managers_of(person_of(request))
    return found


Asking = Annotated[Person, Depends(person_of)]
Whose = Annotated[frozenset[str] | None, Depends(managers_of)]
