"""The check engine: one text in, findings, claims and what could not be checked out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from assistant.checks.binding.bind import claims_of
from assistant.checks.binding.labels import Labels
from assistant.checks.binding.names import NameIndex
from assistant.checks.case import LintCase
from assistant.checks.context import Context, Hit, Known
from assistant.checks.kinds import figures, form, lexical, person, required
from assistant.checks.kinds.base import Check
from assistant.checks.measure import sms_segments
from assistant.domain.finding import Checked, Finding, Missing, verdict_of
from assistant.domain.pack import Pack
from assistant.domain.rule import Rule, Severity
from assistant.errors import PackError, Problem, UnknownId
from assistant.text.fold import HAN, fold, simplify

KINDS = (figures, form, lexical, person, required)
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class _Compiled:
    rule: Rule
    severity: Severity
    check: Check


class CheckEngine:
    """All rules of a pack, compiled once. Raises PackError where a rule's `match` cannot be used."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        problems = list(rule_problems(pack))
        if problems:
            raise PackError(problems)
        self._names = NameIndex(pack)
        self._labels = {locale: Labels(lexicon) for locale, lexicon in pack.lexicon.items()}
        self._rules = [
            _Compiled(rule, step.severity or rule.severity, Check.registry[step.kind](pack, step.match))
            for rule in pack.rules.values()
            for step in rule.steps()
        ]

    def run(self, case: LintCase, known: Sequence[Known] = ()) -> Checked:
        """Check one text. `known`: spans that slots filled. Raises UnknownId for ids that the pack lacks."""
        context = self._context(case, known)
        context.claims = claims_of(context, self._labels[context.locale])
        findings: list[Finding] = []
        missing: dict[str, list[str]] = {}
        for one in self._rules:
            if not applies(one.rule, context):
                continue
            if needs := one.check.needs(context):
                missing.setdefault(one.rule.id, []).extend(n for n in needs if n not in missing.get(one.rule.id, []))
            findings += [_finding(one, context, hit) for hit in one.check.hits(context)]
        findings.sort(key=lambda f: (f.start, f.end, f.rule))
        return Checked(
            id=case.id,
            verdict=verdict_of(findings),
            findings=findings,
            claims=context.claims,
            not_checked=[Missing(rule=rule, needs=needs) for rule, needs in missing.items()],
            sms_segments=sms_segments(case.text, context.locale) if case.channel == "sms" else None,
        )

    def _context(self, case: LintCase, known: Sequence[Known]) -> Context:
        pack = self.pack
        tables = (
            ("product", case.product, pack.products),
            ("campaign", case.campaign, pack.campaigns),
            ("channel", case.channel, pack.channels),
            ("market", case.market, pack.institution.markets),
            ("locale", case.locale, dict.fromkeys(pack.locales)),
        )
        for word, given, table in tables:
            if given is not None and given not in table:
                raise UnknownId(word, given, table)
        locale = case.locale or detect_locale(case.text)
        market = case.market or self._market(case.jurisdiction, locale)
        law = case.jurisdiction or pack.jurisdiction(market or pack.home_market(locale))
        day = case.send_day or dt.date.today()
        return Context(pack, case, locale, market, law, day, fold(case.text), self._names, known)

    def _market(self, law: str | None, locale: str) -> str | None:
        markets = self.pack.institution.markets
        if law is None:
            return self.pack.home_market(locale)
        found = [name for name, market in markets.items() if market.jurisdiction == law]
        if not found:
            raise UnknownId("jurisdiction", law, {market.jurisdiction for market in markets.values()})
        return found[0]


def applies(rule: Rule, context: Context) -> bool:
    """Whether a rule holds for this text's law, day, channel, purpose and products."""
    scope = rule.applies_to
    return (
        (not rule.jurisdictions or context.jurisdiction in rule.jurisdictions)
        and rule.in_force(context.day)
        and (not scope.channels or context.case.channel in scope.channels)
        and (not scope.purpose or context.case.purpose in scope.purpose)
        and (not scope.locales or context.locale in scope.locales)
        and (not scope.product_types or bool(context.product_types & set(scope.product_types)))
    )


def _finding(one: _Compiled, context: Context, hit: Hit) -> Finding:
    words = one.rule.message[context.locale]
    detail = f" ({hit.detail})" if context.locale == "en" else f"（{hit.detail}）"
    return Finding(
        rule=one.rule.id,
        severity=one.severity,
        start=hit.start,
        end=hit.end,
        text=context.case.text[hit.start : hit.end],
        message=words + detail if hit.detail else words,
        reference=one.rule.reference,
    )


def rule_problems(pack: Pack) -> Iterator[Problem]:
    """Rules whose kind or `match` no check understands."""
    for rule in pack.rules.values():
        file = pack.sources.get(rule.id, "rules")
        for step in rule.steps():
            check = Check.registry.get(step.kind)
            if check is None:
                mend = f"use one of {', '.join(sorted(Check.registry))}"
                yield Problem(file, 1, f"{rule.id}: there is no kind of check “{step.kind}”", mend)
                continue
            try:
                check(pack, step.match)
            except ValidationError as error:
                detail = error.errors(include_url=False)[0]
                key = ".".join(str(part) for part in detail["loc"])
                known = ", ".join(check.Match.model_fields)
                yield Problem(
                    file, 1, f"{rule.id}: match.{key}: {detail['msg'].lower()}", f"keys of {step.kind}: {known}"
                )
            except re.error as error:
                yield Problem(file, 1, f"{rule.id}: a pattern is no regular expression ({error})", "mend the pattern")


def detect_locale(text: str) -> str:
    """The locale that a text is written in: by its script."""
    if not _HAN.search(text):
        return "en"
    return "zh-Hans" if simplify(text) == text else "zh-Hant"
