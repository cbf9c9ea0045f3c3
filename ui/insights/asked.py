"""What a reader wants to see: the view, its filters, and the address that holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field

from ui.surface import Given

View = Literal["calendar", "work", "reach", "calls", "results"]
VIEWS: tuple[View, ...] = get_args(View)
Dimension = Literal["segment", "age", "channel", "angle"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
PERIODS = (7, 30, 90)
USUAL = 30
YEARS = 5
"""How far the calendar turns, either way."""
Word = Annotated[str, Field(max_length=64)]


class Wish(Given):
    """The address, as the page's script reads it. What is none of ours is taken as not said."""

    view: Word = ""
    period: Word = ""
    campaign: Word = ""
    month: Word = ""
    day: Word = ""
    across: Word = ""
    by: Word = ""
    segment: Word = ""
    age: Word = ""
    channel: Word = ""
    angle: Word = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish that can be granted. `month`: its first day; `narrowed`: what the results are narrowed to."""

    view: View
    period: int
    campaign: str | None
    month: dt.date
    day: dt.date | None
    across: Literal["age", "channel"]
    by: Dimension
    narrowed: Mapping[str, str]

    def address(self, today: dt.date) -> dict[str, str]:
        """What stands in the address: only what is not usual."""
        told = {"view": "" if self.view == VIEWS[0] else self.view, "campaign": self.campaign or ""}
        told["period"] = "" if self.period == USUAL else str(self.period)
        if self.view == "calendar":
            told["month"] = "" if self.month == today.replace(day=1) else f"{self.month:%Y-%m}"
            told["day"] = "" if self.day is None else self.day.isoformat()
        elif self.view == "reach":
            told["across"] = "" if self.across == "age" else self.across
        elif self.view == "results":
            told |= {"by": "" if self.by == DIMENSIONS[0] else self.by, **self.narrowed}
        return {key: value for key, value in told.items() if value}


def read(wish: Wish, today: dt.date) -> Asked:
    """The wish with what it leaves open filled in. A campaign that is none stays, so that it can be told."""
    day = _day(wish.day)
    month = _day(f"{wish.month}-01") or (day or today).replace(day=1)
    if abs(month.year - today.year) > YEARS:
        month = today.replace(day=1)
    narrowed: dict[str, str] = {name: str(getattr(wish, name)) for name in DIMENSIONS if getattr(wish, name)}
    left = [one for one in DIMENSIONS if one not in narrowed]
    by = next((one for one in left if one == wish.by), left[0] if left else DIMENSIONS[0])
    return Asked(
        view=next((one for one in VIEWS if one == wish.view), VIEWS[0]),
        period=next((one for one in PERIODS if str(one) == wish.period), USUAL),
        campaign=wish.campaign or None,
        month=month,
        day=day if day is not None and day.replace(day=1) == month else None,
        across="channel" if wish.across == "channel" else "age",
        by=by,
        narrowed=narrowed,
    )


def _day(given: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        return None
