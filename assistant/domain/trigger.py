"""A trigger: what must happen to a customer, and the next action that follows."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assistant.domain.base import Entry, FullText, Listed
from assistant.domain.catalogue import Id

Owner = Literal["relationship_manager", "service_desk", "robot", "campaign", "risk_desk"]
Purpose = Literal["sales", "care"]
_SPAN = re.compile(r"^(\d+) (minute|hour|day)s?$")


def span(raw: object) -> dt.timedelta:
    """`"3 hours"` → 3 hours. ValueError with the mend for other spellings."""
    if isinstance(raw, dt.timedelta):
        return raw
    match = _SPAN.match(raw.strip()) if isinstance(raw, str) else None
    if not match:
        raise ValueError('a span is a number and minutes, hours or days; write it as "3 hours" or "30 days"')
    return dt.timedelta(**{f"{match[2]}s": int(match[1])})


Span = Annotated[dt.timedelta, BeforeValidator(span)]


class Offered(Entry):
    """One thing that a trigger may offer; `local` keeps it to customers of the home city or to all others."""

    product: Id
    local: bool | None = None


class Prior(Entry):
    """How likely an action is to succeed before any outcome is known: a base, times a factor by segment and age."""

    base: float = Field(gt=0, lt=1)
    segments: dict[str, float] = Field(default_factory=dict)
    ages: dict[str, float] = Field(default_factory=dict)

    def of(self, segment: str, age: str) -> float:
        """The propensity of one audience, at most 0.95."""
        return min(0.95, self.base * self.segments.get(segment, 1.0) * self.ages.get(age, 1.0))


class Trigger(Entry):
    """Data of a trigger. `when`, `cause`, `moment` and `value` are DuckDB expressions over one row (docs/playbook.md).

    `on`: what a row is: an event, a holding, a customer. `moment`: when the cause lay; without it an event's own time,
    else the condition stands as of now. `within`: it fires no later than so long after its moment. `due`: working
    minutes of the owner until it must be done. `value`: the money at stake. `plan`: the call goes through a plan of
    it. `silences`: while it fires, sales are silent for the customer. `urgent`: quiet hours do not hold it back.
    """

    id: Id
    scenario: Annotated[str, Field(pattern=r"^[A-Z]\d{1,2}$")]
    kind: Purpose
    name: FullText
    on: Literal["event", "holding", "customer"]
    events: Listed = ()
    when: str = "true"
    cause: str = ""
    moment: str = ""
    within: Span | None = None
    action: Literal["message", "call", "service_call", "robot_call", "review", "second_factor", "experience_desk"]
    owner: Owner
    campaign: Id | None = None
    offers: tuple[Offered, ...] = ()
    channels: Listed
    cooldown: Span = dt.timedelta(0)
    due: int = Field(ge=1, le=14_400)
    value: str = "0"
    context: float = Field(default=1.0, gt=0, le=10)
    levers: float = Field(default=1.0, gt=0, le=10)
    prior: Prior
    plan: bool = False
    silences: bool = False
    urgent: bool = False


class Measure(Entry):
    """An aggregate over a customer's own past, computed once for all triggers.

    `per`: what it is counted by beside the customer: nothing, or the day, the type of product, the device, the
    address of the cause; `sql`: a DuckDB aggregate over the events.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    per: Literal["past", "that_day", "that_type", "that_device", "that_address"] = "past"
    sql: str


class Silence(Entry):
    """A state of the customer in which sales are silent: a condition over the customer and their past, and why."""

    id: Id
    when: str
    why: FullText


class ContactPolicy(Entry):
    """How often one may be spoken to in a window, in all and by channel, and the states in which nothing is sold."""

    window: Span
    in_all: int = Field(ge=1)
    channels: dict[str, int] = Field(default_factory=dict)
    sales_a_day: int = Field(default=1, ge=1)
    assessment_valid: Span
    silences: tuple[Silence, ...] = ()
