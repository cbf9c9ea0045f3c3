"""The oracle: whether a mutant still tells the truth. It reads the catalogue, never the checks."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.facts import Fact
from assistant.domain.values import Term
from eval.mutations.source import Source

_FAMILIES = (("rate", "benchmark"), ("money",), ("term",), ("count",), ("date", "period"), ("phone",), ("link",))


def true_elsewhere(source: Source, fact: Fact, value: object) -> bool:
    """Whether another fact of what the text offers, of the same family, has this value: then it may be true."""
    family = next((kinds for kinds in _FAMILIES if fact.kind in kinds), (fact.kind,))
    owners = {"pack", f"campaign:{source.campaign.id}", f"product:{source.product.id}" if source.product else ""}
    owners |= {f"product:{own}" for own in source.campaign.offers}
    return any(
        other.kind in family and other.owner in owners and _equal(other.value, value)
        for other in source.pack.facts.values()
    )


def _equal(one: object, other: object) -> bool:
    if isinstance(one, Term) and isinstance(other, Term):
        return one.measure == other.measure
    if isinstance(one, Decimal | int) and isinstance(other, Decimal | int):
        return Decimal(one) == Decimal(other)
    return one == other
