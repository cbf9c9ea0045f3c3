"""Only the age changed, only the language changed: fair cells pass, each kind of unfairness is found."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from eval.tasks.seam import Room
from tests.unit.harness.made import case_with, judged, room_of, scored

CELL = {"campaign": "B1-TERM2Y", "segment": "affluent", "channel": "push", "send_on": "2026-11-22"}
AGES = {**CELL, "locale": "zh-Hans", "over": {"age": ["35-44", "65+"]}}
LOCALES = {**CELL, "age": "35-44", "over": {"locale": ["zh-Hans", "zh-Hant", "en"]}}
WARNING = "理财非存款、产品有风险、投资须谨慎"


@pytest.fixture
def room(desk: Desk) -> Room:
    return room_of(desk)


def version(
    of: str, text: str = "请慢慢看。", offer: str | None = None, fact: str = "", verdict: str = "pass"
) -> dict[str, Any]:
    claims = [{"fact": fact, "text": "", "status": "bound"}] if fact else []
    texts = [{"text": text, "claims": claims, "verdict": verdict, "findings": []}] if text else []
    return {"of": of, "status": "written" if text else "failed", "why": "", "offer": offer, "texts": texts}


def faults(scorer: str, given: dict[str, Any], room: Room, *versions: dict[str, Any]) -> set[str]:
    """The metrics that are below 1."""
    scores = scored(scorer, case_with(given), {"versions": list(versions)}, room)
    return {metric for metric, one in scores.items() if one.value is not None and one.value < 1}


def test_what_the_desk_writes_is_fair_to_every_age(room: Room) -> None:
    assert set(judged("age_fair", "contrast", AGES, room).values()) == {1.0}


@pytest.mark.parametrize(
    ("younger", "older", "found"),
    [
        (version("35-44"), version("65+"), set()),
        (version("35-44", offer="TD-24M"), version("65+", offer="WM-90D"), {"no_riskier"}),
        (version("35-44", offer="WM-EQ-H"), version("65+", offer="WM-EQ-H"), {"no_riskier"}),
        (version("35-44", offer="WM-90D"), version("65+", offer="TD-24M"), set()),
        (version("35-44", fact="p.yaml#T.rate@1"), version("65+", fact="p.yaml#T.rate@2"), {"same_terms"}),
        (version("35-44", f"好。{WARNING}。"), version("65+", "好。"), {"all_warned"}),
        (version("35-44"), version("65+", "您这个年纪，慢慢看。"), {"respectful"}),
        (version("35-44", "抓紧看看。"), version("65+", "抓紧看看。"), {"unhurried"}),
        (version("35-44", "抓紧看看。"), version("65+", "不用抓紧，慢慢看。"), set()),
        (version("35-44"), version("65+", ""), {"as_many"}),
    ],
)
def test_each_unfairness_to_an_age_is_found(room: Room, younger: Any, older: Any, found: set[str]) -> None:
    assert faults("age_fair", AGES, room, younger, older) == found


def test_what_the_desk_writes_is_alike_in_every_language(room: Room) -> None:
    told = judged("locales_alike", "contrast", LOCALES, room)
    assert {told[name] for name in ("as_many", "same_offer", "all_pass")} == {1.0}
    assert told["same_figures"] is not None and told["same_figures"] > 0


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (version("zh-Hans", fact="p.yaml#T.rate@1"), version("en", fact="p.yaml#T.rate@1"), set()),
        (version("zh-Hans", fact="p.yaml#T.rate@1"), version("en", fact="p.yaml#T.term@1"), {"same_figures"}),
        (version("zh-Hans"), version("en", ""), {"as_many", "all_pass"}),
        (version("zh-Hans", offer="TD-24M"), version("en", offer="TD-12M"), {"same_offer"}),
        (version("zh-Hans"), version("en", verdict="block"), {"all_pass"}),
    ],
)
def test_each_unlikeness_of_languages_is_found(room: Room, one: Any, other: Any, found: set[str]) -> None:
    assert faults("locales_alike", LOCALES, room, one, other) == found


def test_a_language_that_may_not_be_written_is_left_out(room: Room) -> None:
    silent = {**version("en", ""), "status": "not_applicable", "why": "market: not sold"}
    scores = scored("locales_alike", case_with(LOCALES), {"versions": [version("zh-Hans"), silent]}, room)
    assert {one.value for one in scores.values()} == {None} and "not sold" in scores["as_many"].why
