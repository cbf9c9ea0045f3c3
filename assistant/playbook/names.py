"""What customers and managers are called, for lists of actions, which hold their ids alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from assistant.domain.pack import Pack
from assistant.playbook.database import connect, rows
from assistant.playbook.origins import origins
from assistant.playbook.source import managers

KEPT_S = 600.0
"""So long a name holds before it is read again."""


class Names:
    """Reads names from the institution's tables at `place`, those alone that are asked for, and keeps them a while."""

    def __init__(self, pack: Pack, place: Path | str | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._pack, self._place, self._clock = pack, place, clock
        self._people: dict[str, str] = {}
        self._managers: dict[str, str] | None = None
        self._since = clock()
        self._lock = threading.Lock()

    def of(self, customers: Collection[str]) -> Mapping[str, str]:
        """The names of some customers, by id; whoever is in no table has an empty one. Raises FileError, InputError."""
        with self._lock:
            self._forget()
            missing = sorted({*customers} - self._people.keys())
            if missing and self._place is not None:
                found = self._read(Path(self._place), missing)
                self._people |= {own: found.get(own, "") for own in missing}
            return {own: self._people.get(own, "") for own in customers}

    def managers(self) -> Mapping[str, str]:
        """The managers' names, by id; empty where there is no such table."""
        with self._lock:
            self._forget()
            if self._managers is None:
                self._managers = self._read_managers()
            return self._managers

    def _forget(self) -> None:
        if self._clock() - self._since > KEPT_S:
            self._people, self._managers, self._since = {}, None, self._clock()

    def _read(self, place: Path, ids: Collection[str]) -> dict[str, str]:
        database = connect(self._pack.institution.timezone)
        try:
            relation = origins(database, place)["customers"].relation
            given = {name for name, *_ in rows(database, f"describe select * from {relation}")}
            name = "name::varchar" if "name" in given else "null"
            query = f"select trim(customer_id::varchar) as own, {name} from {relation} where own in (select unnest($1))"
            return {own: name or "" for own, name in rows(database, query, [list(ids)])}
        finally:
            database.close()

    def _read_managers(self) -> dict[str, str]:
        database = connect(self._pack.institution.timezone)
        try:
            managers(database, Path(self._place) if self._place is not None else None)
            return {own: name for own, name in rows(database, "select rm_id, name from managers") if own and name}
        finally:
            database.close()
