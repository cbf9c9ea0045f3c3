"""No row of the audit is changed, taken out, moved or cut without its being found."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.errors import FileError
from assistant.review.sealing import Sealer
from assistant.store.audit import AuditStore
from assistant.store.database import Database
from tests.contract.databases import Databases

NOW = dt.datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=dt.UTC)
ROWS = 40


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    yield made
    made.close()


@pytest.fixture
def sealer(database: Database, tmp_path: Path) -> Sealer:
    """A chain of some rows, sealed twice: in the middle and at its end."""
    store = AuditStore(database)
    made = Sealer(store, tmp_path / "keys" / "audit.pem", tmp_path / "seals.jsonl")
    for place in range(ROWS):
        at = NOW + dt.timedelta(seconds=place)
        store.add(at, f"p{place % 3}", "approve", f"item:{place:04d}", {"facts": ["a@1", "利率"], "version": place})
        if place in (ROWS // 2, ROWS - 1):
            made.seal(at)
    return made


def test_an_untouched_chain_verifies(sealer: Sealer) -> None:
    found = sealer.verify()
    assert (found.fault, found.rows, found.sealed, found.unsealed, found.seals) == ("", ROWS, ROWS, 0, 2)


def test_rows_after_the_last_seal_are_told_as_not_yet_sealed(sealer: Sealer, database: Database) -> None:
    AuditStore(database).add(NOW, "p", "saw", "item:1", {})
    found = sealer.verify()
    assert found.fault == "" and found.unsealed == 1


@pytest.mark.parametrize("column", ["at", "who", "act", "subject", "body", "before", "hash"])
def test_a_change_of_any_column_is_found_at_its_row(sealer: Sealer, database: Database, column: str) -> None:
    value = "'{\"version\": 7}'" if column == "body" else "'2026-01-01T00:00:00+00:00'" if column == "at" else "'x'"
    with database.begin() as connection:
        connection.execute(text(f'UPDATE audit SET "{column}" = {value} WHERE seq = 12'))
    assert "row 12" in sealer.verify().fault


def _delete(rows: list[int], chance: random.Random) -> tuple[str, int]:
    at = chance.choice(rows)
    return f"DELETE FROM audit WHERE seq = {at}", at


def _cut(rows: list[int], chance: random.Random) -> tuple[str, int]:
    at = chance.choice(rows)
    return f"DELETE FROM audit WHERE seq >= {at}", at


def _edit(rows: list[int], chance: random.Random) -> tuple[str, int]:
    at = chance.choice(rows)
    return f"UPDATE audit SET who = who || '!' WHERE seq = {at}", at


def _renumber(rows: list[int], chance: random.Random) -> tuple[str, int]:
    """Two neighbours change places, their numbers with them."""
    at = chance.choice(rows[:-1])
    swap = f"CASE seq WHEN {at} THEN -{at + 1} ELSE -{at} END"
    return f"UPDATE audit SET seq = {swap} WHERE seq IN ({at}, {at + 1})", at


DAMAGE = (_delete, _cut, _edit, _renumber)


def test_a_thousand_damages_are_all_found(sealer: Sealer, database: Database) -> None:
    chance, found = random.Random(8), 0
    for turn in range(1000):
        harm = DAMAGE[turn % len(DAMAGE)]
        statement, at = harm(list(range(1, ROWS + 1)), chance)
        try:
            with database.begin() as connection:
                connection.execute(text(statement))
                connection.execute(text("UPDATE audit SET seq = -seq WHERE seq < 0"))
                rows = list(_within(connection))
                raise _Back
        except _Back:
            pass
        fault = _verified(sealer, rows)
        assert fault, f"{statement} went unseen"
        assert f"row {at}" in fault, fault
        found += 1
    assert found == 1000 and sealer.verify().fault == ""


class _Back(Exception):
    """Takes the damage back."""


def _within(connection: object) -> Iterator[object]:
    """The rows as a reader within the transaction sees them."""
    from sqlalchemy import Connection, select

    from assistant.domain.audit import Entry
    from assistant.store.desk_tables import audit

    assert isinstance(connection, Connection)
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        yield Entry.model_validate(dict(row._mapping))


def _verified(sealer: Sealer, rows: list[object]) -> str:
    class Given:
        """A chain of given rows."""

        def head(self) -> None:
            return None

        def rows(self, after: int = 0, subject: str | None = None) -> list[object]:
            return rows

    return Sealer(Given(), sealer.key, sealer.seals).verify().fault  # type: ignore[arg-type]


def test_a_chain_written_anew_from_the_start_does_not_fit_its_seals(
    sealer: Sealer, databases: Databases, tmp_path: Path
) -> None:
    forged = Database(databases.empty(tmp_path / "forged"))
    store = AuditStore(forged)
    for place in range(ROWS):
        store.add(NOW, "somebody", "approve", f"item:{place}", {})
    assert "is not the one that was sealed" in Sealer(store, sealer.key, sealer.seals).verify().fault
    forged.close()


def test_a_forged_seal_is_found(sealer: Sealer) -> None:
    lines = sealer.seals.read_text().splitlines()
    sealer.seals.write_text("\n".join([lines[0], lines[1].replace(f'"seq":{ROWS}', f'"seq":{ROWS - 1}')]) + "\n")
    assert "the signature does not fit" in sealer.verify().fault


def test_a_seal_that_a_crash_cut_short_is_no_seal(sealer: Sealer) -> None:
    whole = sealer.seals.read_text()
    sealer.seals.write_text(whole[:-30])
    found = sealer.verify()
    assert found.fault == "" and found.unsealed == ROWS - ROWS // 2 - 1


def test_a_line_that_is_no_seal_is_named(sealer: Sealer) -> None:
    sealer.seals.write_text("nonsense\n" + sealer.seals.read_text())
    with pytest.raises(FileError, match=r"seals.jsonl:1: no seal"):
        sealer.verify()


def test_nothing_new_is_sealed_twice(sealer: Sealer) -> None:
    assert sealer.seal(NOW) is None


def test_the_key_is_readable_to_its_owner_alone(sealer: Sealer) -> None:
    assert sealer.key.stat().st_mode & 0o077 == 0


def test_the_seal_after_one_that_was_cut_short_stands_whole(sealer: Sealer, database: Database) -> None:
    with sealer.seals.open("a", encoding="utf-8") as file:
        file.write('{"seq": 4')
    AuditStore(database).add(NOW, "p", "saw", "item:1", {})
    assert sealer.seal(NOW) is not None
    assert sealer.seals.read_text("utf-8").endswith("\n")
    assert (sealer.verify().fault, len(sealer.known()), sealer.verify().unsealed) == ("", 3, 0)
