"""A town whose managers have calls to make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from tests.unit.playbook.test_scan import INFLOW
from tests.unit.playbook.town import populate
from tests.unit.ui.calls_town import NOW, PAYLOAD


@pytest.fixture
def town(desk: Desk, tmp_path: Path) -> Desk:
    """Three calls of RM1, one of them to a customer with a wicked name, and one of RM2."""
    people: dict[str, dict[str, Any]] = {
        "C1": {"rm_id": "RM1", "name": "李敏"}, "C2": {"rm_id": "RM1", "name": PAYLOAD, "tags": PAYLOAD[:20]},
        "C3": {"rm_id": "RM1", "name": "Ann Li", "locale": "en", "risk_assessed_at": "2024-05-01"},
        "C4": {"rm_id": "RM2", "name": "王强"},
    }  # fmt: skip
    cases = [{**INFLOW, "id": own, "customer": {"locale": "zh-Hans", **who}} for own, who in people.items()]
    cases[0]["events"] = [*cases[0]["events"], {"at": "2026-11-09T09:00:00", "kind": "touch_sent",
                          "attributes": {"channel": "push"}}]  # fmt: skip
    populate(tmp_path / "data", cases)
    (tmp_path / "data" / "managers.csv").write_text("rm_id,name\nRM1,林悦\nRM2,陈玉\n", encoding="utf-8")
    desk.settings = desk.settings.over(data=str(tmp_path / "data"))
    desk.actions.scan(tmp_path / "data", NOW)
    return desk
