"""What an export costs: `python -m benchmarks.desk_export [ROWS …]`, a row a customer, each checked again.

Each form and size is a process of its own. Prints seconds (wall and CPU) and the peak of its memory, and what the peak
grew by from the smallest to the largest number of rows.
"""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.bootstrap.desk import Desk
from assistant.domain.export import Order
from assistant.settings import Settings
from benchmarks.desk_data import CAMPAIGN, DAY, MAKER, released, written

FORMS = ("csv", "jsonl", "xlsx")
NAMES = "李敏 王芳 张伟 刘洋 陈静 杨磊 赵强 黄丽 周杰 吴娟".split()
NOON = dt.datetime.combine(DAY, dt.time(4, 0), dt.UTC)
"""When every channel may be used, where the bank is."""


def customers(path: Path, rows: int) -> None:
    """A list of ordinary customers of two audiences, in two channels."""
    fixed = {
        "sex": "F", "city": "A", "risk_rating": "C3", "risk_assessed_at": "2026-05-06", "risk_assessed_by": "counter",
        "lifecycle": "active", "demand_balance": "5294.34", "total_assets": "18427.25", "tags": "local",
        "marketing_consent": "true", "rm_id": "rm-1", "registered_at": "2019-01-04T16:30:00",
        "opened_at": "2019-01-05T10:30:00", "payday": "20", "id_expires_on": "2035-12-02", "satisfaction": "7",
        "risk_light": "green", "trusted_contact": "", "locale": "zh-Hans", "market": "cn",
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        first = ("customer_id", "name", "birth_date", "segment", "preferred_channel")
        writer = csv.DictWriter(file, [*first, *fixed])
        writer.writeheader()
        for number in range(rows):
            name = f"{NAMES[number % 10]}{chr(0x4E00 + number % 5000)}"
            born = "1986-03-01" if number % 2 else "1966-03-01"
            segment, channel = ("salary", "affluent")[number % 3 == 0], ("sms", "email")[number % 4 == 0]
            told = dict(zip(first, (f"C{number:07d}", name, born, segment, channel), strict=True))
            writer.writerow({**told, **fixed})


def one(home: Path, form: str, rows: int) -> None:
    """Export once and print what it cost."""
    people = home / "people.csv"
    customers(people, rows)
    desk = Desk(Settings(home=home))
    exports = desk.outgoing.exports
    order = Order.model_validate(
        {"campaign": CAMPAIGN, "send_at": NOON, "form": form, "per_customer": True, "customers": str(people)}
    )
    begun, cpu = time.perf_counter(), time.process_time()
    done = exports.make(order, MAKER, NOON, home / f"out.{form}")
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(f"{seconds:.2f} {cpu:.2f} {peak():.1f} {done.counts.rows} {done.counts.refused}")


def peak() -> float:
    """The most memory that this process has had, in MB; what `getrusage` tells begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measured(sizes: Sequence[int]) -> None:
    """Every form at every size, as a table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        desk = Desk(Settings(home=home))
        written(desk)
        texts = len(list(released(desk)))
        desk.database.close()
        print(f"Export of {texts} released texts, a row a customer:\n")
        print("| form | rows | written | refused | s | CPU s | peak MB | grown by MB |")
        print("| :-- | --: | --: | --: | --: | --: | --: | --: |")
        for form in FORMS:
            first = None
            for rows in sizes:
                command = [sys.executable, "-m", "benchmarks.desk_export", "--one", folder, form, str(rows)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                seconds, cpu, peak, kept, refused = done.stdout.split()
                first = first or float(peak)
                grown = float(peak) - first
                print(f"| {form} | {rows:,} | {int(kept):,} | {refused} | {seconds} | {cpu} | {peak} | {grown:.1f} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        measured([int(given) for given in sys.argv[1:]] or (1_000, 10_000))
