"""What identifies a person does not leave the desk: it is masked, and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.checks.case import LintCase
from assistant.checks.identifiers import identifiers
from assistant.domain.brief import Cell
from assistant.text.fold import fold

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

MASK = "***"
_KIND = "identifiers"


@dataclass
class Screen:
    """Masks what the pack's rules about personal data find, and numbers and addresses whatever the law. `masked`: how
    many spans so far, each text counted once."""

    desk: Desk
    _spans: dict[str, int] = field(default_factory=dict)

    @property
    def masked(self) -> int:
        """How many spans were masked."""
        return sum(self._spans.values())

    def __call__(self, text: str, cell: Cell) -> str:
        """The text without what identifies a person."""
        folded = fold(text)
        own_hosts = self.desk.pack.institution.link_hosts
        spans = [folded.span(start, end) for start, end, _ in identifiers(folded.text, own_hosts)]
        if self._rules and text.strip():
            case = LintCase(text=text, locale=cell.locale, jurisdiction=self.desk.pack.jurisdiction(cell.market))
            found = self.desk.engine.run(case).findings
            spans += [(one.start, one.end) for one in found if one.rule in self._rules and one.end > one.start]
        kept, at, count = "", 0, 0
        for start, end in sorted(spans):
            if end > at:
                kept += text[at : max(start, at)] + (MASK if start >= at else "")
                count, at = count + (start >= at), end
        self._spans[text] = count
        return kept + text[at:]

    @property
    def _rules(self) -> frozenset[str]:
        rules = self.desk.pack.rules.items()
        return frozenset(own for own, rule in rules if any(step.kind == _KIND for step in rule.steps()))
