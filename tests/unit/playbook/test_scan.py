"""A scan: what is told twice, what is left out and why, whatever form the tables have."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.errors import FileError, InputError
from assistant.playbook.scan import Scanned, scan
from tests.unit.playbook.town import EVENT, populate

NOW = dt.datetime(2026, 11, 10, 10, 30)
INFLOW = {
    "id": "C1",
    "as_of": NOW.isoformat(),
    "events": [{"at": "2026-11-10T10:20:00", "kind": "transfer_in", "amount": 300000, "event_id": "in"}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tables with one customer on whose account 300,000 landed ten minutes ago."""
    populate(tmp_path / "data", [INFLOW])
    return tmp_path / "data"


def ids(scanned: Scanned) -> list[str]:
    return [one.action_id for one in scanned.actions]


def rewrite(path: Path, change: Any) -> None:
    """Change the rows of a table, heading included."""
    rows = list(csv.reader(path.open(encoding="utf-8")))
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(change(rows))


def test_the_same_scan_twice_stores_nothing_twice(desk: Desk, folder: Path) -> None:
    _, first = desk.actions.scan(folder, NOW)
    _, second = desk.actions.scan(folder, NOW)
    assert all(new for _, new in first)
    assert [one for one, _ in second] == [one for one, _ in first]
    assert not any(new for _, new in second)


def test_what_happened_since_the_last_scan_is_not_lost_however_long_ago_that_was(desk: Desk, folder: Path) -> None:
    desk.actions.scan(folder, NOW - dt.timedelta(days=1))
    _, told = desk.actions.scan(folder, NOW + dt.timedelta(days=3))
    assert "G1-INFLOW" in {one.trigger for one, new in told if new}


def test_order_and_doubles_of_events_change_nothing(bank: Pack, folder: Path) -> None:
    before = ids(scan(bank, folder, NOW))

    def shuffled(rows: list[list[str]]) -> list[list[str]]:
        body = rows[1:] * 3
        random.Random(1).shuffle(body)
        return [rows[0], *body]

    rewrite(folder / "events.csv", shuffled)
    assert ids(scan(bank, folder, NOW)) == before


@pytest.mark.parametrize("form", ["parquet", "duckdb"])
def test_parquet_and_a_database_give_the_actions_that_csv_gives(bank: Pack, folder: Path, form: str) -> None:
    before = ids(scan(bank, folder, NOW))
    tables = [f"select * from read_csv('{folder}/{name}.csv')" for name in ("customers", "holdings", "events")]
    if form == "duckdb":
        with duckdb.connect(str(folder / "given.duckdb")) as database:
            for name, query in zip(("customers", "holdings", "events"), tables, strict=True):
                database.execute(f"create table {name} as {query}")
        assert ids(scan(bank, folder / "given.duckdb", NOW)) == before
        return
    for name, query in zip(("customers", "holdings", "events"), tables, strict=True):
        duckdb.execute(f"copy ({query}) to '{folder}/{name}.parquet'")
        (folder / f"{name}.csv").unlink()
    assert ids(scan(bank, folder, NOW)) == before


BAD = [
    ("amount", "1e30"),
    ("amount", "NaN"),
    ("amount", "-5"),
    ("at", "yesterday"),
    ("at", "1904-01-01T00:00:00"),
    ("attributes", "{not json"),
    ("kind", ""),
]


@pytest.mark.parametrize(("column", "value"), BAD)
def test_a_bad_value_is_told_with_file_row_and_column_and_the_other_rows_go_on(
    bank: Pack, folder: Path, column: str, value: str
) -> None:
    def spoiled(rows: list[list[str]]) -> list[list[str]]:
        bad = dict(zip(EVENT, ["bad", "C1", "2026-11-10T09:00:00", "purchase", "5", "{}"], strict=True)) | {
            column: value
        }
        return [*rows, list(bad.values())]

    rewrite(folder / "events.csv", spoiled)
    scanned = scan(bank, folder, NOW)
    assert [str(problem).split(": ")[:2] for problem in scanned.problems] == [["events.csv:4", column]]
    assert "G1-INFLOW" in {one.trigger for one in scanned.actions}


def test_an_event_of_the_far_future_is_no_problem_and_no_cause(bank: Pack, folder: Path) -> None:
    rewrite(
        folder / "events.csv", lambda rows: [*rows, ["f", "C1", "2099-01-01T00:00:00", "transfer_in", "900000", ""]]
    )
    scanned = scan(bank, folder, NOW)
    assert not scanned.problems
    assert [one.event for one in scanned.actions if one.trigger == "G1-INFLOW"] == ["C1-in"]


def test_a_line_with_too_few_cells_is_told_and_left_out(bank: Pack, folder: Path) -> None:
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write("short,C1\n")
    assert "events.csv:4" in str(scan(bank, folder, NOW).problems[0])


def test_a_missing_column_is_told_with_the_name_that_was_meant(bank: Pack, folder: Path) -> None:
    rewrite(folder / "customers.csv", lambda rows: [[{"payday": "pay_day"}.get(c, c) for c in rows[0]], *rows[1:]])
    told = [str(problem) for problem in scan(bank, folder, NOW).problems]
    assert told == ["customers.csv: payday: the column is missing (is “pay_day” meant?); it is taken as unknown"]


def test_without_a_column_that_all_hangs_on_nothing_is_scanned(bank: Pack, folder: Path) -> None:
    rewrite(folder / "events.csv", lambda rows: [[{"kind": "kinds"}.get(c, c) for c in rows[0]], *rows[1:]])
    with pytest.raises(InputError, match="no column kind"):
        scan(bank, folder, NOW)


def test_a_folder_that_is_not_there_and_one_without_tables_say_so(bank: Pack, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="There is no"):
        scan(bank, tmp_path / "nowhere", NOW)
    with pytest.raises(InputError, match=r"no customers\.csv"):
        scan(bank, tmp_path, NOW)


def test_two_risk_ratings_of_one_customer_are_told_and_the_lower_counts(bank: Pack, folder: Path) -> None:
    def doubled(rows: list[list[str]]) -> list[list[str]]:
        place = rows[0].index("risk_rating")
        return [*rows, [*rows[1][:place], "C1", *rows[1][place + 1 :]]]

    rewrite(folder / "customers.csv", doubled)
    scanned = scan(bank, folder, NOW)
    assert "different risk ratings" in str(scanned.problems[0])
    assert {one.product for one in scanned.actions if one.trigger == "G1-INFLOW"} == {"TD-24M"}


def test_events_of_nobody_and_kinds_that_nobody_knows_are_told(bank: Pack, folder: Path) -> None:
    more = [["x", "C404", "2026-11-10T09:00:00", "login", "", ""], ["y", "C1", "2026-11-10T09:00:00", "logn", "", ""]]
    rewrite(folder / "events.csv", lambda rows: [*rows, *more])
    told = "\n".join(str(problem) for problem in scan(bank, folder, NOW).problems)
    assert "there is no customer C404" in told
    assert "“logn” is no kind the pack knows (is “login” meant?)" in told


def test_a_hundred_thousand_events_of_one_customer_are_read(bank: Pack, folder: Path) -> None:
    many = [[f"m{n}", "C1", "2026-11-10T09:00:00", "page_view", "", ""] for n in range(100_000)]
    rewrite(folder / "events.csv", lambda rows: [*rows, *many])
    assert "G1-INFLOW" in {one.trigger for one in scan(bank, folder, NOW).actions}


def test_who_asked_not_to_be_contacted_is_sold_nothing_from_that_moment(desk: Desk, folder: Path) -> None:
    _, told = desk.actions.scan(folder, NOW)
    call = next(one for one, _ in told if one.trigger == "G1-INFLOW")
    desk.actions.record(call.action_id, "do_not_contact", "", "rm", NOW)
    later = NOW + dt.timedelta(days=40)
    _, again = desk.actions.scan(folder, later)
    assert {one.suppressed.by for one, _ in again if one.kind == "sales" and one.suppressed} <= {"contact_refused"}
    assert all(one.suppressed for one, _ in again if one.kind == "sales")


def test_outcomes_move_the_propensity_of_their_audience(desk: Desk, folder: Path) -> None:
    _, told = desk.actions.scan(folder, NOW)
    call = next(one for one, _ in told if one.trigger == "G1-INFLOW")
    before = call.propensity
    for _ in range(10):
        desk.actions.record(call.action_id, "bought", "", "rm", NOW)
    learned = desk.actions.history(NOW).learned
    assert learned.mean(before, ("G1-INFLOW", *call.audience)) == pytest.approx((before * 20 + 10) / 30)
