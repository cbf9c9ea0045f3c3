"""A script filled and checked: every figure with its proof, the law's findings, nothing of the customer's too early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checks.case import LintCase
from assistant.checks.context import Known
from assistant.checks.engine import CheckEngine
from assistant.domain.finding import Claim, Finding
from assistant.domain.script import Section
from assistant.domain.slots import fill, keys_of
from assistant.writing.scripts.compose import Words
from assistant.writing.scripts.slots import OWN_MONEY, Voice

EARLY, SOLD = "HOUSE-IDENTITY", "HOUSE-CARE"
OFFERS = ("product", "rate", "benchmark")
"""Kinds of claims that offer something."""
SAYABLE = ("script", "leftovers", "identifiers")
"""Kinds of rules that even the customer's own words, as we expect them, must keep."""
_GAP = "\n"


@dataclass(frozen=True)
class Proved:
    """Sections with their claims, and the findings over all of them; `course` is what is said without objections."""

    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    course: str


def prove(engine: CheckEngine, case: LintCase, words: Sequence[Words], voice: Voice, managed: bool) -> Proved:
    """Fill, bind and check. `case` says channel, people and day; `managed`: the customer's own manager calls."""
    course, answers = _Text(), _Text()
    for one in words:
        (answers if one.kind == "objection" else course).add(one, voice)
    # An answer, and each part of a plan, is heard together with the warnings that the call gives.
    answers.add_all(words, voice, "disclosure")
    findings = [*course.check(engine, case), *answers.check(engine, case.model_copy(update={"channel": None}))]
    parts = course.words if len({one.product for one in words if one.kind == "plan" and one.product}) > 1 else []
    for one, start, end in parts:
        if one.kind == "plan" and one.product:
            # Deposits and wealth products stand in one plan: each part is held to the law of its own.
            findings = [found for found in findings if not start <= found.start < end]
            alone = _Text()
            alone.add(one, voice)
            alone.add_all(words, voice, "disclosure")
            findings += alone.check(engine, case.model_copy(update={"channel": None, "product": one.product}))
    findings += [*_early(words, managed), *_asked(engine, case, words)]
    by_words = answers.sections() | course.sections()
    sections = tuple(by_words[id(one)] for one in words)
    if case.purpose == "care":
        findings += sold(sections)
    return Proved(sections, tuple(findings), course.text)


class _Text:
    """Sections written one below the other, with the places of their slots."""

    def __init__(self) -> None:
        self.text = ""
        self.words: list[tuple[Words, int, int]] = []
        self.known: list[Known] = []
        self.claims: Sequence[Claim] = ()

    def add(self, one: Words, voice: Voice) -> None:
        """One more section below what is there."""
        start = len(self.text) + len(_GAP) if self.text else 0
        rendering = fill(one.template, voice)
        self.text = f"{self.text}{_GAP}{rendering.text}" if self.text else rendering.text
        self.words.append((one, start, start + len(rendering.text)))
        for slot in rendering.filled:
            if fact := voice.fact(slot.slot):
                self.known.append((start + slot.start, start + slot.end, fact))

    def add_all(self, words: Sequence[Words], voice: Voice, kind: str) -> None:
        """Every section of a kind, where there is anything to stand below."""
        for one in words if self.words else ():
            if one.kind == kind:
                self.add(one, voice)

    def check(self, engine: CheckEngine, case: LintCase) -> list[Finding]:
        """What the engine finds in it; its claims are kept."""
        if not self.words:
            return []
        checked = engine.run(case.model_copy(update={"text": self.text}), self.known)
        self.claims = checked.claims
        return checked.findings

    def sections(self) -> dict[int, Section]:
        """The sections as they are read, claims in their own offsets."""
        return {id(one): self._section(one, start, end) for one, start, end in self.words}

    def _section(self, one: Words, start: int, end: int) -> Section:
        inside = [claim for claim in self.claims if start <= claim.start and claim.end <= end]
        moved = [c.model_copy(update={"start": c.start - start, "end": c.end - start}) for c in inside]
        return Section(kind=one.kind, text=self.text[start:end], ask=one.ask, claims=tuple(moved))


def _asked(engine: CheckEngine, case: LintCase, words: Sequence[Words]) -> list[Finding]:
    """What a customer may object is theirs to say, but it is written in the call's language and names nobody."""
    asks = _GAP.join(one.ask for one in words if one.ask)
    if not asks:
        return []
    checked = engine.run(case.model_copy(update={"text": asks, "channel": None, "product": None, "purpose": "care"}))
    rules = engine.pack.rules
    return [one for one in checked.findings if one.rule in rules and rules[one.rule].kind in SAYABLE]


def sold(sections: Sequence[Section]) -> Iterator[Finding]:
    """Nothing is sold in a care call: no product is named and no rate."""
    for claim in (claim for section in sections for claim in section.claims if claim.kind in OFFERS):
        message = "A care call sells nothing: name no product and no rate."
        yield _finding(SOLD, claim.text, message)


def _finding(rule: str, text: str, message: str) -> Finding:
    return Finding(rule=rule, severity="block", start=0, end=0, text=text, message=message, reference="")


def _early(words: Sequence[Words], managed: bool) -> list[Finding]:
    """The customer's own money stands only in their manager's script, and only after the identity check."""
    found = []
    for place, one in enumerate(words):
        own = [f"{owner}.{key}" for owner, key in keys_of(one.template) if owner in OWN_MONEY]
        if own and (place == 0 or not managed):
            message = "The customer's own money may be named by their manager alone, after the identity check."
            found.append(_finding(EARLY, own[0], message))
    return found
