"""The plan of an amount: shares by risk, age, need and what is held; products that suit today; to the cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.domain.catalogue import Product
from assistant.domain.pack import Pack
from assistant.domain.plan import Horizon, Need, Part, Plans, Purpose
from assistant.domain.values import Term
from assistant.playbook.offering import refused
from assistant.playbook.standing import Standing

CENT = Decimal("0.01")
Held = Mapping[str, Decimal]
"""What a customer holds: amounts by product."""


def plan(
    pack: Pack,
    who: Standing,
    amount: Decimal,
    on: dt.date,
    held: Held | None = None,
    horizon: Horizon = "medium",
    need: Need = "normal",
) -> list[Part]:
    """Parts that add up to `amount` to the cent, the one at hand first. Each product suits the customer on the day.

    What no product may take, or what is below its minimum, stays at hand; at the last on the account itself.
    """
    plans = pack.plans
    if plans is None or amount <= 0:
        return []
    shares = _shares(plans, who, amount, held or {}, need)
    parts: list[Part] = []
    for bucket in plans.buckets:
        if bucket.id == "ready" or not shares.get(bucket.id):
            continue
        wanted = _stepped(amount * shares[bucket.id] / 100, plans.step)
        product, why = _product(pack, bucket.products.get(horizon, ()), who, wanted, on)
        if product is not None and wanted > 0:
            parts.append(_part(bucket.id, product, wanted, amount, why))
    left = amount - sum((part.amount for part in parts), Decimal())
    ready = next((bucket for bucket in plans.buckets if bucket.id == "ready"), None)
    product, why = _product(pack, ready.products.get(horizon, ()) if ready else (), who, left, on)
    first = [_part("ready", product, left, amount, why)] if left > 0 else []
    return first + parts


def _shares(plans: Plans, who: Standing, amount: Decimal, held: Held, need: Need) -> dict[Purpose, Decimal]:
    """Percent of the amount by bucket: the mix of the rating, moved by age and need, less what is held already."""
    rating = f"C{who.risk}" if who.assessed and who.risk else "none"
    mix = next(mix for mix in plans.mixes if mix.risk == rating)
    shares = {bucket: Decimal(share) for bucket, share in mix.shares.items()}
    if (who.age or 0) >= plans.elder_age and "growth" in shares:
        half = shares["growth"] / 2
        shares["growth"] -= half
        shares["steady"] = shares.get("steady", Decimal()) + half
    moved = Decimal(plans.needs.get(need, 0))
    order: tuple[Purpose, ...] = ("growth", "steady")
    for bucket in order:
        taken = min(moved, shares.get(bucket, Decimal()))
        shares[bucket] = shares.get(bucket, Decimal()) - taken
        shares["ready"] = shares.get("ready", Decimal()) + taken
        moved -= taken
    return _beside(plans, shares, amount, held)


def _beside(plans: Plans, shares: dict[Purpose, Decimal], amount: Decimal, held: Held) -> dict[Purpose, Decimal]:
    """Shares of the new amount, so that all money together comes as near to the mix as new money alone can bring it."""
    mine = {
        bucket.id: sum((held.get(own, Decimal()) for own in _all(bucket.products)), Decimal())
        for bucket in plans.buckets
    }
    whole = amount + sum(mine.values(), Decimal())
    lacking = {own: max(Decimal(), share * whole / 100 - mine.get(own, Decimal())) for own, share in shares.items()}
    total = sum(lacking.values(), Decimal())
    return {own: 100 * part / total for own, part in lacking.items()} if total else shares


def _all(products: Mapping[Horizon, Sequence[str]]) -> set[str]:
    return {own for listed in products.values() for own in listed}


def _product(
    pack: Pack, listed: Sequence[str], who: Standing, amount: Decimal, on: dt.date
) -> tuple[Product | None, tuple[str, ...]]:
    why: list[str] = []
    for own in listed:
        product = pack.products[own]
        refusal = refused(pack, product, who, float(amount), on)
        if refusal is None:
            return product, tuple(why)
        why.append(f"{refusal.rule}: {refusal.why}")
    return None, tuple(why)


def _part(bucket: Purpose, product: Product | None, part: Decimal, amount: Decimal, why: tuple[str, ...]) -> Part:
    return Part(
        bucket=bucket,
        product=product.id if product else None,
        amount=part.quantize(CENT),
        share=round(float(part / amount), 4),
        risk=product.risk if product else None,
        interest=_interest(product, part) if product else None,
        passed_over=why,
    )


def _interest(product: Product, amount: Decimal) -> Decimal | None:
    """What a term deposit's own rate brings over its term, simple; of anything else no such figure may be named."""
    rate, term = product.facts.get("rate"), product.facts.get("term")
    if product.type != "term_deposit" or rate is None or term is None:
        return None
    span: Term = term.value
    kind, length = span.measure
    if kind != "months":
        return None
    interest: Decimal = amount * rate.value / 100 * length / 12
    return interest.quantize(CENT)


def _stepped(amount: Decimal, step: int) -> Decimal:
    return Decimal(int(amount // step) * step)
