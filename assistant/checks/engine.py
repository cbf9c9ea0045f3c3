"""The check engine: one text in, findings, claims and what could not be checked out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from pydantic import ValidationError

from assistant.checks.binding import asides
from assistant.checks.binding.bind import claims_of
from assistant.checks.binding.names import NameIndex
from assistant.checks.binding.words import words_of
from assistant.checks.case import LintCase
from assistant.checks.context import Context, Hit, Known
from assistant.checks.explaining import Explained, explained
from assistant.checks.kinds import annual, days, figures, form, gifts, lexical, person, required, sale
from assistant.checks.kinds.base import Check
from assistant.checks.measure import sms_segments
from assistant.checks.waking import Sleepers
from assistant.domain.finding import Checked, Finding, Missing, verdict_of
from assistant.domain.pack import Pack
from assistant.domain.rule import Rule, Severity, Step
from assistant.errors import PackError, Problem, UnknownId
from assistant.text.fold import HAN, Folded, fold, simplify
from assistant.text.patterns import Ways, explosive

KINDS = (annual, days, figures, form, gifts, lexical, person, required, sale)
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True, eq=False)
class _Compiled:
    """A check of a rule, compiled. `asks`: whether it may miss an input."""

    rule: Rule
    severity: Severity
    check: Check
    asks: bool


class CheckEngine:
    """All rules of a pack, compiled once. Raises PackError where a rule's `match` cannot be used."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._rules, problems = _compiled(pack)
        if problems:
            raise PackError(problems)
        self._names = NameIndex(pack)
        self._words = words_of(pack)
        self._waiting = {one.check: parts for one in self._rules if (parts := one.check.triggers())}
        self._tables: tuple[tuple[str, Collection[str]], ...] = (
            ("product", pack.products),
            ("campaign", pack.campaigns),
            ("channel", pack.channels),
            ("market", pack.institution.markets),
            ("locale", pack.locales),
        )
        self._sleepers = lru_cache(maxsize=16)(self._of_law)
        self._plan = lru_cache(maxsize=512)(self._in_scope)

    def run(self, case: LintCase, known: Sequence[Known] = (), propose: bool = False) -> Checked:
        """Check one text. `known`: spans that slots filled. Raises UnknownId for ids that the pack lacks.

        `propose`: findings bring mends, which nobody has tried yet; `mending.linted` keeps those that hold.
        """
        context = self._bound(case, known)
        return _told(context, *_ran(self._looking(context), context, propose))

    def for_readers(self, case: LintCase, known: Sequence[Known] = ()) -> Callable[[LintCase], Checked]:
        """Check one text for one reader after another: what hangs on its words alone is found once.

        The later cases differ from `case` in their id and in what they say of the reader, and in nothing else.
        """
        context = self._bound(case, known)
        looking = self._looking(context)
        readers = [one for one in looking if one.check.reader]
        findings, missing = _ran([one for one in looking if not one.check.reader], context)

        def check(other: LintCase) -> Checked:
            own = copy(context)
            own.case = other
            more, needs = _ran(readers, own)
            return _told(own, [*findings, *more], {**missing, **_merged(missing, needs)})

        return check

    def seeker(self, rules: Collection[str]) -> Callable[[LintCase], list[Finding]]:
        """A search for what some rules find in a text, without the rest; most texts cost it one pass of their words.

        Claims are bound only where one of the rules asks for claims.
        """
        chosen = [one for one in self._rules if one.rule.id in rules]
        waiting = self._parts(chosen)
        sleepers = Sleepers(waiting)
        always = any(one not in waiting for one in chosen)
        claims = any(one.check.claims for one in chosen)

        def seek(case: LintCase) -> list[Finding]:
            folded = fold(case.text)
            woken = sleepers.woken(folded.text)
            if not woken and not always:
                return []
            context = self._context(case, (), folded)
            if claims:
                context.claims = claims_of(context, self._words[context.locale])
            context.woken = {one.check: parts for one, parts in woken.items()}
            awake = (one for one in chosen if one in woken or one not in waiting)
            looking = (one for one in awake if _concerns(one.rule, context))
            return [_finding(one, context, hit) for one in looking for hit in one.check.hits(context)]

        return seek

    def explain(self, case: LintCase) -> list[Explained]:
        """Every check of every rule, and what it did with the text."""
        context = self._bound(case, ())
        woken = self._sleepers(context.jurisdiction).woken(context.folded.text)
        context.woken = {one.check: parts for one, parts in woken.items()}
        return [explained(one.rule, one.check, context, one.check in self._waiting) for one in self._rules]

    def _bound(self, case: LintCase, known: Sequence[Known]) -> Context:
        """The context with its claims bound."""
        context = self._context(case, known)
        context.claims = claims_of(context, self._words[context.locale])
        return context

    def _parts(self, chosen: Sequence[_Compiled]) -> dict[_Compiled, tuple[Ways, ...]]:
        """What those checks wait for that wait for words."""
        return {one: self._waiting[one.check] for one in chosen if one.check in self._waiting}

    def _of_law(self, law: str) -> Sleepers[_Compiled]:
        """What waits for words under one law, and under any."""
        holding = [one for one in self._rules if not one.rule.jurisdictions or law in one.rule.jurisdictions]
        return Sleepers(self._parts(holding))

    def _looking(self, context: Context) -> list[_Compiled]:
        """The checks that concern this text: their rules hold for it, and what they wait for stands in it."""
        case, types = context.case, frozenset(context.product_types)
        plan = self._plan(context.jurisdiction, case.channel, case.purpose, context.locale, context.day, types)
        always, waiting = plan
        woken = self._sleepers(context.jurisdiction).woken(context.folded.text)
        context.woken = {one.check: parts for one, parts in woken.items()}
        return [*always, *(one for one in woken if one in waiting)]

    def _in_scope(
        self, law: str, channel: str | None, purpose: str, locale: str, day: dt.date, types: frozenset[str]
    ) -> tuple[tuple[_Compiled, ...], frozenset[_Compiled]]:
        """The checks that look at every text of such a case, and those that wait for words."""
        chosen = [
            one
            for one in self._rules
            if applies(one.rule, law, channel, purpose, locale, day)
            and (not one.rule.applies_to.product_types or types & set(one.rule.applies_to.product_types))
        ]
        waiting = frozenset(self._parts(chosen))
        return tuple(one for one in chosen if one not in waiting), waiting

    def _context(self, case: LintCase, known: Sequence[Known], folded: Folded | None = None) -> Context:
        pack = self.pack
        for word, table in self._tables:
            given = getattr(case, word)
            if given is not None and given not in table:
                raise UnknownId(word, given, table)
        locale = case.locale or detect_locale(case.text)
        market = case.market or self._market(case.jurisdiction, locale)
        law = case.jurisdiction or pack.jurisdiction(market or pack.home_market(locale))
        day = case.send_day or dt.date.today()
        return Context(pack, case, locale, market, law, day, folded or fold(case.text), self._names, known)

    def _market(self, law: str | None, locale: str) -> str | None:
        markets = self.pack.institution.markets
        if law is None:
            return self.pack.home_market(locale)
        found = [name for name, market in markets.items() if market.jurisdiction == law]
        if not found:
            raise UnknownId("jurisdiction", law, {market.jurisdiction for market in markets.values()})
        return found[0]


def _ran(
    looking: Iterable[_Compiled], context: Context, propose: bool = False
) -> tuple[list[Finding], dict[str, list[str]]]:
    """What some checks find in a text, and what they need by rule and do not have."""
    found: list[tuple[_Compiled, Hit]] = []
    missing: dict[str, list[str]] = {}
    for one in looking:
        if one.asks and (needs := one.check.needs(context)):
            missing = {**missing, **_merged(missing, {one.rule.id: needs})}
        found += [(one, hit) for hit in one.check.hits(context)]
    return [_finding(one, context, hit, propose) for one, hit in found], missing


def _merged(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    return {rule: [*dict.fromkeys([*one.get(rule, ()), *needs])] for rule, needs in other.items()}


def _told(context: Context, findings: list[Finding], missing: dict[str, list[str]]) -> Checked:
    case = context.case
    return Checked(
        id=case.id,
        verdict=verdict_of(findings),
        findings=sorted(findings, key=lambda f: (f.start, f.end, f.rule, f.severity, f.message)),
        claims=context.claims,
        not_checked=[Missing(rule=rule, needs=needs) for rule, needs in sorted(missing.items())],
        sms_segments=sms_segments(case.text, context.locale) if case.channel == "sms" else None,
    )


def _concerns(rule: Rule, context: Context) -> bool:
    """Whether a rule holds for a text, which is read for its products only where the rule is about some."""
    case, types = context.case, rule.applies_to.product_types
    holds = applies(rule, context.jurisdiction, case.channel, case.purpose, context.locale, context.day)
    return holds and (not types or bool(context.product_types & set(types)))


def applies(rule: Rule, law: str, channel: str | None, purpose: str, locale: str, day: dt.date) -> bool:
    """Whether a rule holds under this law, on this day, for this channel, purpose and locale, whatever is offered."""
    scope = rule.applies_to
    return (
        (not rule.jurisdictions or law in rule.jurisdictions)
        and rule.in_force(day)
        and (not scope.channels or channel in scope.channels)
        and (not scope.purpose or purpose in scope.purpose)
        and (not scope.locales or locale in scope.locales)
    )


def _finding(one: _Compiled, context: Context, hit: Hit, propose: bool = False) -> Finding:
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
        mend=hit.mend if propose else None,
    )


def rule_problems(pack: Pack) -> list[Problem]:
    """Rules whose kind or `match` no check understands, and patterns of the lexicon that cannot be used."""
    return _compiled(pack)[1]


def _compiled(pack: Pack) -> tuple[list[_Compiled], list[Problem]]:
    """Every check that can be made of a pack's rules, and what is wrong with the rules and with the lexicon."""
    made: list[_Compiled] = []
    problems = list(asides.problems(pack))
    for rule in pack.rules.values():
        file = pack.sources.get(rule.id, "rules")
        for step in rule.steps():
            try:
                made.append(_made(pack, rule, step))
                for pattern in filter(explosive, made[-1].check.patterns()):
                    what = f"{rule.id}: the pattern “{pattern[:60]}” may take exponential time on some text"
                    problems.append(Problem(file, 1, what, "put no repeat inside a repeat"))
            except UnknownId:
                mend = f"use one of {', '.join(sorted(Check.registry))}"
                problems.append(Problem(file, 1, f"{rule.id}: there is no kind of check “{step.kind}”", mend))
            except ValidationError as error:
                problems.append(_key_problem(file, rule, step, error))
            except re.error as error:
                what = f"{rule.id}: a pattern is no regular expression ({error})"
                problems.append(Problem(file, 1, what, "mend the pattern"))
    return made, problems


def _made(pack: Pack, rule: Rule, step: Step) -> _Compiled:
    kind = Check.registry.get(step.kind)
    if kind is None:
        raise UnknownId("kind of check", step.kind, Check.registry)
    return _Compiled(rule, step.severity or rule.severity, kind(pack, step.match), kind.needs is not Check.needs)


def _key_problem(file: str, rule: Rule, step: Step, error: ValidationError) -> Problem:
    detail = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in detail["loc"])
    known = ", ".join(Check.registry[step.kind].Match.model_fields)
    return Problem(file, 1, f"{rule.id}: match.{key}: {detail['msg'].lower()}", f"keys of {step.kind}: {known}")


def detect_locale(text: str) -> str:
    """The locale that a text is written in: by its script."""
    if not _HAN.search(text):
        return "en"
    return "zh-Hans" if simplify(text) == text else "zh-Hant"
