"""Binding: each figure of a text is matched with a fact of the right kind and product, or reported."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.checks.binding.flags import Flags
from assistant.checks.binding.labels import Label, Labels
from assistant.checks.context import Context, overlaps
from assistant.domain.facts import Fact
from assistant.domain.finding import Claim
from assistant.domain.values import Kind
from assistant.text.figures import Figure, same, scan

_FAMILY: dict[Kind, tuple[Kind, ...]] = {"rate": ("rate", "benchmark"), "term": ("term", "count")}
"""Kinds of facts that a figure may state; 365 days state a count as well."""
_STOP = re.compile(r"[。！？!?\n]|\.\s")
_COURTESY_MINUTES = 15
"""A caller's "two minutes" are no claim about a product."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and what became of it. `fact` is what it states or, where contradicted, what the catalogue says."""

    start: int
    end: int
    kind: Kind
    fact: Fact | None
    status: str


def bind(context: Context, labels: Labels, flags: Flags) -> list[Bound]:
    """Every claim of the text in original offsets, left to right: known slots, names, figures, wordless claims."""
    taken = [(start, end) for start, end, _ in context.known]
    out = [_of_slot(context, labels, *known) for known in context.known]
    for mention in context.mentions:
        span = context.folded.span(mention.start, mention.end)
        if not overlaps(*span, taken):
            fact = context.pack.facts[f"{mention.kind}:{mention.owner}.name"]
            out.append(Bound(*span, mention.kind, fact, "bound"))
            taken.append(span)
    printed = [
        context.folded.span(*pair) for pair in context.names.disclosures(context.folded.text, context.jurisdiction)
    ]
    for figure in scan(context.folded.text):
        if _courtesy(context, figure):
            continue
        span = context.folded.span(figure.start, figure.end)
        if not overlaps(*span, taken) and not any(s <= span[0] and span[1] <= e for s, e in printed):
            out.append(_of_figure(context, labels, figure, span))
    for claim in flags.stated(context):
        span = context.folded.span(claim.start, claim.end)
        out.append(Bound(*span, "flag", claim.fact, "bound" if claim.holds else "contradicted"))
    return sorted(out, key=lambda bound: (bound.start, bound.end))


def _courtesy(context: Context, figure: Figure) -> bool:
    """Whether a figure asks for a listener's time; where the catalogue has minutes, it may be a claim."""
    if figure.kind != "term" or context.channel is None or not context.channel.voice:
        return False
    known = [fact.value for owner in _owners(context, figure.start) for fact in context.names.facts(owner, ("term",))]
    if any(value.unit == "minute" for value in known):
        return False
    return figure.value in [("minutes", count) for count in range(1, _COURTESY_MINUTES + 1)]


def claims_of(context: Context, labels: Labels, flags: Flags) -> list[Claim]:
    """The claims as they are told; what the catalogue says to a contradicted one goes to the context."""
    claims = []
    for bound in bind(context, labels, flags):
        words = context.case.text[bound.start : bound.end]
        fact = bound.fact.ref if bound.fact else None
        claims.append(
            Claim(text=words, start=bound.start, end=bound.end, kind=bound.kind, fact=fact, status=bound.status)
        )
        if bound.status == "contradicted" and bound.fact:
            context.contradictions[(bound.start, bound.end)] = bound.fact
    return claims


def _of_slot(context: Context, labels: Labels, start: int, end: int, fact: Fact) -> Bound:
    """A slot is bound by construction, but words beside it may call it something else (a benchmark 利率)."""
    at = _folded_place(context, start)
    label = labels.beside(context.folded.text, at, at + (end - start))
    wrong = label.kinds and fact.kind in ("rate", "benchmark") and fact.kind not in label.kinds
    return Bound(start, end, fact.kind, fact, "contradicted" if wrong else "bound")


def _folded_place(context: Context, original: int) -> int:
    origin = context.folded.origin
    if origin is None:
        return original
    return next((index for index, at in enumerate(origin) if at >= original), len(origin))


def _owners(context: Context, at: int) -> list[str]:
    """Whose facts a figure may state, the likeliest first: the product named nearest before it, then the others.

    Products named in full in the figure's own sentence, before it, leave no room for others.
    """
    named = [m for m in context.mentions if m.kind == "product" and m.end <= at]
    before = [m.owner for m in named][::-1]
    own = [m.owner for m in named if m.full and not _STOP.search(context.folded.text, m.end, at)]
    rest = [] if own else [product.id for product in context.products]
    before = own[::-1] or before
    owners = [f"product:{own}" for own in dict.fromkeys([*before, *rest])]
    if context.campaign:
        owners.append(f"campaign:{context.campaign.id}")
    if context.campaign and not own:
        owners += [f"product:{own}" for own in context.campaign.offers if f"product:{own}" not in owners]
    return [*owners, "pack"]


def _of_figure(context: Context, labels: Labels, figure: Figure, span: tuple[int, int]) -> Bound:
    kinds = _FAMILY.get(figure.kind, (figure.kind,))
    label = labels.beside(context.folded.text, figure.start, figure.end)
    owners = _owners(context, figure.start)
    by_owner = [facts for owner in owners if (facts := context.names.facts(owner, kinds))]
    for facts in by_owner:
        matching = [fact for fact in facts if same(figure, fact.kind, fact.value)]
        if matching:
            fact = next((one for one in matching if one.key in label.keys), matching[0])
            return Bound(*span, fact.kind, fact, "contradicted" if _misnamed(fact, facts, label) else "bound")
    wanted = _meant(by_owner, label)
    return Bound(*span, figure.kind, wanted, "contradicted" if wanted else "unknown")


def _misnamed(fact: Fact, facts: list[Fact], label: Label) -> bool:
    """Right number, wrong field: the words beside it name another kind, or a key whose value differs."""
    if label.kinds and fact.kind in ("rate", "benchmark"):
        return fact.kind not in label.kinds
    named = [other for other in facts if other.key in label.keys]
    return bool(named) and fact not in named and all(other.value != fact.value for other in named)


def _meant(by_owner: list[list[Fact]], label: Label) -> Fact | None:
    """The fact that a wrong figure was meant to state: the labelled one, or the only one of its kind."""
    for facts in by_owner:
        named = [fact for fact in facts if fact.key in label.keys]
        if named:
            return named[0]
        if len(facts) == 1:
            return facts[0]
    return None
