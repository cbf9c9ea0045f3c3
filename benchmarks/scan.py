"""What a scan costs: `python -m benchmarks.scan [--customers N] [--events M] [--berka FOLDER] [--rule-engine FOLDER]`.

Every trigger over a made-up bank, beside one script of SQL written by hand for the same conditions, which must find the
same customers; beside a rule engine that looks at a row at a time; memory and cost by size. Each run is a process of
its own, ours and theirs in turns; medians of 3. `--rule-engine`: a folder that `pip install --target FOLDER
rule-engine` made.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.playbook.database import Clock, clock_of, connect
from assistant.playbook.firing import Firing, fired
from assistant.playbook.people import prepare
from assistant.playbook.scan import History, decided, opened
from assistant.playbook.source import load
from assistant.settings import read_settings
from benchmarks.scan_data import berka, make
from benchmarks.scan_sql import names, script

NOW = dt.datetime(2026, 11, 30, 10, 30)
"""A Monday and a month's last day, so that the weekly and the monthly triggers fire."""
OTHER_DAYS = (dt.datetime(2026, 11, 9, 10), dt.datetime(2026, 11, 23, 10), dt.datetime(2027, 1, 25, 10))
"""Before and after Double 11, and before Spring Festival."""
RUNS, SLICE = 3, 20_000
RULES = {
    "B6-RETURN": "kind in ['login', 'visit', 'transfer_in'] and lifecycle == 'lost'",
    "G1-INFLOW": "kind == 'transfer_in' and amount >= 200000 and not own",
    "F2-NEWDEVICE": "kind == 'login' and new_device and city != null and city != home",
    "F3-HABITS": "habit_deviation != null and habit_deviation >= 0.8",
    "C4-SURVEY": "kind == 'activity_joined' and mode == 'online'",
    "D3-SURVEY": "kind == 'survey' and score != null and score <= 6",
}
"""Triggers that look at one event and its customer only, in the words of the rule engine."""
Result = dict[str, Any]


def started(pack: Pack, folder: Path, now: dt.datetime) -> tuple[duckdb.DuckDBPyConnection, Clock]:
    """The tables of a folder, read, prepared and measured."""
    database, clock = connect(pack.institution.timezone), clock_of(pack, now)
    opened(database, pack, clock, load(database, folder, f"timestamp '{now}'"), frozenset())
    return database, clock


def ours(pack: Pack, folder: Path, now: dt.datetime) -> list[Firing]:
    """Every firing, from the files on."""
    database, clock = started(pack, folder, now)
    return list(fired(database, pack, clock))


def theirs(pack: Pack, folder: Path, now: dt.datetime) -> list[tuple[str, str]]:
    """Trigger and customer by the script written by hand."""
    words = clock_of(pack, now).words
    festivals = {word: said for word, said in words.items() if word.startswith(("last_", "next_"))}
    return connect(pack.institution.timezone).execute(script(folder, now, festivals)).fetchall()


def policies(pack: Pack, folder: Path, now: dt.datetime) -> Callable[[], list[Any]]:
    """A run from the measured tables to actions: the firings once more, and the policies."""
    database, clock = started(pack, folder, now)
    return lambda: decided(database, pack, clock, History())


def alone(pack: Pack, folder: Path, now: dt.datetime) -> list[Firing]:
    """The triggers of RULES alone, every event a cause, from the files on."""
    clock = clock_of(pack, now, now - dt.timedelta(days=1000))
    database = connect(pack.institution.timezone)
    prepare(database, pack, clock, load(database, folder, f"timestamp '{now}'"))
    return list(fired(database, pack, clock, [pack.triggers[own] for own in RULES]))


def by_rows(pack: Pack, folder: Path, now: dt.datetime) -> Callable[[], list[tuple[str, str]]]:
    """A run of the rule engine over the rows as dicts in memory; that they are made is not timed."""
    import rule_engine  # type: ignore[import-not-found, unused-ignore]

    clock, database = clock_of(pack, now, now - dt.timedelta(days=1000)), connect(pack.institution.timezone)
    prepare(database, pack, clock, load(database, folder, f"timestamp '{now}'"))
    found = database.execute(
        "select e.customer_id, e.kind, e.amount::double as amount, e.own, e.new_device, e.city, e.mode, e.score,"
        " e.habit_deviation, c.lifecycle, c.city as home from causes e join people c using (customer_id)"
        f" limit {SLICE}"
    )
    columns = [one[0] for one in found.description]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    rules = {own: rule_engine.Rule(text) for own, text in RULES.items()}
    return lambda: [(own, row["customer_id"]) for row in rows for own, rule in rules.items() if rule.matches(row)]


def one(what: str, folder: Path) -> None:
    """A run in this process, told as JSON: CPU and wall seconds, peak of memory in MB, how many were found."""
    pack = Desk(read_settings()).pack
    run: Callable[[], list[Any]]
    if what in ("policies", "by_rows"):
        run = {"policies": policies, "by_rows": by_rows}[what](pack, folder, NOW)
    else:
        run = lambda: {"ours": ours, "theirs": theirs, "alone": alone}[what](pack, folder, NOW)  # noqa: E731
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu, wall = time.process_time(), time.perf_counter()
    found = run()
    told = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "found": len(found)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({**told, "peak": peak / 1024, "base": before / 1024}))


def medians(whats: tuple[str, ...], folder: Path, path: str = "") -> dict[str, Result]:
    """The median of RUNS runs of each, in turns, each a process of its own."""
    code = "import sys; sys.path.append(sys.argv[3]); from pathlib import Path; from benchmarks.scan import one;"
    code += "one(sys.argv[1], Path(sys.argv[2]))"
    told: dict[str, list[Result]] = {what: [] for what in whats}
    for _ in range(RUNS):
        for what in whats:
            done = subprocess.run(
                [sys.executable, "-c", code, what, str(folder), path], check=True, stdout=subprocess.PIPE
            )
            # DuckDB may draw a bar of progress before it.
            told[what].append(json.loads(done.stdout[done.stdout.rindex(b"{") : done.stdout.rindex(b"}") + 1]))
    return {what: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for what, runs in told.items()}


def agreed(pack: Pack, folder: Path, now: dt.datetime) -> tuple[int, int, list[str]]:
    """Triggers that fired, pairs of trigger and customer, and where the two ways differ."""
    mine = {(firing.trigger, firing.customer) for firing in ours(pack, folder, now)}
    other = set(theirs(pack, folder, now))
    differ = Counter(own for own, _ in mine ^ other)
    return len({own for own, _ in mine}), len(mine), [f"{own} ({count})" for own, count in sorted(differ.items())]


def compare(pack: Pack, home: Path, customers: int, events: int) -> None:
    """Ours and the script by size, and that they agree."""
    print("| events | ours CPU s | wall s | events/CPU s | peak MB | SQL CPU s | wall s | peak MB | ratio | policies |")
    print("| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |")
    for size in sorted({one for one in (100_000, 500_000, 1_000_000) if one < events} | {events}):
        folder = home / str(size)
        make(folder, pack, NOW, max(1000, customers * size // events), size)
        told = medians(("ours", "theirs", "policies"), folder)
        we, they, then = told["ours"], told["theirs"], told["policies"]
        print(
            f"| {size:,} | {we['cpu']:.2f} | {we['wall']:.2f} | {size / we['cpu']:,.0f} | {we['peak']:.0f} |"
            f" {they['cpu']:.2f} | {they['wall']:.2f} | {they['peak']:.0f} | {we['cpu'] / they['cpu']:.2f} ×"
            f" | {then['cpu']:.2f} s, {then['found']:,.0f} actions |",
            flush=True,
        )
    print(f"\nTriggers of the script: {len(names())} of {len(pack.triggers)}.")
    for now in (NOW, *OTHER_DAYS):
        folder = home / str(events) if now == NOW else home / f"{now:%Y%m%d}"
        if now != NOW:
            make(folder, pack, now, 5000, 200_000)
        count, pairs, differ = agreed(pack, folder, now)
        print(f"{now:%Y-%m-%d}: {count} triggers fired, {pairs:,} pairs; differing: {', '.join(differ) or 'none'}.")


def rule_engine_beside(pack: Pack, home: Path, path: str) -> None:
    """The rule engine on a slice, and ours on the same events with the same triggers."""
    small, large = home / "slice", home / "large"
    make(small, pack, NOW, 2000, SLICE)
    make(large, pack, NOW, 20_000, 1_000_000)
    they = medians(("by_rows",), small, path)["by_rows"]
    told = {SLICE: medians(("alone",), small)["alone"], 1_000_000: medians(("alone",), large)["alone"]}
    print(f"\nRule engine, {len(RULES)} rules: {they['cpu'] / SLICE * 1e6:.1f} µs an event, {they['found']:.0f} found.")
    for size, we in told.items():
        ratio = they["cpu"] / SLICE / (we["cpu"] / size)
        print(f"Ours, the same rules, {size:,} events: {we['cpu'] / size * 1e6:.2f} µs an event, {ratio:.0f} ×.")


def berka_scanned(pack: Pack, home: Path, source: Path) -> None:
    """The real transactions: events a CPU second, actions by trigger."""
    count = berka(source, home / "berka", NOW)
    told = medians(("ours", "policies"), home / "berka")
    cpu = told["ours"]["cpu"]
    actions = policies(pack, home / "berka", NOW)()
    by: Mapping[str, int] = Counter(action.trigger for action in actions)
    print(f"\nBerka: {count:,} events in {cpu:.2f} CPU s, {count / cpu:,.0f} a CPU second; {len(actions)} actions:")
    print(", ".join(f"{own} {number}" for own, number in sorted(by.items())) + ".")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--berka", type=Path)
    parser.add_argument("--rule-engine", default="")
    given = parser.parse_args()
    pack = Desk(read_settings()).pack
    with tempfile.TemporaryDirectory() as folder:
        compare(pack, Path(folder), given.customers, given.events)
        if given.rule_engine:
            rule_engine_beside(pack, Path(folder), given.rule_engine)
        if given.berka:
            berka_scanned(pack, Path(folder), given.berka)


if __name__ == "__main__":
    main()
