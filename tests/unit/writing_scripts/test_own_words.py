"""A manager's own words: held to the script's own law, their figures proved anew, the rest of the call left in peace."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.script import Script
from assistant.domain.values import LOCALES, Locale
from assistant.playbook.record import Record
from assistant.writing.scripts.own_words import Spoken
from eval.script_cases import record

OWNER = "relationship_manager"


def written(desk: Desk, trigger: str, locale: Locale, mood: str = "", age: int = 40) -> tuple[Record, Script]:
    made = record(desk.pack, desk.pack.triggers[trigger], age, "online", mood, locale)
    return made, desk.told_by_lines.write(made, trigger, locale)


def heard(desk: Desk, made: Record, script: Script, place: int, text: str, **more: Any) -> Spoken:
    return desk.own_words.check(made, made.actions[0], script, {place: text, **more.get("beside", {})}, place)


def part(script: Script, kind: str, n: int = 0) -> int:
    return [place for place, one in enumerate(script.sections) if one.kind == kind][n]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_script_with_a_friendly_word_more_is_still_lawful_in_every_part(desk: Desk, locale: Locale) -> None:
    more = {"en": " I am listening.", "zh-Hans": "您慢慢说。", "zh-Hant": "您慢慢說。"}[locale]
    calls = [one for one in desk.pack.triggers.values() if one.action == "call" and one.owner == OWNER]
    assert len(calls) > 5
    for trigger in calls:
        made, script = written(desk, trigger.id, locale)
        assert script.verdict == "pass", trigger.id
        for place, section in enumerate(script.sections):
            found = heard(desk, made, script, place, section.text + more)
            told = [(one.rule, one.text) for one in found.checked.findings]
            assert told == [], (trigger.id, section.kind, section.text)
            assert [one.text for one in found.checked.claims if one.status != "bound"] == []


def test_a_promise_is_blocked_where_it_stands(desk: Desk) -> None:
    made, script = written(desk, "G1-INFLOW", "zh-Hans")
    text = "这款产品保本保息，稳赚不赔。"
    found = heard(desk, made, script, part(script, "plan"), text).checked
    assert found.verdict == "block"
    assert any(text[one.start : one.end] == one.text and one.text for one in found.findings)


def test_another_rate_is_contradicted_and_the_right_one_is_proved(desk: Desk) -> None:
    made, script = written(desk, "G1-INFLOW", "zh-Hans")
    place = part(script, "plan", 2)
    for rate, status in (("2.2%", "bound"), ("3.5%", "contradicted")):
        found = heard(desk, made, script, place, f"云渚两年定期存款，年利率{rate}。").checked
        assert status in [one.status for one in found.claims if one.kind == "rate"], rate
    assert found.verdict == "block"


def test_the_customers_own_sum_may_be_said_in_another_sentence_and_no_other_sum(desk: Desk) -> None:
    made, script = written(desk, "G1-INFLOW", "zh-Hans")
    place = next(n for n, one in enumerate(script.sections) if "二十六万元" in one.text)
    found = heard(desk, made, script, place, "我看到您的账户进了二十六万元，想先听听您的打算。").checked
    assert (found.verdict, [one.status for one in found.claims]) == ("pass", ["bound"])
    found = heard(desk, made, script, place, "我看到您的账户进了二十九万元，想先听听您的打算。").checked
    assert "bound" not in [one.status for one in found.claims]


def test_a_part_that_the_law_asks_for_is_missed(desk: Desk) -> None:
    """Without the question whether the customer has a moment the whole call is at fault, not the sentence alone."""
    made, script = written(desk, "G1-INFLOW", "zh-Hans")
    found = heard(desk, made, script, part(script, "opening"), "您好。").checked
    assert found.verdict != "pass" and {(one.start, one.end) for one in found.findings} == {(0, 0)}


def test_nothing_is_sold_in_a_care_call(desk: Desk) -> None:
    made, script = written(desk, "D2-COMPLAINTS", "zh-Hans")
    found = heard(desk, made, script, part(script, "care"), "我们的云渚两年定期存款年利率2.2%。").checked
    assert "HOUSE-CARE" in {one.rule for one in found.findings}


def test_an_answer_to_an_objection_is_checked_and_takes_no_time_of_the_call(desk: Desk) -> None:
    made, script = written(desk, "G1-INFLOW", "en", age=40)
    place = part(script, "objection")
    found = heard(desk, made, script, place, "It is completely risk-free and guaranteed to beat any deposit. " * 4)
    assert found.checked.verdict == "block" and found.seconds == script.spoken_seconds


def test_longer_words_make_a_longer_call(desk: Desk) -> None:
    made, script = written(desk, "G1-INFLOW", "zh-Hans")
    place = part(script, "discovery")
    assert heard(desk, made, script, place, script.sections[place].text * 3).seconds > script.spoken_seconds
