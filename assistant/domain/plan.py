"""A basic wealth plan: how an amount is parted by what it is for, as the pack's `plans.yaml` says."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.domain.base import Entry, FullText, Listed

Purpose = Literal["ready", "steady", "growth", "protection"]
Risk = Literal["none", "C1", "C2", "C3", "C4", "C5"]
Horizon = Literal["short", "medium", "long"]
Need = Literal["low", "normal", "high"]
Share = Annotated[int, Field(ge=0, le=100)]


class Bucket(Entry):
    """What a part of the money is for, and the products that serve it, the most fitting first."""

    id: Purpose
    name: FullText
    products: dict[Horizon, Listed]


class Mix(Entry):
    """Shares of the buckets, in percent, for a customer's risk rating; `none`: without a valid assessment."""

    risk: Risk
    shares: dict[Purpose, Share]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (total := sum(self.shares.values())) != 100:
            raise ValueError(f"the shares of {self.risk} add up to {total}; make them 100")
        return self


class Plans(Entry):
    """`plans.yaml`. Amounts are multiples of `step`; from `elder_age` on growth is halved in favour of what is steady.

    `needs`: how many percent points a need for liquidity moves from steady and growth to ready.
    """

    step: int = Field(ge=1)
    elder_age: int = Field(default=65, ge=18)
    needs: dict[Need, Share] = Field(default_factory=dict)
    buckets: tuple[Bucket, ...]
    mixes: tuple[Mix, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        known = {mix.risk for mix in self.mixes}
        if missing := {"none", "C1", "C2", "C3", "C4", "C5"} - known:
            raise ValueError(f"there is no mix for {sorted(missing)[0]}; add one")
        return self


class Part(BaseModel):
    """One part of a plan. `product` is None for what stays on the account; `interest`: what a deposit's own terms
    bring over its term, in the pack's currency; None where no figure may be named."""

    model_config = ConfigDict(frozen=True)
    bucket: Purpose
    product: str | None
    amount: Decimal
    share: float
    risk: str | None = None
    interest: Decimal | None = None
    passed_over: tuple[str, ...] = ()
