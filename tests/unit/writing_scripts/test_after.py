"""The message after a call: by its outcome, over the channel that reaches the customer, lawful there; often none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.script import FollowUp
from assistant.domain.values import Locale
from assistant.playbook.actions import Outcome
from assistant.writing.scripts.after import FollowUps, first_moment
from eval.after_sweep import after_faults, follow_ups
from eval.script_cases import record


def test_messages_after_calls_of_every_kind_are_lawful_where_they_go(desk: Desk) -> None:
    found = list(follow_ups(desk.follow_ups, 41))
    assert [f"{one[0]}: {fault}" for one in found for fault in after_faults(one)] == []
    assert sum(bool(one[-1].text) for one in found) > 60


def after(
    desk: Desk, outcome: Outcome, trigger: str = "G1-INFLOW", locale: Locale = "zh-Hans", mood: str = "", **who: Any
) -> FollowUp:
    made = record(desk.pack, desk.pack.triggers[trigger], 40, "online", mood, locale)
    made = replace(made, locale=locale, standing=replace(made.standing, **who))
    return FollowUps(desk.told_by_lines).of(made, made.actions[0], outcome)


def test_an_interested_customer_gets_the_warnings_of_what_was_offered(desk: Desk) -> None:
    message = after(desk, "interested", tags=frozenset())
    assert (message.channel, message.purpose, message.verdict) == ("sms", "sales", "pass")
    assert message.text.startswith("【云渚银行】") and message.text.endswith("拒收请回复R")
    assert "理财非存款" in message.text


def test_who_refused_gets_thanks_that_sell_nothing_even_without_consent(desk: Desk) -> None:
    message = after(desk, "refused", tags=frozenset(), consent=False)
    assert message.purpose == "care" and "拒收" not in message.text and "理财" not in message.text


@pytest.mark.parametrize(
    ("outcome", "who", "why"),
    [
        ("do_not_contact", {}, "nothing is sent"),
        ("complaint", {}, "nothing is sent"),
        ("interested", {"consent": False}, "not agreed"),
        ("interested", {"silences": ("risk_light",)}, "risk_light"),
        ("interested", {"touches": {"push": 5}}, "5 touches"),
    ],
)
def test_nothing_is_sent_where_nothing_may_be(desk: Desk, outcome: Outcome, who: dict[str, Any], why: str) -> None:
    message = after(desk, outcome, **who)
    assert not message.text and message.line() is None and why in message.why


def test_a_channel_that_was_used_enough_gives_way_to_the_next(desk: Desk) -> None:
    assert after(desk, "reached").channel == "wecom"
    assert after(desk, "reached", touches={"wecom": 2}).channel == "sms"
    assert after(desk, "reached", preferred="sms").channel == "sms"


def test_an_action_that_is_no_call_has_no_message_after_it(desk: Desk) -> None:
    assert "no call" in after(desk, "reached", "B1-IDLE").why


def test_after_a_call_about_safety_the_message_says_where_to_ring_and_sells_nothing(desk: Desk) -> None:
    message = after(desk, "no_answer", "F4-SPREAD", consent=False, silences=("fraud_question",))
    assert message.purpose == "care" and message.verdict == "pass" and "400-555-0135" in message.text


@pytest.mark.parametrize(
    ("at", "sent"),
    [("2026-11-10T20:59", "2026-11-10T20:59"), ("2026-11-10T21:00", "2026-11-11T08:00"), ("2026-11-10T07:10", "2026-11-10T08:00")],
)  # fmt: skip
def test_a_message_waits_for_the_end_of_the_quiet_hours(desk: Desk, at: str, sent: str) -> None:
    sms = desk.pack.channels["sms"]
    assert first_moment(sms, dt.datetime.fromisoformat(at)) == dt.datetime.fromisoformat(sent)
