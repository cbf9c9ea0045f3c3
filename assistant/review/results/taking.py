"""Results: taken in, told in the audit, shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from assistant.domain.pack import Pack
from assistant.domain.person import Person, Role
from assistant.domain.result import CRITERIA, DIMENSIONS, Criterion, Result
from assistant.domain.rollout import Rollout
from assistant.errors import Forbidden, InputError, UnknownId
from assistant.packs.sheets.headings import load_headings
from assistant.review.results.reading import read_results
from assistant.review.results.showing import compared, counted, funnel, group, groups

TAKERS: tuple[Role, ...] = ("marketer", "lead", "evaluator", "admin")
MOST = 100_000
_TOLD = 20
Days = tuple[dt.date, dt.date]
"""The first and the last day that count."""


class Store(Protocol):
    """What keeps results."""

    def unknown(self, ids: Sequence[str]) -> tuple[list[str], list[str]]: ...
    def keep(self, source: str, rows: Sequence[Result], who: str, at: dt.datetime) -> dict[str, int]: ...
    def counted(self, by: Sequence[str], days: Days | None = None, **where: str) -> list[dict[str, Any]]: ...
    def criterion(self, package: str | None, campaign: str | None) -> str | None: ...


@dataclass(frozen=True)
class Results:
    """Takes deliveries and shows what they come to. `smallest`: fewer people than that are not shown."""

    pack: Pack
    store: Store
    rollout: Callable[[str], Rollout | None]
    smallest: int = 10

    def read(self, path: Path, source: str, by: Person, now: dt.datetime) -> dict[str, int]:
        """Take a spreadsheet. Raises FileError, or InputError with every cell that is wrong; then nothing is kept."""
        _allowed(by)
        headings = load_headings(Path(self.pack.root) / "headings.yaml")
        rows, problems = read_results(path, self.pack, headings)
        if problems:
            told = "\n".join(str(one) for one in problems[:_TOLD])
            more = f"\n… and {len(problems) - _TOLD} more" if len(problems) > _TOLD else ""
            raise InputError(f"{told}{more}\nNothing was kept.", f"Mend the {len(problems)} cell(s) above.")
        return self.take(rows, source, by, now)

    def take(self, rows: Sequence[Result], source: str, by: Person, now: dt.datetime) -> dict[str, int]:
        """Take rows: how many were new, changed or known. Raises UnknownId for a text that nobody has, InputError."""
        _allowed(by)
        if not source.strip() or len(source) > 80:
            raise InputError("A delivery needs the name of its source.", "Name it in at most 80 characters.")
        if not rows:
            raise InputError("The delivery holds no row.", "Give it one at least.")
        if len(rows) > MOST:
            raise InputError(f"The delivery holds {len(rows):,} rows.", f"Give {MOST:,} at most at a time.")
        strange, some = self.store.unknown([row.item for row in rows])
        if strange:
            raise UnknownId("text", strange[0], some)
        return self.store.keep(source.strip(), rows, by.login, now)

    def show(
        self, by: Sequence[str] = (), criterion: str | None = None, days: Days | None = None, **where: str
    ) -> dict[str, Any]:
        """The funnel, and for each dimension in `by` its groups; `where` narrows by any dimension. Raises UnknownId."""
        for name in (*by, *where):
            if name not in DIMENSIONS and name != "experiment":
                raise UnknownId("dimension", name, DIMENSIONS)
        (total,) = self.store.counted((), days, **where)
        chosen = self._criterion(total, criterion, where)
        all_of = int(total[f"{chosen}_of"] or 0)
        whole = group("all", all_of, int(total[f"{chosen}_counted"] or 0), 0 < all_of < self.smallest)
        return {
            "criterion": chosen,
            "counted": counted(total),
            "smallest": self.smallest,
            "total": asdict(whole),
            "funnel": funnel(total, self.smallest),
            "by": {
                name: [
                    asdict(one)
                    for one in groups(self.store.counted((name,), days, **where), name, chosen, self.smallest)
                ]
                for name in by
            },
        }

    def compare(self, experiment: str, criterion: str | None = None) -> dict[str, Any]:
        """An experiment's arms beside each other. Raises UnknownId for one that was never exported."""
        rollout = self.rollout(experiment)
        if rollout is None:
            raise UnknownId("experiment", experiment, [])
        where = {"experiment": experiment}
        (total,) = self.store.counted((), None, **where)
        chosen = self._criterion(total, criterion, where)
        rows = self.store.counted(("arm",), None, **where)
        return {"criterion": chosen, **compared(rows, rollout, chosen, self.smallest)}

    def how(self, items: Sequence[str]) -> dict[str, dict[str, Any]]:
        """How each of some texts did, by id; those without results are left out."""
        found: dict[str, dict[str, Any]] = {}
        for own in items:
            rows = self.store.counted(("item",), item=own)
            if rows:
                chosen = self._criterion(rows[0], None, {"campaign": ""})
                found[own] = {"criterion": chosen, **asdict(groups(rows, "item", chosen, self.smallest)[0])}
        return found

    def _criterion(self, total: Mapping[str, Any], asked: str | None, where: Mapping[str, str]) -> Criterion:
        """What was asked for, else what was chosen with the package, else the last step that somebody counted."""
        chosen = asked or self.store.criterion(where.get("package"), where.get("campaign"))
        for name in CRITERIA:
            if name == chosen:
                return name
        if asked:
            raise UnknownId("criterion", asked, CRITERIA)
        return "conversions" if total["conversions"] is not None else "clicks"


def _allowed(by: Person) -> None:
    if not by.is_a(*TAKERS):
        raise Forbidden(f"To bring results takes the role of {' or '.join(TAKERS)}.", "Ask somebody who has it.")
