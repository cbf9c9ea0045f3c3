"""For each trigger somebody of the town to whom it happens, so that a scan shows the whole playbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from eval.people.town import AS_OF, HOME, WORDS, Town

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
Story = Callable[[Town, str], None]


def tell(town: Town) -> dict[str, str]:
    """Give each story to a customer of a segment that it suits; returns customer by trigger."""
    told: dict[str, str] = {}
    for trigger, (segment, change, events) in STORIES.items():
        own = _free(town, segment, set(told.values()))
        town.customers[own] |= {"marketing_consent": "true", "risk_light": "green", "risk_assessed_at": "2026-05-06"}
        town.customers[own] |= dict(change)
        if segment == "new":
            # The newest have no everyday life behind them yet.
            town.events[:] = [row for row in town.events if row["customer_id"] != own]
        for at, kind, amount, attributes in events:
            town.happen(own, at, kind, amount, **attributes)
        told[trigger] = own
    for own, product, days in ((told["B2-MATURING"], "TD-24M", 15), (told["E4-MATUREDLEFT"], "CD-24M", -4)):
        ends = AS_OF.date() + days * DAY
        row = {"customer_id": own, "product_id": product, "amount": 300_000, "opened_on": "2024-11-06"}
        town.holdings.append({**row, "matures_on": ends.isoformat()})
    for trigger in ("A1-REGISTERED", "J1-FIRSTASSET"):
        town.holdings[:] = [row for row in town.holdings if row["customer_id"] != told[trigger]]
    return told


def _free(town: Town, segment: str, taken: set[str]) -> str:
    return next(own for own, row in town.customers.items() if row["segment"] == segment and own not in taken)


def _new(days: int, **more: Any) -> dict[str, Any]:
    """A customer who registered and opened an account so many days ago."""
    since = AS_OF - days * DAY - HOUR
    return {"registered_at": since.isoformat(), "opened_at": since.isoformat(), "lifecycle": "new"} | more


def _each(count: int, kind: str, amount: float | None, gap: dt.timedelta, **attributes: Any) -> list[tuple[Any, ...]]:
    return [(AS_OF - HOUR - place * gap, kind, amount, attributes) for place in range(count)]


def _one(before: dt.timedelta, kind: str, amount: float | None = None, **attributes: Any) -> list[tuple[Any, ...]]:
    return [(AS_OF - before, kind, amount, attributes)]


_EMPTY = {"demand_balance": 0, "total_assets": 0}
STORIES: Mapping[str, tuple[str, Mapping[str, Any], list[tuple[Any, ...]]]] = {
    "G1-INFLOW": ("affluent", {"name": WORDS["heroine"], "sex": "F", "birth_date": "1968-04-12", "risk_rating": "C3", "demand_balance": 286_000, "tags": "wecom_friend|local"}, _one(dt.timedelta(minutes=12), "transfer_in", 200_000, counterparty="p-17")),
    "A1-REGISTERED": ("new", _EMPTY | {"registered_at": (AS_OF - 30 * HOUR).isoformat(), "opened_at": "", "lifecycle": "new"}, _one(30 * HOUR, "registered")),
    "A2-EMPTY": ("new", _EMPTY | _new(20, city=HOME), []),
    "A3-CLASS2": ("new", _new(150, tags="class_2"), []),
    "A4-BROWSE": ("salary", {}, _each(3, "page_view", None, HOUR, product_type="wealth", page_depth=2, dwell_seconds=40)),
    "A5-WELCOME": ("new", _new(2), []),
    "B1-IDLE": ("senior", {"demand_balance": 128_000, "total_assets": 300_000}, []),
    "B2-MATURING": ("senior", {"demand_balance": 9_000}, []),
    "B3-SALARY": ("salary", {"preferred_channel": "push", "tags": "local", "city": HOME}, _one(HOUR, "salary", 18_600)),
    "B4-PAYDAY": ("salary", {"payday": 12}, []),
    "B5-MONTHEND": ("small_business", {"tags": "month_end_peak|wecom_friend", "demand_balance": 420_000}, []),
    "B6-BIRTHDAY": ("salary", {"birth_date": "1990-11-10"}, []),
    "B6-ANNIVERSARY": ("young_family", {"opened_at": "2021-11-10T10:00:00"}, []),
    "B6-RETURN": ("dormant", {"lifecycle": "lost"}, _one(2 * HOUR, "login", device_id="D-back", new_device=False)),
    "B6-REFERRAL": ("young_family", {}, _one(2 * HOUR, "referral", referred_customer_id="N-1", device_id="D-n1", address="a-1")),
    "B7-TRANSFERS": ("young_family", {}, _each(11, "transfer_out", 400, 2 * DAY, counterparty="p-3")),
    "I8-SALARY": ("salary", {"tags": "wecom_friend", "city": WORDS["cities"][1]}, _one(HOUR / 2, "salary", 15_200)),
    "C1-NOTES": ("senior", {}, []),
    "C1-HOLIDAY": ("affluent", {}, []),
    "C2-DOUBLE11": ("young_family", {}, _each(4, "purchase", 900, 9 * DAY)),
    "C3-AFTER11": ("young_family", {}, _each(3, "purchase", 2_600, DAY)),
    "C4-SURVEY": ("salary", {}, _one(5 * HOUR, "activity_joined", activity_id="ACT-7", mode="online")),
    "C5-WEEKLY": ("salary", {}, []),
    "D1-RESOLVED": ("salary", {}, [*_one(3 * DAY, "complaint_opened", complaint_id="K-1"), *_one(4 * HOUR, "complaint_resolved", complaint_id="K-1")]),
    "D2-COMPLAINTS": ("affluent", {}, [*_one(9 * DAY, "complaint_opened", complaint_id="K-2"), *_one(3 * HOUR, "complaint_opened", complaint_id="K-3")]),
    "D3-SURVEY": ("senior", {}, _one(6 * HOUR, "survey", score=4)),
    "D3-STANDING": ("small_business", {"satisfaction": 5}, []),
    "D4-OUTFLOW": ("affluent", {"demand_balance": 40_000}, _one(HOUR, "transfer_out", 160_000, counterparty="p-90")),
    "K4-ALERT": ("private", {}, _one(4 * DAY, "complaint_opened", complaint_id="K-4")),
    "E1-QUIET15": ("new", _new(17, demand_balance=35), []),
    "E2-QUIET": ("new", _new(30, demand_balance=800), []),
    "E3-DECLINING": ("dormant", {"lifecycle": "declining"}, []),
    "E4-MATUREDLEFT": ("senior", {"demand_balance": 3_000}, _one(2 * DAY, "transfer_out", 290_000, counterparty="p-51")),
    "E5-LOSTREFERS": ("dormant", {"lifecycle": "lost"}, _one(2 * HOUR, "referral", referred_customer_id="N-2", device_id="D-n2", address="a-2")),
    "F1-CHANGES": ("salary", {}, [(AS_OF - place * 5 * DAY - HOUR, "profile_changed", None, {"field": name}) for place, name in enumerate(("mobile", "address", "email"))]),
    "F2-NEWDEVICE": ("private", {"city": HOME}, _one(HOUR, "login", device_id="D-x", new_device=True, city=WORDS["elsewhere"])),
    "F3-HABITS": ("senior", {}, _one(HOUR, "login", device_id="D-y", new_device=False, habit_deviation=0.93)),
    "F4-SPREAD": ("senior", {"demand_balance": 30_000}, [(AS_OF - place * HOUR / 2 - HOUR, "transfer_out", 24_000, {"counterparty": f"p-{70 + place}"}) for place in range(3)]),
    "F5-IDCARD": ("senior", {"id_expires_on": (AS_OF.date() + 10 * DAY).isoformat()}, []),
    "J1-BINDCARD": ("new", _new(3), []),
    "J1-FIRSTASSET": ("new", _new(45), _one(30 * DAY, "card_bound")),
    "J2-STATE": ("new", _new(60), []),
    "J4-UNOPENED": ("new", _new(50), _one(49 * HOUR, "touch_sent", channel="push")),
    "J4-CLICKED": ("new", _new(70), [*_one(28 * HOUR, "touch_sent", channel="push"), *_one(25 * HOUR, "touch_clicked", channel="push")]),
}  # fmt: skip
"""Trigger: the segment that it befalls, what differs about the customer, what happened."""
OTHER_DAYS: Mapping[str, dt.datetime] = {
    "B5-MONTHEND": dt.datetime(2026, 11, 30, 10, 30),
    "C1-NOTES": dt.datetime(2027, 1, 25, 10, 30),
    "C1-HOLIDAY": dt.datetime(2027, 1, 25, 10, 30),
    "C3-AFTER11": dt.datetime(2026, 11, 12, 10, 30),
    "C5-WEEKLY": dt.datetime(2026, 11, 16, 10, 30),
}
"""Triggers of the season: the moment at which they fire."""


def moments() -> Iterator[dt.datetime]:
    """Every moment at which some trigger of the playbook fires in the town."""
    yield from dict.fromkeys((AS_OF, *OTHER_DAYS.values()))
