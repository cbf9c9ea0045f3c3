"""Write the made-up town as the tables of a pack's sample.

python -m eval.people.write [FOLDER] [--seed 7]
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.entry import ended
from eval.people.stories import tell
from eval.people.town import MANAGERS, Town, build

HOLDING = ("customer_id", "product_id", "amount", "opened_on", "matures_on")
EVENT = ("event_id", "customer_id", "at", "kind", "amount", "attributes")


def town(seed: int = 7) -> tuple[Town, dict[str, str]]:
    """The town with its stories, and who lives which."""
    made = build(seed)
    told = tell(made)
    made.sorted()
    return made, told


def write(folder: Path, seed: int = 7) -> None:
    """Write customers, holdings, events and managers as CSV."""
    made, _ = town(seed)
    folder.mkdir(parents=True, exist_ok=True)
    customers = list(made.customers.values())
    _table(folder / "customers.csv", list(customers[0]), customers)
    _table(folder / "holdings.csv", HOLDING, made.holdings)
    _table(folder / "events.csv", EVENT, made.events)
    _table(
        folder / "managers.csv",
        ("rm_id", "name", "name_latin"),
        [{"rm_id": own, "name": name, "name_latin": latin} for own, (name, latin) in MANAGERS.items()],
    )


def _table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)


def main() -> int:
    """Write the tables into a folder."""
    parser = argparse.ArgumentParser(description="A made-up town as customers, holdings and events.")
    parser.add_argument("folder", nargs="?", default="knowledge/bank/sample", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    write(given.folder, given.seed)
    return 0


if __name__ == "__main__":
    ended(main)
