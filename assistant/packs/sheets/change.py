"""What an import would do: changes by entry, and the plan that holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.domain.values import Locale
from assistant.errors import Problem
from assistant.packs.sheets.headings import Headings, Section

_SIGNS = {"new": "+", "changed": "~", "same": "="}


@dataclass(frozen=True)
class Change:
    """One entry of the sheet beside the pack's. `fields`: dotted path → (YAML value now or None, new one)."""

    kind: Literal["new", "changed", "same"]
    section: Section
    id: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """All changes and problems of a file. `base` is the SHA-256 of each file of the pack that it was made against."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...] = ()
    base: Mapping[str, str] = field(default_factory=dict)
    headings: Headings | None = field(default=None, repr=False)

    @property
    def count(self) -> dict[str, int]:
        """How many entries are new, changed and the same."""
        return {kind: sum(one.kind == kind for one in self.changes) for kind in _SIGNS}

    def lines(self, locale: Locale = "en") -> Iterator[str]:
        """What a dry run shows: a row an entry, and one for each key that changes."""
        for change in self.changes:
            if change.kind == "same":
                continue
            yield f"{_SIGNS[change.kind]} {change.section} {change.id} ({change.source})"
            for key, (old, new) in change.fields.items():
                label = self._label(change.section, key, locale)
                yield f"    {label}: {shown(old)} → {shown(new)}" if old is not None else f"    {label}: {shown(new)}"
        yield ", ".join(f"{number} {kind}" for kind, number in self.count.items())
        yield from (f"skipped: {one}" for one in self.skipped)
        yield from (str(problem) for problem in self.problems)

    def _label(self, section: Section, key: str, locale: Locale) -> str:
        if self.headings is None:
            return key
        base, _, last = key.rpartition(".")
        if last in ("zh-Hans", "zh-Hant", "en"):
            return f"{self.headings.label(section, base, locale)} ({last})"
        return self.headings.label(section, key, locale)


def shown(value: Any) -> str:
    """A YAML value for people: a fact without its kind, a list with commas."""
    if isinstance(value, dict) and len(value) == 1:
        return shown(next(iter(value.values())))
    if isinstance(value, dict):
        return " / ".join(f"{key}: {shown(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value) or "—"
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "—"}[value]
    if isinstance(value, int | float):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
