"""Bad rows: each value that cannot be used is told once, by file, row and column, however the work is shared out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from assistant.domain.pack import Pack
from assistant.playbook.problems import MORE, BadRow
from assistant.playbook.scan import Scanned, scan, together
from tests.unit.playbook.test_scan import INFLOW, NOW
from tests.unit.playbook.town import populate

AT = "2026-11-10T09:00:00"
BAD = [
    # line, column, row
    (6, "amount", "a1,C1,{at},purchase,1e30,"),
    (7, "amount", "a2,C2,{at},purchase,NaN,"),
    (8, "amount", "a3,C3,{at},transfer_out,-5,"),
    (9, "at", "a4,C2,1904-02-29T00:00:00,login,,"),
    (10, "at", "a5,C3,yesterday,login,,"),
    (11, "attributes", "a6,C1,{at},login,,{{bad"),
    (12, "kind", "a7,C2,{at},,,"),
    (13, "customer_id", "a8,,{at},login,,"),
    (14, "event_id", ",C3,{at},login,,"),
    (15, "amount", "a9,C1,2099-01-01T00:00:00,transfer_in,inf,"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three customers; after each one's plain rows a line that is cut off, and then a bad value a line."""
    populate(tmp_path / "data", [{**INFLOW, "id": own, "plain_purchase": False} for own in ("C1", "C2", "C3")])
    with (tmp_path / "data" / "events.csv").open("a", encoding="utf-8") as file:
        file.write("short,C1\n")
        file.writelines(row.format(at=AT) + "\n" for _, _, row in BAD)
    return tmp_path / "data"


def told(scanned: Scanned) -> list[tuple[str, int | None, str]]:
    return [(one.file, one.row, one.column) for one in scanned.problems if one.row]


def shared(bank: Pack, folder: Path, count: int) -> Scanned:
    """The scans of so many shards, as one."""
    return together([scan(bank, folder, NOW, shard=(number, count)) for number in range(count)])


def test_each_bad_value_is_told_once_at_its_own_line_one_of_the_future_too(bank: Pack, folder: Path) -> None:
    lines = [("events.csv", 5, "at"), *(("events.csv", line, column) for line, column, _ in BAD)]
    assert told(scan(bank, folder, NOW)) == lines


@pytest.mark.parametrize("count", [2, 5])
def test_shards_together_tell_what_one_scan_tells(bank: Pack, folder: Path, count: int) -> None:
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"o{n},C9{n:02d},{AT},login,,\n" for n in range(30))
        file.writelines(f"k{n},C{n % 3 + 1},{AT},logn{n % 2},,\n" for n in range(9))
        file.writelines(f"n{n},C{n % 3 + 1},{AT},purchase,-{n},\n" for n in range(1, 40))
    with (folder / "customers.csv").open("a", encoding="utf-8") as file:
        file.write((folder / "customers.csv").read_text(encoding="utf-8").splitlines()[2].replace("C3,", "C1,") + "\n")
    whole, parts = scan(bank, folder, NOW), shared(bank, folder, count)
    assert [str(one) for one in parts.problems] == [str(one) for one in whole.problems]
    assert parts.actions == whole.actions
    assert parts.read == whole.read
    assert BadRow("events.csv", None, "amount", MORE, 39 + 4 - 20) in whole.problems
    assert BadRow("events", None, "customer_id", MORE, 10) in whole.problems


def test_of_several_files_the_one_that_holds_the_bad_row_is_named(bank: Pack, folder: Path) -> None:
    rows = f"from read_csv('{folder}/events.csv', all_varchar = true, ignore_errors = true, strict_mode = false)"
    (folder / "events").mkdir()
    duckdb.execute(f"copy (select * {rows} where event_id not like 'a%') to '{folder}/events/2025.parquet'")
    duckdb.execute(f"copy (select * {rows} where event_id like 'a%' order by 1) to '{folder}/events/2026.parquet'")
    (folder / "events.csv").unlink()
    assert told(scan(bank, folder, NOW))[:2] == [
        ("events/2026.parquet", 1, "amount"),
        ("events/2026.parquet", 2, "amount"),
    ]


@pytest.mark.parametrize(
    ("attributes", "problems"),
    [
        ("null", 0),
        ("''", 0),
        ("'{}'", 0),
        ("{'own': 'x', 'counterparty': 'p-1'}", 0),
        ("map {'score': '3'}", 0),
        ("'{'", 1),
    ],
)
def test_attributes_may_be_empty_or_a_structure_in_parquet(
    bank: Pack, folder: Path, attributes: str, problems: int
) -> None:
    event = f"'in' as event_id, 'C1' as customer_id, timestamp '{AT}' as at, 'transfer_in' as kind"
    query = f"select {event}, 300000::decimal(18, 2) as amount, {attributes} as attributes"
    (folder / "events.csv").unlink()
    duckdb.execute(f"copy ({query}) to '{folder}/events.parquet'")
    scanned = scan(bank, folder, NOW)
    assert told(scanned) == [("events.parquet", 1, "attributes")] * problems
    assert ("G1-INFLOW" in {one.trigger for one in scanned.actions}) == (not problems)
