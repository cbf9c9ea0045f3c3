"""Lists by term: 一年期1.75%，两年期2.25% tells of several products of one type, each by its term alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.checks.binding.names import Mention
from assistant.checks.context import Context
from assistant.domain.catalogue import Product
from assistant.text.figures import Figure, same

_NEAR = 12
"""So many characters, at most, lie between a term in a list and the rate that goes with it."""


def by_term(context: Context, figures: Sequence[Figure]) -> list[Mention]:
    """Products that a list tells by their terms, each from its term on; empty where the text is no such list.

    A list has two terms or more, each followed by a rate, and each pair is a product of the type that is offered.
    """
    pairs = [
        (first, then)
        for first, then in pairwise(figures)
        if first.kind == "term" and then.kind == "rate" and then.start - first.end <= _NEAR
    ]
    if len(pairs) < 2 or len({str(term.value) for term, _ in pairs}) < 2:
        return []
    types = {product.type for product in context.products}
    family = [product for product in context.pack.products.values() if product.type in types]
    found = []
    for term, rate in pairs:
        fitting = [product for product in family if _states(product, term) and _states(product, rate)]
        if not fitting:
            return []
        found.append(Mention("product", fitting[0].id, term.start, term.start, full=False))
    return found


def _states(product: Product, figure: Figure) -> bool:
    return any(same(figure, fact.kind, fact.value) for fact in product.facts.values() if fact.kind == figure.kind)
