"""Made-up customers for whom a trigger fired: for them the sweeps write scripts and messages after calls."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from assistant.domain.pack import Pack
from assistant.domain.trigger import Trigger
from assistant.domain.values import Locale
from assistant.playbook.database import clock_of
from assistant.playbook.firing import Firing
from assistant.playbook.policies import Policies
from assistant.playbook.record import Event, Holding, Record
from assistant.playbook.standing import Standing

NOW = dt.datetime(2026, 11, 10, 10, 30)
AGES = (22, 30, 40, 50, 60, 70)
STATUSES = ("counter", "online", "lapsed")
MOODS = ("", "price_sensitive", "dissatisfied")


def record(pack: Pack, trigger: Trigger, age: int, status: str, mood: str, locale: Locale) -> Record:
    """A made-up customer for whom the trigger fired."""
    assessed_on = dt.date(2024, 5, 1) if status == "lapsed" else dt.date(2026, 5, 1)
    segment = next(
        (s.id for s in pack.segments.values() if s.id in ("salary", "senior") and _of_age(pack, s.ages, age)), "new"
    )
    who = Standing(
        "C1", segment, age, 3, assessed_on, status != "lapsed", True, None, True,
        frozenset({"wecom_friend", mood} - {""}), "rm-lin", pack.home_market(locale), 260_000.0,
    )  # fmt: skip
    event = Event("E1", trigger.events[0] if trigger.events else "login", NOW, Decimal(260_000))
    holding = Holding("TD-24M", Decimal(300_000), dt.date(2026, 11, 25))
    now = _in_season(pack, trigger)
    policies = Policies(pack, clock_of(pack, now))
    on_event = event.id if trigger.on == "event" else None
    held = holding.product if trigger.on == "holding" else None
    action = policies.decide([Firing(trigger.id, "C1", "x", now, 260_000.0, on_event, held)], who)[0]
    name = "Li Min" if locale == "en" else "李敏"
    manager = {"en": "Chen Yu", "zh-Hans": "陈玉"}.get(locale, "陳玉")
    return Record(
        who, name, "F", "active", None, None if status == "lapsed" else status, locale, None, False,
        Decimal(260_000), {},
        (action,), {event.id: event}, {holding.product: holding}, manager, now,
    )  # fmt: skip


def _of_age(pack: Pack, bands: tuple[str, ...], age: int) -> bool:
    return any(pack.ages[band].start <= age <= (pack.ages[band].until or 150) for band in bands)


def _in_season(pack: Pack, trigger: Trigger) -> dt.datetime:
    """A morning on which the trigger's campaign runs."""
    campaign = pack.campaigns.get(trigger.campaign or "")
    span = campaign.period.next_from(NOW.date()) if campaign else None
    return NOW if span is None or span.start <= NOW.date() else dt.datetime.combine(span.start, NOW.time())
