"""A kept text as it is found today: checked anew, hashed, with where each part of it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Cell
from assistant.domain.finding import Checked
from assistant.domain.item import content_of
from assistant.domain.pack import Pack
from assistant.review.assets import asset_of
from assistant.review.book import Looked
from assistant.writing.gate import rendered

MIDDAY = dt.time(12)
Rows = Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]]
"""The current texts of items by id, each with its cell, offer and brief. Raises UnknownId."""


@dataclass(frozen=True)
class Looking:
    """Looks at items' texts with the pack of today."""

    pack: Pack
    engine: CheckEngine
    rows: Rows

    def __call__(self, ids: Sequence[str]) -> dict[str, Looked]:
        """Every item by id. Raises UnknownId."""
        return {own: self._looked(row) for own, row in self.rows(ids).items()}

    def checked(self, row: Mapping[str, Any]) -> Checked | None:
        """What the checks say of a text today; None where what it speaks of is in the pack no more."""
        asset = asset_of(self.pack, row)
        if asset is None:
            return None
        rendering = rendered(self.pack, asset.case.locale, asset.template)  # type: ignore[arg-type]
        facts = self.pack.facts
        # Words that are no longer what the template gives today prove nothing by their slots.
        filled = rendering.filled if rendering.text == row["text"] else ()
        known = [(one.start, one.end, facts[one.slot]) for one in filled if one.slot in facts]
        return self.engine.run(asset.case.model_copy(update=_at_export(asset.case)), known)

    def _looked(self, row: Mapping[str, Any]) -> Looked:
        checked = self.checked(row)
        cell = Cell.model_validate(row["made_for"])
        facts = sorted({claim.fact for claim in checked.claims if claim.fact}) if checked else []
        rules = sorted({finding.rule for finding in checked.findings}) if checked else []
        origin = {"draft": row["id"], "writer": row["writer"], "call": row["call"], "facts": facts, "rules": rules}
        content = content_of(row["template"], row["text"], cell, self.pack.version)
        return Looked(checked, row["template"], content, self.pack.version, origin)


def _at_export(case: LintCase) -> dict[str, Any]:
    """What is asked of each row when it is exported: here a customer for whom all of it is so, by day."""
    day = case.send_at.date() if isinstance(case.send_at, dt.datetime) else case.send_at
    return {**fitting(day), "send_at": dt.datetime.combine(day, MIDDAY) if day else None}


def fitting(day: dt.date | None) -> dict[str, Any]:
    """The customer to whom most may be said: who agreed, was assessed that day for any risk, and was written to before.

    A text that is refused for them is refused for everybody. What others are not is found when it is exported.
    """
    return {
        "consent": True,
        "risk": "C5",
        "risk_assessed_at": day,
        "professional": True,
        "first_contact": False,
    }
