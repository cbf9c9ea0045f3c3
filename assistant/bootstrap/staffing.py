"""Those who work at the desk: what lets them in, and what keeps their accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.bootstrap.keeping import Keeping

if TYPE_CHECKING:
    from assistant.review.accounts import Accounts
    from assistant.review.people import Hasher, People, Registers, Terms


@dataclass
class Staffing(Keeping):
    """Those who work at the desk: what lets them in, and what keeps their accounts."""

    @cached_property
    def people(self) -> People:
        """What lets people in and knows them again."""
        from assistant.review.people import People

        return People(self._registers, self._passwords, self._terms)

    @cached_property
    def accounts(self) -> Accounts:
        """What keeps accounts and tokens."""
        from assistant.review.accounts import Accounts

        return Accounts(self._registers, self._passwords, self._terms)

    @cached_property
    def _registers(self) -> Registers:
        from assistant.store.people import PeopleStore

        return PeopleStore(self.database)

    @cached_property
    def _passwords(self) -> Hasher:
        from assistant.store.passwords import Passwords

        return Passwords(self.settings.password_memory, self.settings.password_rounds)

    @property
    def _terms(self) -> Terms:
        from assistant.review.people import Terms

        life, idle = self.settings.session_hours, self.settings.session_idle_minutes
        return Terms(dt.timedelta(hours=life), dt.timedelta(minutes=idle))
