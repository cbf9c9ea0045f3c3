"""A made-up town of customers with eighteen months of events; the same seed makes the same town."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

AS_OF = dt.datetime(2026, 11, 10, 10, 30)
"""A Tuesday morning: the moment up to which the town has lived."""
MONTHS = 18
WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
MANAGERS: dict[str, list[str]] = WORDS["managers"]
HOME: str = WORDS["cities"][0]
_SURNAMES, _GIVEN = WORDS["surnames"], WORDS["given"].split()
_CITIES = (HOME, HOME, *WORDS["cities"])
_SEGMENTS = {
    "salary": 150,
    "affluent": 60,
    "private": 20,
    "senior": 80,
    "young_family": 70,
    "small_business": 60,
    "new": 30,
    "dormant": 30,
}
_AGES = {
    "salary": (23, 59),
    "affluent": (32, 70),
    "private": (38, 75),
    "senior": (58, 84),
    "young_family": (27, 43),
    "small_business": (28, 62),
    "new": (18, 70),
    "dormant": (22, 78),
}
_BALANCE = {
    "salary": 12_000,
    "affluent": 90_000,
    "private": 400_000,
    "senior": 40_000,
    "young_family": 15_000,
    "small_business": 60_000,
    "new": 800,
    "dormant": 300,
}
_PRODUCTS = {"salary": ("TD-12M", "WM-CASH", "WM-30D"), "affluent": ("WM-180D", "TD-24M", "CD-24M", "WM-365D"), "private": ("WM-720D", "CD-36M", "WM-EQ-H"), "senior": ("TD-24M", "TD-36M", "TD-12M"), "young_family": ("WM-CASH", "RS-12M", "TD-6M"), "small_business": ("ND-7D", "WM-CASH", "TD-6M"), "new": (), "dormant": ("TD-12M",)}  # fmt: skip
_YEARS = {
    "TD-6M": 0.5,
    "TD-12M": 1,
    "TD-24M": 2,
    "TD-36M": 3,
    "CD-24M": 2,
    "CD-36M": 3,
    "WM-180D": 0.5,
    "WM-365D": 1,
    "WM-720D": 2,
    "WM-EQ-H": 2,
    "WM-30D": 0.08,
    "RS-12M": 1,
}


@dataclass
class Town:
    """The three tables as rows, and who may still be given a story of their own."""

    customers: dict[str, dict[str, Any]] = field(default_factory=dict)
    holdings: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def happen(self, customer: str, at: dt.datetime, kind: str, amount: float | None = None, **attributes: Any) -> None:
        """One more event."""
        row = {"event_id": "", "customer_id": customer, "at": at.isoformat(), "kind": kind, "amount": amount}
        self.events.append({**row, "attributes": json.dumps(attributes, ensure_ascii=False) if attributes else ""})

    def sorted(self) -> None:
        """Put the events in order and number them."""
        self.events.sort(key=lambda row: (row["at"], row["customer_id"], row["kind"]))
        for place, row in enumerate(self.events, 1):
            row["event_id"] = f"E{place:06d}"


def build(seed: int = 7) -> Town:
    """The everyday life of five hundred people."""
    draw, town = random.Random(seed), Town()
    place = 0
    for segment, count in _SEGMENTS.items():
        for _ in range(count):
            place += 1
            own = f"C{place:04d}"
            town.customers[own] = _customer(draw, own, segment)
            _live(draw, town, own)
            _hold(draw, town, own)
    return town


def _customer(draw: random.Random, own: str, segment: str) -> dict[str, Any]:
    age = draw.randint(*_AGES[segment])
    birth = dt.date(AS_OF.year - age, draw.randint(1, 10), draw.randint(1, 28))
    opened = AS_OF - dt.timedelta(days=draw.randint(200, 2900), hours=draw.randint(0, 9))
    assessed = AS_OF - dt.timedelta(days=draw.randint(20, 330) if draw.random() < 0.8 else draw.randint(380, 700))
    balance = round(_BALANCE[segment] * draw.uniform(0.3, 1.8), 2)
    lifecycle = {"new": "new", "dormant": draw.choice(("lost", "declining"))}.get(segment, "active")
    tags = [
        tag for tag, part in (("local", 0), ("wecom_friend", 0.5), ("price_sensitive", 0.08)) if draw.random() < part
    ]
    city = draw.choice(_CITIES)
    tags += ["local"] if city == HOME else []
    return {
        "customer_id": own,
        "name": draw.choice(_SURNAMES) + draw.choice(_GIVEN),
        "sex": draw.choice("FM"),
        "birth_date": birth.isoformat(),
        "city": city,
        "segment": segment,
        "risk_rating": draw.choices(("C1", "C2", "C3", "C4", "C5"), (10, 30, 35, 18, 7))[0],
        "risk_assessed_at": assessed.date().isoformat(),
        "risk_assessed_by": draw.choice(("counter", "online", "online")),
        "lifecycle": lifecycle,
        "demand_balance": balance,
        "total_assets": round(balance * draw.uniform(1.0, 4.0), 2),
        "tags": "|".join(tags),
        "preferred_channel": draw.choice(("sms", "push", "in_app", "wecom")),
        "marketing_consent": "true" if draw.random() < 0.9 else "false",
        "rm_id": draw.choice(list(MANAGERS)),
        "registered_at": (opened - dt.timedelta(hours=draw.randint(0, 20))).isoformat(),
        "opened_at": opened.isoformat(),
        "payday": draw.choice((5, 8, 10, 15, 20, 25)) if segment in ("salary", "young_family") else "",
        "id_expires_on": (AS_OF.date() + dt.timedelta(days=draw.randint(60, 5000))).isoformat(),
        "satisfaction": draw.choice((7, 8, 8, 9, 9, 10)),
        "risk_light": "green",
        "trusted_contact": "",
        "locale": "zh-Hans",
        "market": "cn",
    }


def _live(draw: random.Random, town: Town, own: str) -> None:
    """Pay, purchases, logins and transfers, as often as such a customer has them."""
    row = town.customers[own]
    quiet = row["segment"] == "dormant"
    for day in _days(draw, 0.02 if quiet else 0.05):
        if quiet and day > AS_OF - dt.timedelta(days=70):
            continue
        kind = draw.choices(("purchase", "login", "transfer_out", "transfer_in", "page_view"), (5, 4, 1, 1, 1))[0]
        if kind == "purchase":
            town.happen(own, day, kind, round(draw.uniform(12, 900), 2))
        elif kind == "login":
            town.happen(own, day, kind, device_id=f"D-{own}", new_device=False, city=row["city"])
        elif kind == "page_view":
            types = ("wealth", "term_deposit", "fund", "credit_card")
            town.happen(
                own, day, kind, product_type=draw.choice(types), page_depth=1, dwell_seconds=draw.randint(4, 25)
            )
        else:
            party = draw.choice(("self", f"p-{draw.randint(1, 400)}"))
            town.happen(own, day, kind, round(draw.uniform(1_200, 9_000), 2), counterparty=party)
    if row["payday"]:
        pay = draw.uniform(6_000, 26_000)
        for month in _months():
            town.happen(own, month.replace(day=row["payday"], hour=9, minute=5), "salary", round(pay, 2))


def _hold(draw: random.Random, town: Town, own: str) -> None:
    for product in _PRODUCTS[town.customers[own]["segment"]]:
        if draw.random() < 0.45:
            opened = AS_OF.date() - dt.timedelta(days=draw.randint(20, 500))
            years = _YEARS.get(product)
            ends = opened + dt.timedelta(days=int(365 * years)) if years else None
            while ends and ends <= AS_OF.date() + dt.timedelta(days=45):
                # What fell due in the meantime was renewed.
                ends += dt.timedelta(days=int(365 * (years or 1)))
            amount = draw.randint(2, 40) * 5_000
            row = {"customer_id": own, "product_id": product, "amount": amount, "opened_on": opened.isoformat()}
            town.holdings.append({**row, "matures_on": ends.isoformat() if ends else ""})


def _days(draw: random.Random, rate: float) -> Iterator[dt.datetime]:
    """Days of the past at random, none of the last three, so that stories stand out."""
    for back in range(MONTHS * 30, 3, -1):
        if draw.random() < rate:
            yield (AS_OF - dt.timedelta(days=back)).replace(hour=draw.randint(8, 21), minute=draw.randint(0, 59))


def _months() -> Iterator[dt.datetime]:
    for back in range(MONTHS, 0, -1):
        month = AS_OF.month - 1 - back
        yield dt.datetime(AS_OF.year + month // 12, month % 12 + 1, 1)
