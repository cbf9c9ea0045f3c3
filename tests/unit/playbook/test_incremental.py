"""What a scan does not look at changes nothing: it finds what one finds that looks at every event of everybody."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.playbook.database import clock_of, connect, lock
from assistant.playbook.firing import GROUPS
from assistant.playbook.people import prepare
from assistant.playbook.scan import History, Scanned, decided, scan
from assistant.playbook.source import load
from eval.people.stories import AS_OF
from tests.conftest import BANK

SHARE = 4


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every fourth customer of the sample, with all that is theirs."""
    folder = tmp_path_factory.mktemp("part")
    for name in ("customers", "holdings", "events"):
        with (BANK / "sample" / f"{name}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        kept = [row for row in rows if int(row["customer_id"].strip("C")) % SHARE == 0]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(kept)
    return folder


def whole(pack: Pack, place: Path, now: dt.datetime, history: History) -> Scanned:
    """A scan that takes every event apart and counts every measure for everybody."""
    database, clock = connect(pack.institution.timezone), clock_of(pack, now, history.last_scan)
    reading = load(database, place, f"timestamp '{now}'")
    prepare(database, pack, clock, reading)
    groups = {"past": "customer_id"} | {name: f"customer_id, {column}" for name, (column, _) in GROUPS.items()}
    for table, keys in groups.items():
        counted = [f"{clock.said(one.sql)} as {one.id}" for one in pack.measures.values() if one.per == table]
        database.execute(f"create table {table} as select {keys}, {', '.join(counted)} from happened group by {keys}")
    database.execute("create table past_of_causes as from past")
    lock(database)
    found = decided(database, pack, clock, history)
    database.close()
    return Scanned(clock, found, reading.problems, reading.read)


def moments(seed: int) -> list[dt.datetime]:
    """The history's last days cut at random: some scans an hour apart, some days."""
    draw = random.Random(seed)
    ago = sorted({draw.choice((1, 5, 20, 30, 60)) * n for n in range(1, 5)}, reverse=True)
    return [AS_OF - dt.timedelta(hours=hours, minutes=draw.randint(0, 59)) for hours in ago] + [AS_OF]


@pytest.mark.parametrize("seed", [1, 2])
def test_scans_in_turn_find_what_a_scan_of_everything_finds_at_each_moment(
    desk: Desk, bank: Pack, part: Path, seed: int
) -> None:
    found: set[str] = set()
    for now in moments(seed):
        history = desk.actions.history(now)
        expected = whole(bank, part, now, history)
        scanned, told = desk.actions.scan(part, now)
        assert scanned.actions == expected.actions
        found |= {one.action_id for one, _ in told}
    kept = [one.action_id for one, _ in desk.actions.store.of_customers()]
    assert len(kept) == len(found) and set(kept) == found


def test_what_scans_in_turn_find_is_what_scans_from_nothing_find_together(desk: Desk, bank: Pack, part: Path) -> None:
    """Each day on its own, without a store, against every day after the other."""
    days = [AS_OF - dt.timedelta(days=back) for back in (2, 1, 0)]
    alone = {one.action_id for now in days for one in scan(bank, part, now).actions}
    in_turn = {one.action_id for now in days for one, _ in desk.actions.scan(part, now)[1]}
    assert in_turn == alone
