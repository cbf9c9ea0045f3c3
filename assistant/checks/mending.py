"""Mends that hold: a proposed change is made, the text is checked again, and only what helps is kept."""

from __future__ import annotations

from collections import Counter

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.finding import Checked, Finding, Mend


def mended(text: str, mend: Mend) -> str:
    """The text with the mend made."""
    return text[: mend.start] + mend.text + text[mend.end :]


def linted(engine: CheckEngine, case: LintCase) -> Checked:
    """The result with those mends that take their own finding away and bring no other."""
    checked = engine.run(case, propose=True)
    findings = [_sure(engine, case, checked, finding) for finding in checked.findings]
    return checked.model_copy(update={"findings": findings})


def _sure(engine: CheckEngine, case: LintCase, checked: Checked, finding: Finding) -> Finding:
    if finding.mend is None:
        return finding
    after = engine.run(case.model_copy(update={"text": mended(case.text, finding.mend)}))
    was, now = _counted(checked), _counted(after)
    helps = now[finding.rule] < was[finding.rule] and all(now[rule] <= was[rule] for rule in now)
    return finding if helps else finding.model_copy(update={"mend": None})


def _counted(checked: Checked) -> Counter[str]:
    return Counter(finding.rule for finding in checked.findings)
