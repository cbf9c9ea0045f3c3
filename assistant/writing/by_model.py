"""A cell by the model: its texts through the gate, one round of mending, and what happened on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.call import Call
from assistant.domain.draft import Variant
from assistant.domain.finding import Finding
from assistant.errors import ModelError
from assistant.writing.drafts import Draft, Job, Mender
from assistant.writing.gate import Gate
from assistant.writing.likeness import jaccard, trigrams

ALIKE = 0.6
"""Two texts of a cell that share more of their trigrams are one text said twice."""
ALIKE_RULE = "HOUSE-ALIKE"


@dataclass
class Outcome:
    """What the model gave: variants that may go out, those that are blocked, its calls, its faults by name."""

    passed: list[Variant] = field(default_factory=list)
    blocked: list[Variant] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    why: str = ""


async def by_model(model: Mender, gate: Gate, job: Job, run: str) -> Outcome:
    """The model's variants. What is blocked, or says again what another says, is asked for once more, all together.

    It never raises for what the model did: a fault is told, and what was good before it is kept.
    """
    outcome = Outcome()
    try:
        drafts = _noted(outcome, await model.write(job))[: job.count]
        variants = _gated(gate, job, drafts, model.name, run, 0)
        wrong = _wrong(drafts, variants)
        outcome.passed = [one for place, one in enumerate(variants) if place not in wrong]
        outcome.blocked = [one for one in variants if one.verdict == "block"]
        if wrong:
            mended = _noted(outcome, await model.repair(job, [drafts[p] for p in wrong], list(wrong.values())))
            again = _gated(gate, job, mended[: len(wrong)], model.name, run, job.count)
            kept = [draft for place, draft in enumerate(drafts) if place not in wrong]
            bad = _wrong([*kept, *mended], [*outcome.passed, *again])
            fresh = [one for place, one in enumerate(again) if place + len(kept) not in bad]
            outcome.passed += fresh
            outcome.blocked = [one for one in again if one.verdict == "block"]
            lost = [one for one in again if one not in fresh]
            outcome.faults += ["blocked" if one.verdict == "block" else "alike" for one in lost]
    except ModelError as error:
        outcome.faults += [*error.met, error.fault]
        outcome.why = str(error)
    return outcome


def _noted(outcome: Outcome, drafts: Sequence[Draft]) -> list[Draft]:
    """Keep the call that the drafts come from, and the faults that it met."""
    call = next((draft.call for draft in drafts if draft.call), None)
    if call is not None:
        outcome.calls.append(call)
        outcome.faults += call.met
    return list(drafts)


def _gated(gate: Gate, job: Job, drafts: Sequence[Draft], writer: str, run: str, first: int) -> list[Variant]:
    return [gate.pass_through(job, draft, writer, run, first + place) for place, draft in enumerate(drafts)]


def _wrong(drafts: Sequence[Draft], variants: Sequence[Variant]) -> dict[int, list[Finding]]:
    """Places of the variants that cannot go out, each with what is to be mended."""
    wrong: dict[int, list[Finding]] = {}
    kept: list[tuple[int, frozenset[str]]] = []
    for place, (draft, variant) in enumerate(zip(drafts, variants, strict=False)):
        grams = trigrams(draft.template)
        like = next((other + 1 for other, own in kept if jaccard(grams, own) > ALIKE), None)
        if variant.verdict == "block":
            wrong[place] = variant.findings
        elif like is not None:
            wrong[place] = [_alike(like)]
        else:
            kept.append((place, grams))
    return wrong


def _alike(other: int) -> Finding:
    message = f"It says what variant {other} says. Write it from another angle, beginning with other words."
    return Finding(rule=ALIKE_RULE, severity="block", start=0, end=0, text="", message=message, reference="")
