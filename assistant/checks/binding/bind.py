"""Binding: each figure of a text is matched with a fact of the right kind and product, or reported."""

from __future__ import annotations

from bisect import bisect_left

from assistant.checks.binding.judge import Bound, judged
from assistant.checks.binding.labels import Labels
from assistant.checks.binding.owners import Owners
from assistant.checks.binding.tenors import by_term
from assistant.checks.binding.words import Words
from assistant.checks.context import Context
from assistant.domain.facts import Fact
from assistant.domain.finding import Claim
from assistant.text.figures import Figure, scan
from assistant.text.spans import Cover

_COURTESY_MINUTES = 15
"""A caller's "two minutes" are no claim about a product."""


def bind(context: Context, words: Words) -> list[Bound]:
    """Every claim of the text in original offsets, left to right: known slots, names, figures, wordless claims."""
    taken = Cover((start, end) for start, end, _ in context.known)
    out = [_of_slot(context, words.labels, *known) for known in context.known]
    for mention in context.mentions:
        span = context.folded.span(mention.start, mention.end)
        if not taken.touches(*span):
            fact = context.pack.facts[f"{mention.kind}:{mention.owner}.name"]
            out.append(Bound(*span, mention.kind, fact, "bound"))
            taken.add(*span)
    figures = scan(context.folded.text)
    owners = Owners(context, by_term(context, figures))
    for figure in figures:
        if words.asides.holds(context.folded.text, figure) or _courtesy(context, figure, owners):
            continue
        span = context.folded.span(figure.start, figure.end)
        if not taken.touches(*span) and not context.is_printed(*span):
            out += filter(None, [judged(context, words.labels, figure, span, owners)])
    for claim in words.flags.stated(context, owners):
        span = context.folded.span(claim.start, claim.end)
        out.append(Bound(*span, "flag", claim.fact, "bound" if claim.holds else "contradicted"))
    return sorted(out, key=lambda bound: (bound.start, bound.end))


def _courtesy(context: Context, figure: Figure, owners: Owners) -> bool:
    """Whether a figure asks for a listener's time; where the catalogue has minutes, it may be a claim."""
    if figure.kind != "term" or context.channel is None or not context.channel.voice:
        return False
    known = [fact.value for owner in owners.of(figure.start) for fact in context.names.facts(owner, ("term",))]
    if any(value.unit == "minute" for value in known):
        return False
    return figure.value in [("minutes", count) for count in range(1, _COURTESY_MINUTES + 1)]


def claims_of(context: Context, words: Words) -> list[Claim]:
    """The claims as they are told; what the catalogue says to a contradicted one goes to the context."""
    claims = []
    for bound in bind(context, words):
        said = context.case.text[bound.start : bound.end]
        fact = bound.fact.ref if bound.fact else None
        claims.append(
            Claim(text=said, start=bound.start, end=bound.end, kind=bound.kind, fact=fact, status=bound.status)
        )
        if bound.status == "contradicted" and bound.fact:
            context.contradictions[(bound.start, bound.end)] = (bound.fact, bound.every)
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
    return bisect_left(origin, original)
