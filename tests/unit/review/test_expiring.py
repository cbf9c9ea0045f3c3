"""What was approved for a campaign ends with it: not the day before, not on its last day, but the day after."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.catalogue import Campaign, Run
from assistant.domain.item import Item
from assistant.review.expiring import over
from tests.unit.review.moves import CHECKER, MAKER, do, ids

LAST = dt.date(2026, 12, 31)
SHANGHAI = dt.timezone(dt.timedelta(hours=8))


def ending(desk: Desk, **period: Any) -> Campaign:
    """Have the campaign that the desk has written for end."""
    campaign = desk.pack.campaigns["B1-TERM2Y"].model_copy(update={"period": Run.model_validate(period)})
    campaigns = {**desk.pack.campaigns, campaign.id: campaign}
    desk.renew(dataclasses.replace(desk.pack, campaigns=campaigns), desk.engine)
    return campaign


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), SHANGHAI)


@pytest.fixture
def texts(written: Desk) -> dict[str, str]:
    """A text in each state that a text can be in on its way, by the state."""
    own = ids(written)[:4]
    for one in own[1:]:
        do(written, one, "submit", MAKER)
    for one in own[2:]:
        do(written, one, "approve", CHECKER)
    do(written, own[3], "release", MAKER)
    return dict(zip(("draft", "submitted", "approved", "released"), own, strict=True))


def states(desk: Desk, texts: dict[str, str]) -> dict[str, str]:
    with desk.shelf.book() as book:
        found: dict[str, Item] = book.items(list(texts.values()))
    return {name: found[own].state for name, own in texts.items()}


def test_approvals_end_the_day_after_the_campaigns_last_day(written: Desk, texts: dict[str, str]) -> None:
    ending(written, **{"from": dt.date(2026, 1, 1), "until": LAST})
    for day in (LAST - dt.timedelta(days=1), LAST):
        assert written.expiring.expire(noon(day)) == []
    assert states(written, texts) == {name: name for name in texts}
    done = written.expiring.expire(noon(LAST + dt.timedelta(days=1)))
    assert sorted(done) == sorted((texts["approved"], texts["released"]))
    assert states(written, texts) == {
        "draft": "draft", "submitted": "submitted", "approved": "expired", "released": "expired",
    }  # fmt: skip
    rows = list(written.audit.rows(subject=f"item:{texts['released']}"))
    assert (rows[-1].who, rows[-1].act, rows[-1].body["from"]) == ("desk", "expire", "released")
    assert written.expiring.expire(noon(LAST + dt.timedelta(days=2))) == []


def test_the_day_is_the_institutions_own(written: Desk, texts: dict[str, str]) -> None:
    ending(written, **{"from": dt.date(2026, 1, 1), "until": LAST})
    assert written.expiring.due(dt.datetime(2026, 12, 31, 15, 59, tzinfo=dt.UTC)) == []
    assert len(written.expiring.due(dt.datetime(2026, 12, 31, 16, 0, tzinfo=dt.UTC))) == 2


def test_a_desk_that_starts_ends_them(written: Desk, texts: dict[str, str]) -> None:
    ending(written, **{"from": dt.date(2026, 1, 1), "until": LAST})
    assert written.begin(noon(LAST)) == []
    assert written.begin(noon(LAST + dt.timedelta(days=1))) == ["2 text(s) expired: their campaign is over."]


def test_a_campaign_without_an_end_keeps_its_approvals(written: Desk, texts: dict[str, str]) -> None:
    ending(written, **{"from": dt.date(2026, 1, 1)})
    assert written.expiring.expire(noon(dt.date(2036, 1, 1))) == []


@pytest.mark.parametrize(
    ("written_for", "today", "ended"),
    [
        ("2026-11-05", "2026-11-10", False),
        ("2026-11-05", "2026-11-11", False),
        ("2026-11-05", "2026-11-12", True),
        ("2026-11-05", "2027-10-25", True),
        ("2026-06-01", "2026-07-01", False),
    ],
)
def test_a_yearly_campaign_is_over_for_the_texts_of_its_year(
    written: Desk, written_for: str, today: str, ended: bool
) -> None:
    yearly = ending(written, **{"from": "10-20", "until": "11-11", "recurs": "yearly"})
    assert over(yearly, dt.date.fromisoformat(written_for), dt.date.fromisoformat(today)) is ended


def test_a_campaign_that_was_extended_or_moved_keeps_its_texts_while_it_runs(written: Desk) -> None:
    moved = ending(written, **{"from": dt.date(2027, 2, 1), "until": dt.date(2027, 2, 28)})
    told = [over(moved, dt.date(2026, 11, 23), dt.date(2027, month, 1)) for month in (1, 2, 3)]
    assert told == [False, False, True]
