"""What the desk keeps of those who work at it: accounts, sessions, tokens. No secret stands here in the clear."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.person import ROLES, Person

EVERYWHERE = "*"
"""The team of those who see every manager's customers."""
LOCAL = Person(login="local", name="local", roles=ROLES, team=EVERYWHERE)
"""The one who runs a desk that has no accounts, on their own machine. Their own texts they do not approve either."""


class Account(BaseModel):
    """A person and how they prove who they are. `secret` is a password's hash, `identity` the issuer and subject at an
    identity provider; without either, only a trusted header says who they are."""

    model_config = ConfigDict(frozen=True)
    person: Person
    secret: str | None = Field(default=None, repr=False)
    identity: str | None = None
    disabled: bool = False
    failed: int = 0
    locked_until: dt.datetime | None = None
    made_at: dt.datetime

    @property
    def login(self) -> str:
        """The account's name."""
        return self.person.login

    def locked(self, now: dt.datetime) -> bool:
        """Whether attempts are not even looked at."""
        return self.locked_until is not None and self.locked_until > now


class Session(BaseModel):
    """Somebody is signed in. `id` hashes the secret that their browser holds; `how`: password or oidc."""

    model_config = ConfigDict(frozen=True)
    id: str
    login: str
    how: str
    made_at: dt.datetime
    seen_at: dt.datetime
    ends_at: dt.datetime


class Token(BaseModel):
    """A program may ask in somebody's name: what its scopes name, until it ends, and never more than they may."""

    model_config = ConfigDict(frozen=True)
    id: str
    hash: str = Field(repr=False)
    login: str
    name: str
    scopes: tuple[str, ...]
    made_at: dt.datetime
    ends_at: dt.datetime
    seen_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None

    def holds(self, now: dt.datetime) -> bool:
        """Whether it may still be used."""
        return self.revoked_at is None and self.ends_at > now
