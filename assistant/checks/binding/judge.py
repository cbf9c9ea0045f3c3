"""One figure, judged: which fact it states, which it contradicts, or that no fact carries it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checks.binding.labels import Label, Labels
from assistant.checks.binding.owners import Owners
from assistant.checks.context import Context
from assistant.domain.facts import Fact
from assistant.domain.values import Kind
from assistant.text.figures import Figure, same

_FAMILY: dict[Kind, tuple[Kind, ...]] = {"rate": ("rate", "benchmark"), "term": ("term", "count")}
"""Kinds of facts that a figure may state; 365 days state a count as well."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and what became of it. `fact` is what it states or, where contradicted, what the catalogue says;
    `every` is how often the catalogue's amount falls due, where the text says otherwise."""

    start: int
    end: int
    kind: Kind
    fact: Fact | None
    status: str
    every: str = ""


def judged(context: Context, labels: Labels, figure: Figure, span: tuple[int, int], owners: Owners) -> Bound | None:
    """What a figure states; None for one that is no claim after all."""
    kinds = _FAMILY.get(figure.kind, (figure.kind,))
    label = labels.beside(context.folded.text, figure.start, figure.end)
    by_owner = [facts for owner in owners.of(figure.start) if (facts := context.names.facts(owner, kinds))]
    if figure.loose and not any(fact.key in label.keys for facts in by_owner for fact in facts):
        return None
    for facts in by_owner:
        matching = [fact for fact in facts if same(figure, fact.kind, fact.value)]
        if not matching:
            continue
        fact = next((one for one in matching if one.key in label.keys), matching[0])
        if _misnamed(fact, facts, label):
            return Bound(*span, fact.kind, fact, "contradicted")
        if meant := _elsewhere(figure, fact, facts, by_owner, label):
            fact = meant
        if not same(figure, fact.kind, fact.value):
            return Bound(*span, fact.kind, fact, "contradicted")
        due = context.pack.institution.cadences.get(fact.key)
        if due and label.cadence and label.cadence != due:
            return Bound(*span, fact.kind, fact, "contradicted", due)
        return Bound(*span, fact.kind, fact, "bound")
    if figure.kind == "rate" and not context.names.carried(figure):
        context.nowhere.add(span)
    wanted = _meant(by_owner, label)
    return Bound(*span, figure.kind, wanted, "contradicted" if wanted else "unknown")


def _misnamed(fact: Fact, facts: list[Fact], label: Label) -> bool:
    """Right number, wrong field: the words beside it name another kind, or a key whose value differs."""
    if label.kinds and fact.kind in ("rate", "benchmark"):
        return fact.kind not in label.kinds
    named = [other for other in facts if other.key in label.keys and other.kind == fact.kind]
    return bool(named) and fact not in named and all(other.value != fact.value for other in named)


def _elsewhere(figure: Figure, fact: Fact, facts: list[Fact], by_owner: list[list[Fact]], label: Label) -> Fact | None:
    """The campaign's fact that the words beside a product's figure name: 满500元抵100元 tells of no annual fee."""
    if not label.keys or fact.key in label.keys or any(one.key in label.keys for one in facts):
        return None
    named = [one for others in by_owner for one in others if one.key in label.keys and one.owner.startswith("campaign")]
    return next((one for one in named if same(figure, one.kind, one.value)), named[0] if named else None)


def _meant(by_owner: list[list[Fact]], label: Label) -> Fact | None:
    """The fact that a wrong figure was meant to state: the labelled one, or the only one of its kind."""
    for facts in by_owner:
        named = [fact for fact in facts if fact.key in label.keys]
        if named:
            return named[0]
        if len(facts) == 1:
            return facts[0]
    return None
