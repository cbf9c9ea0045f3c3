"""Recall: which texts a change of the knowledge touches, why, and what mends each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.finding import Claim, Finding
from assistant.domain.knowledge import Knowledge, short_key
from assistant.domain.slots import ANY_BRACE

Kind = Literal["fact", "disclosure", "rule"]


@dataclass(frozen=True, slots=True)
class Asset:
    """A text that was kept: its id, the case that it passed as, its template, its claims, what was found in it."""

    id: str
    case: LintCase
    template: str
    claims: Sequence[Claim]
    findings: Sequence[Finding]
    knowledge: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One change that touches a text. `old` and `new` as they read; `new` is empty where the thing is gone."""

    kind: Kind
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Touched:
    """A text that a change touches. `mend`: putting the new values into its template is enough, or it needs words."""

    asset: Asset
    why: tuple[Reason, ...]
    mend: Literal["render", "write"]


Render = Callable[[Asset], LintCase]
"""An asset's template with the values of today, as a case."""


class Recall:
    """Compares kept texts with the knowledge of today. `before` gives the knowledge of an earlier version, if kept."""

    def __init__(
        self, engine: CheckEngine, now: Knowledge, before: Callable[[str], Knowledge | None], render: Render
    ) -> None:
        self._engine = engine
        self._now = now
        self._before = before
        self._render = render
        self._changed_rules: dict[str, Callable[[LintCase], list[Finding]] | None] = {}

    def touched(self, assets: Iterable[Asset]) -> Iterator[Touched]:
        """Every asset that some change touches, in order."""
        for asset in assets:
            if why := (*self._facts(asset), *self._disclosures(asset), *self._rules(asset)):
                yield Touched(asset, tuple(why), self._mend(asset, why))

    def _facts(self, asset: Asset) -> Iterator[Reason]:
        """Facts that the text states and that have another value now, or none."""
        before = self._before(asset.knowledge)
        for ref in dict.fromkeys(claim.fact for claim in asset.claims if claim.fact):
            key, version = short_key(ref), ref.rpartition("@")[2]
            now = self._now.facts.get(key)
            if now is None or now.version != version:
                was = before.facts.get(key) if before else None
                yield Reason("fact", key, was.reads if was else version, now.reads if now else "")

    def _disclosures(self, asset: Asset) -> Iterator[Reason]:
        """Warnings that the text prints and that are worded otherwise now."""
        before = self._before(asset.knowledge)
        for own, was in (before.disclosures if before else {}).items():
            now = self._now.disclosures.get(own)
            if now is not None and now.version == was.version:
                continue
            assert before is not None
            old = [words for words in before.wordings[own] if _stands(words, asset.case.text)]
            kept = set(self._now.wordings.get(own, ()))
            if any(words not in kept for words in old):
                yield Reason("disclosure", own, old[0], "" if now is None else "; ".join(sorted(kept)[:1]))

    def _rules(self, asset: Asset) -> Iterator[Reason]:
        """Rules that changed and that find in the text now what they did not find before."""
        seek = self._rules_since(asset.knowledge)
        found = seek(asset.case) if seek else []
        known = {(finding.rule, finding.start, finding.end) for finding in asset.findings}
        for finding in found:
            if (finding.rule, finding.start, finding.end) not in known:
                yield Reason("rule", finding.rule, "", finding.text)

    def _rules_since(self, version: str) -> Callable[[LintCase], list[Finding]] | None:
        """A search by the rules that changed since a version; None where none did."""
        if version not in self._changed_rules:
            before = self._before(version)
            was = before.rules if before else {}
            changed = [own for own, now in self._now.rules.items() if own not in was or was[own].version != now.version]
            self._changed_rules[version] = self._engine.seeker(changed) if before and changed else None
        return self._changed_rules[version]

    def _mend(self, asset: Asset, why: Sequence[Reason]) -> Literal["render", "write"]:
        if any(reason.kind != "fact" or not reason.new for reason in why):
            return "write"
        return "write" if self._engine.run(self._render(asset)).verdict == "block" else "render"


def _stands(words: str, text: str) -> bool:
    """Whether a warning stands in a text; a slot in it stands for any value."""
    return all(run.rstrip("。.") in text for run in ANY_BRACE.split(words) if run)
