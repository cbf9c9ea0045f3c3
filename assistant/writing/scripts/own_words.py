"""What a manager says in words of their own: checked as the part of the script is whose place it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checks.case import LintCase
from assistant.checks.context import Known
from assistant.checks.engine import CheckEngine
from assistant.checks.measure import sentences, spoken_seconds
from assistant.domain.action import Action
from assistant.domain.facts import Fact
from assistant.domain.finding import Checked, Claim, Finding, verdict_of
from assistant.domain.pack import Pack
from assistant.domain.script import Script, Section
from assistant.domain.values import Locale
from assistant.playbook.record import Record
from assistant.writing.scripts.prove import sold
from assistant.writing.scripts.slots import Voice
from assistant.writing.scripts.talk import CHANNEL, talk_of

_GAP = "\n"
_Heard = tuple[str, Sequence[Known]]
"""A part's words and the spans in them whose fact is known."""


@dataclass(frozen=True)
class Spoken:
    """One part with the manager's words as the checks find it (offsets in those words), and the seconds that the whole
    call takes with them."""

    checked: Checked
    seconds: float


@dataclass(frozen=True)
class OwnWords:
    """Checks words against the script that they change. Nothing of it is kept."""

    pack: Pack
    engine: CheckEngine

    def check(self, record: Record, action: Action, script: Script, said: Mapping[int, str], place: int) -> Spoken:
        """The part at `place` among the whole script; `said`: the manager's words by the place of the part."""
        return _Reading(self.pack, self.engine, record, action, script, said).of(place)


@dataclass
class _Reading:
    """One script with some of its parts in other words."""

    pack: Pack
    engine: CheckEngine
    record: Record
    action: Action
    script: Script
    said: Mapping[int, str]

    def of(self, place: int) -> Spoken:
        """One part of it."""
        course = [n for n, one in enumerate(self.script.sections) if one.kind != "objection"]
        text = self._heard(place)[0]
        inside, beside = self._in_course(course, place) if place in course else (self._alone(place, None), [])
        own = self._own_product(place)
        if own is not None:
            inside = self._alone(place, own)
        claims, findings = inside
        findings = [*findings, *beside]
        if self.action.kind == "care":
            changed = self.script.sections[place].model_copy(update={"text": text, "claims": tuple(claims)})
            findings += sold([changed])
        result = Checked(
            id=f"{self.action.action_id}:{place}",
            verdict=verdict_of(findings),
            findings=findings,
            claims=claims,
            not_checked=[],
        )
        spoken = _GAP.join(self._heard(n)[0] for n in course)
        return Spoken(result, round(spoken_seconds(spoken, self.pack.channels[CHANNEL], self.script.locale), 1))

    def _in_course(self, course: Sequence[int], place: int) -> tuple[tuple[list[Claim], list[Finding]], list[Finding]]:
        """What lies in the part, and what the whole call breaks with it that the script did not break."""
        before = self.engine.run(*self._joined([self._heard(n, changed=False) for n in course], self._case()))
        after = self.engine.run(*self._joined([self._heard(n) for n in course], self._case()))
        start = sum(len(self._heard(n)[0]) + len(_GAP) for n in course if n < place)
        end = start + len(self._heard(place)[0])
        left = Counter(one.rule for one in before.findings)
        beside: list[Finding] = []
        for one in after.findings:
            if start <= one.start < end:
                continue
            left[one.rule] -= 1
            if left[one.rule] < 0:
                beside.append(one.model_copy(update={"start": 0, "end": 0, "text": ""}))
        return _between(after, start, end), beside

    def _alone(self, place: int, product: str | None) -> tuple[list[Claim], list[Finding]]:
        """The part with the call's warnings below it: an answer, or what one product of several is said of."""
        warnings = [n for n, one in enumerate(self.script.sections) if one.kind == "disclosure" and n != place]
        case = self._case().model_copy(update={"channel": None, **({"product": product} if product else {})})
        checked = self.engine.run(*self._joined([self._heard(place), *map(self._heard, warnings)], case))
        return _between(checked, 0, len(self._heard(place)[0]))

    def _joined(self, parts: Sequence[_Heard], case: LintCase) -> tuple[LintCase, list[Known]]:
        known: list[Known] = []
        at = 0
        for text, inside in parts:
            known += [(at + start, at + end, fact) for start, end, fact in inside]
            at += len(text) + len(_GAP)
        return case.model_copy(update={"text": _GAP.join(text for text, _ in parts)}), known

    def _heard(self, place: int, changed: bool = True) -> _Heard:
        section = self.script.sections[place]
        text = self.said.get(place, section.text) if changed else section.text
        if text == section.text:
            return text, [(one.start, one.end, fact) for one in section.claims if (fact := self._fact(one))]
        return text, self._still(section, text)

    def _still(self, section: Section, text: str) -> list[Known]:
        """What is proved of other words: whole sentences of the script that still stand, and the customer's own
        figures, which no catalogue has, as often as the script said them. All else is bound anew."""
        found: dict[tuple[int, int], Known] = {}
        for start, end in sentences(section.text):
            at = text.find(section.text[start:end])
            for one in section.claims if at >= 0 else ():
                if start <= one.start and one.end <= end and (fact := self._fact(one)):
                    span = (at + one.start - start, at + one.end - start)
                    found[span] = (*span, fact)
        for one in section.claims:
            fact = self._own.get(one.fact or "")
            if fact is None or any(known[2] is fact for known in found.values()):
                continue
            at = text.find(one.text)
            if at >= 0 and not any(at < end and start < at + len(one.text) for start, end in found):
                found[(at, at + len(one.text))] = (at, at + len(one.text), fact)
        return sorted(found.values(), key=lambda known: known[:2])

    def _fact(self, claim: Claim) -> Fact | None:
        if claim.fact is None or claim.status != "bound" or claim.kind == "flag":
            return None
        return self._own.get(claim.fact) or self._facts.get(claim.fact)

    @cached_property
    def _own(self) -> dict[str, Fact]:
        voice = Voice(self.pack, self.record, self.action, self.script.plan, self._locale)
        return {fact.ref: fact for fact in voice.facts.values()}

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        cited = {one.fact for section in self.script.sections for one in section.claims}
        return {fact.ref: fact for fact in self.pack.facts.values() if fact.ref in cited}

    @property
    def _locale(self) -> Locale:
        return next(own for own in self.pack.locales if own == self.script.locale)

    def _case(self) -> LintCase:
        """The call as the checks see it."""
        offered = dict.fromkeys(one for n in range(len(self.script.sections)) for one in self._products(n))
        return talk_of(self.pack, self.record, self.action, self._locale).case(next(iter(offered), None))

    def _products(self, place: int) -> list[str]:
        """The products that a part of the script states something of."""
        stated = [self._facts.get(one.fact or "") for one in self.script.sections[place].claims]
        owners = (fact.owner.partition(":") for fact in stated if fact is not None)
        return list(dict.fromkeys(own for kind, _, own in owners if kind == "product"))

    def _own_product(self, place: int) -> str | None:
        """The product whose law a part of a plan is held to, where the plan has several."""
        plans = [n for n, one in enumerate(self.script.sections) if one.kind == "plan"]
        several = len({own for n in plans for own in self._products(n)[:1]}) > 1
        return next(iter(self._products(place)), None) if several and place in plans else None


def _between(checked: Checked, start: int, end: int) -> tuple[list[Claim], list[Finding]]:
    """Claims and findings of a stretch of a text, in its own offsets."""
    claims = [
        one.model_copy(update={"start": one.start - start, "end": one.end - start})
        for one in checked.claims
        if start <= one.start and one.end <= end
    ]
    findings = [
        one.model_copy(update={"start": one.start - start, "end": min(one.end, end) - start})
        for one in checked.findings
        if start <= one.start < end
    ]
    return claims, findings
