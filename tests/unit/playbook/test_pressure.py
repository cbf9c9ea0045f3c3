"""How often customers were spoken to is told by channel and in all, beside the policy's limits, and of nobody."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from assistant.domain.pack import Pack
from assistant.errors import FileError, InputError
from assistant.playbook.pressure import pressure

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
"""Ten in the morning where the bank is; the policy's window is seven days, its limit five, two by text message."""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    (tmp_path / "customers.csv").write_text("customer_id\n" + "".join(f"C{n}\n" for n in range(20)))
    (tmp_path / "holdings.csv").write_text("customer_id,product_id\n")
    events = [(f"C{n}", "2026-11-22T09:00:00", "touch_sent", "sms", k) for n in range(6) for k in range(2)]
    events += [(f"C{n}", "2026-11-17T09:00:00", "touch_sent", "push", k) for n in range(5) for k in range(3)]
    events += [
        ("C19", "2026-11-16T09:00:00", "touch_sent", "sms", 0),
        ("C18", "2026-11-22T09:00:00", "login", "sms", 0),
    ]
    events += [
        ("NOBODY", "2026-11-22T09:00:00", "touch_sent", "sms", 0),
        ("C17", "2026-11-24T09:00:00", "touch_sent", "sms", 0),
    ]
    with (tmp_path / "events.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("event_id", "customer_id", "at", "kind", "amount", "attributes"))
        for own, at, kind, channel, k in [*events, events[0]]:
            rows.writerow((f"{own}-{at}-{channel}-{k}", own, at, kind, "", json.dumps({"channel": channel})))
    return tmp_path


def test_touches_of_the_window_count_once_by_channel_and_in_all(bank: Pack, town: Path) -> None:
    found = pressure(bank, town, NOW)
    assert (found.customers, found.days) == (20, 7)
    sms, push = found.channels["sms"], found.channels["push"]
    assert (sms.touches, sms.customers, sms.limit, sms.at_limit) == (12, 6, 2, 6)
    assert (push.touches, push.customers, push.limit, push.at_limit) == (15, 5, 3, 5)
    assert (found.in_all.touches, found.in_all.customers, found.in_all.limit, found.in_all.at_limit) == (27, 6, 5, 5)
    assert found.spread == (14, 0, "<5", 0, 0, 5), "the one with two touches is told as few"


def test_few_customers_are_told_as_few(bank: Pack, town: Path) -> None:
    found = pressure(bank, town, NOW - dt.timedelta(days=6))
    assert found.channels["sms"].customers == "<5" and found.channels["sms"].touches == "<5"
    assert found.channels["sms"].at_limit == 0
    assert "C19" not in str(found)


def test_customers_who_are_nowhere_are_told_with_the_mend(bank: Pack, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="COPYDESK_DATA"):
        pressure(bank, None, NOW)
    with pytest.raises(FileError):
        pressure(bank, tmp_path / "nowhere", NOW)
