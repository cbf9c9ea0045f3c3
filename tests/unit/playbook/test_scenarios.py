"""Every scenario at, just under and just over its threshold and its window; the cases stand in scenarios.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml

from assistant.domain.action import Action
from assistant.domain.pack import Pack
from tests.unit.playbook.town import HERE, cases, scanned

CASES = [*cases("scenarios.yaml"), *cases("hundred_days.yaml")]
OTHERS = yaml.safe_load((HERE / "scenarios.yaml").read_text(encoding="utf-8"))
DAYS = {case["id"]: case for case in OTHERS["any_of"]}


@pytest.fixture(scope="module")
def town(bank: Pack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Action]]:
    """All actions of all cases."""
    return scanned(bank, tmp_path_factory.mktemp("town"), [*CASES, *OTHERS["not_sent"]])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_scenario_fires_where_its_words_say_so(case: dict[str, Any], town: dict[str, list[Action]]) -> None:
    found = {action.scenario for action in town[case["id"]]}
    assert (case["scenario"] in found) == case["fires"], f"{case['why']}; found {sorted(found)}"


@pytest.mark.parametrize("case", OTHERS["not_sent"], ids=[case["id"] for case in OTHERS["not_sent"]])
def test_a_scenario_sends_nothing(case: dict[str, Any], town: dict[str, list[Action]]) -> None:
    sent = [one for one in town[case["id"]] if one.scenario == case["scenario"] and one.suppressed is None]
    assert not sent, case["why"]


@pytest.mark.parametrize("own", DAYS)
def test_a_weekly_scenario_fires_on_one_of_seven_days(
    own: str, bank: Pack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = DAYS[own]
    for place, as_of in enumerate(case["as_of_any"]):
        assert dt.datetime.fromisoformat(as_of)
        found = scanned(bank, tmp_path_factory.mktemp(f"day{place}"), [{**case, "as_of": as_of}])
        if any(one.scenario == case["scenario"] for one in found[own]):
            return
    pytest.fail(f"{case['scenario']} fires on no day: {case['why']}")


def test_every_trigger_of_the_pack_belongs_to_a_scenario_that_is_tested(bank: Pack) -> None:
    told = {case["scenario"] for case in [*CASES, *OTHERS["any_of"], *OTHERS["not_sent"]]}

    assert {trigger.scenario for trigger in bank.triggers.values()} <= told
