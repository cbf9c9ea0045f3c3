"""Posted events beside the tables: what is in both counts once, and a batch leads to what its events lead to alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.pack import Pack
from assistant.playbook.live import Live
from assistant.playbook.scan import History
from tests.unit.playbook.test_scan import NOW
from tests.unit.playbook.town import populate

OUT = {"at": "2026-11-10T10:20:00", "kind": "transfer_out", "amount": 30_000, "event_id": "out"}
CUSTOMERS = ("C1", "C2", "C3")


@pytest.fixture
def live(bank: Pack, tmp_path: Path) -> Live:
    """Three customers from whose accounts 30,000 went out ten minutes ago: half the balance, and not over 50,000."""
    populate(tmp_path, [{"id": own, "as_of": NOW.isoformat(), "events": [OUT]} for own in CUSTOMERS])
    return Live(bank, tmp_path, NOW)


def posted(own: str, name: str, **more: Any) -> dict[str, Any]:
    row = {"event_id": f"{own}-{name}", "customer_id": own, "at": NOW, "kind": "transfer_out", "amount": 30_000}
    return {**row, "attributes": {}, **more}


def test_an_event_that_the_tables_hold_already_counts_once(live: Live) -> None:
    again, fresh = posted("C1", "out"), posted("C1", "more")
    assert "D4-OUTFLOW" not in {one.trigger for one in live.actions([again], [], History())}
    assert "D4-OUTFLOW" in {one.trigger for one in live.actions([fresh], [], History())}


def test_a_batch_leads_to_what_its_events_lead_to_alone(live: Live) -> None:
    inflow = {"kind": "transfer_in", "amount": 300_000, "at": NOW - dt.timedelta(minutes=1)}
    events = [posted("C1", "more"), posted("C2", "in", **inflow), posted("C3", "look", kind="page_view", amount=None)]
    alone = [one.action_id for event in events for one in live.actions([event], [], History())]
    assert sorted(one.action_id for one in live.actions(events, [], History())) == sorted(alone)
    assert len(alone) >= 2


def test_who_is_in_the_tables_is_known(live: Live) -> None:
    assert live.knows(["C1", "C9"]) == {"C1"}
