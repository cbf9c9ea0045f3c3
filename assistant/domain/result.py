"""What came of what was sent, as a campaign system counts it: numbers of a text, an arm and a day, of no customer."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.domain.moments import Day

Measure = Literal["sent", "exposures", "clicks", "conversions", "retained", "opt_outs"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
FUNNEL: tuple[Measure, ...] = ("sent", "exposures", "clicks", "conversions", "retained")
Criterion = Literal["clicks", "conversions", "retained", "opt_outs"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
"""By what a campaign may be judged; each over exposures, or over what was sent where nobody counts those."""
Dimension = Literal[
    "campaign", "package", "segment", "age", "channel", "locale", "market", "item", "angle", "arm", "day"
]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]


class Result(BaseModel):
    """One row of a delivery. `row` is its id within its source; without one the text, arm and day are. What is not
    counted is None, which is not zero."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    row: str = Field(default="", max_length=80)
    item: str = Field(min_length=1, max_length=32)
    experiment: str = Field(default="", max_length=32)
    arm: str = Field(default="", max_length=32)
    day: Day
    sent: Count | None = None
    exposures: Count | None = None
    clicks: Count | None = None
    conversions: Count | None = None
    retained: Count | None = None
    opt_outs: Count | None = None

    @property
    def key(self) -> str:
        """What it is known by within its source."""
        return self.row or f"{self.item}/{self.arm}/{self.day}"

    @model_validator(mode="after")
    def _sound(self) -> Result:
        if all(getattr(self, name) is None for name in MEASURES):
            raise ValueError("nothing is counted; give exposures, clicks or conversions")
        base = self.exposures if self.exposures is not None else self.sent
        if self.sent is not None and self.exposures is not None and self.exposures > self.sent:
            raise ValueError(f"{self.exposures} exposures of {self.sent} sent; count people, not views")
        for name in CRITERIA:
            count = getattr(self, name)
            if count is not None and base is not None and count > base:
                raise ValueError(f"{count} {name} of {base} reached; count people, not events")
        return self
