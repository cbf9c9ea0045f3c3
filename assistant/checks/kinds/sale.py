"""Checks of what is offered: sold in this market, on this day, to people of this age."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check
from assistant.domain.catalogue import Product


class OnSale(Check):
    """Every product that the text offers is on sale: its markets, its window, its customers' ages."""

    kind = "on_sale"
    reader = True

    def hits(self, context: Context) -> Iterator[Hit]:
        for product in context.told:
            if why := _refusal(context, product):
                yield context.whole(why)


def _refusal(context: Context, product: Product) -> str:
    """Why a product may not be offered here; empty where it may."""
    if product.markets and context.market is not None and context.market not in product.markets:
        return f"{product.id}: {', '.join(product.markets)}"
    if product.window and context.case.send_at is not None and not product.window.holds(context.day):
        return f"{product.id}: {product.window.start} – {product.window.until or '…'}"
    age, limits = context.case.age, product.customers
    if age is not None and limits.min_age is not None and age < limits.min_age:
        return f"{product.id}: ≥ {limits.min_age}"
    if age is not None and limits.max_age is not None and age > limits.max_age:
        return f"{product.id}: ≤ {limits.max_age}"
    return ""
