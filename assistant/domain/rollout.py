"""A roll-out by stages: whom a text reaches yet, and in which variant; a customer's answer is always the same."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Stage = Literal["whitelist", "traffic", "ab", "full"]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]
WHOLE = 1000
"""Shares are stated in permille."""


class Arm(BaseModel):
    """One side of a comparison. `texts`: ids of items, or angles; without any it is a control, which gets nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Name
    share: int = Field(ge=1, le=WHOLE)
    texts: tuple[str, ...] = ()


class Rollout(BaseModel):
    """Stages widen: who was reached at an earlier one is reached at each later one, in the same arm.

    `whitelist`: these customers alone, and first at `traffic`. `traffic`: also `share` permille of all. `ab`, `full`:
    everybody; `ab` compares two arms or more. Without arms each text of a cell is an arm, all with the same share.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    experiment: Name
    stage: Stage = "full"
    share: int = Field(default=WHOLE, ge=1, le=WHOLE)
    whitelist: tuple[str, ...] = ()
    arms: tuple[Arm, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Rollout:
        names = [arm.name for arm in self.arms]
        if len(set(names)) < len(names):
            raise ValueError("two arms have the same name; give each its own")
        if self.arms and (total := sum(arm.share for arm in self.arms)) != WHOLE:
            raise ValueError(f"the arms' shares sum to {total}; they are permille and must sum to {WHOLE}")
        if self.stage == "ab" and len(self.arms) < 2:
            raise ValueError("a comparison needs two arms or more; name them")
        if self.stage == "whitelist" and not self.whitelist:
            raise ValueError("the stage whitelist needs customers; name them")
        if self.stage == "traffic" and self.share == WHOLE:
            raise ValueError(f"the stage traffic needs a share below {WHOLE}; name it")
        return self

    def reaches(self, customer: str) -> bool:
        """Whether the roll-out has come to a customer yet. A wider share keeps whom a narrower one had."""
        if customer in self.whitelist or self.stage in ("ab", "full"):
            return True
        return self.stage == "traffic" and point(self.experiment, "traffic", customer) < self.share / WHOLE

    def arm(self, customer: str, shares: Mapping[str, int] | None = None) -> str:
        """The customer's arm, of those named or of `shares` (permille by name)."""
        return assigned(self.experiment, customer, shares or {arm.name: arm.share for arm in self.arms})


def assigned(experiment: str, customer: str, shares: Mapping[str, int]) -> str:
    """The name that a customer falls to, in proportion to the shares; the same wherever and whenever it is asked.

    Weighted rendezvous hashing: a name that is added takes customers from the others and moves none between them, as
    long as the others keep their proportions.
    """
    return max(shares, key=lambda name: (-shares[name] / math.log(point(experiment, name, customer)), name))


def point(*words: str) -> float:
    """Words as a number between 0 and 1, neither of them, spread evenly."""
    plain = "".join(f"{len(word)}:{word}" for word in words)
    number = int.from_bytes(hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    # 52 bits and a half are exact in a float, so that the number never rounds to 1.
    return ((number >> 12) + 0.5) / 2.0**52
