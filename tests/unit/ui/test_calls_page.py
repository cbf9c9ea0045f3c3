"""The calls without a browser: whose calls are seen, what stands on them, and an outcome that is logged once."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.action import Outcome
from assistant.domain.plan import Part
from assistant.domain.values import LOCALES, Locale
from assistant.errors import Refused, UnknownId
from tests.unit.ui.calls_town import LEA, NOW, PAYLOAD, call_of, caller, page, page_order, text
from ui.calls.given import Away, Came, Look, Picked, Said, Spoken
from ui.calls.laid import laid
from ui.calls.outcome import OUTCOMES
from ui.calls.plan import plan
from ui.calls.rows import SHOWN, drawn
from ui.calls.times import clock, moment
from ui.calls.waiting import Queue, waiting
from ui.words import words_of


def test_a_manager_sees_their_own_calls_with_the_time_that_is_left(town: Desk) -> None:
    answer = page(town).look(caller(), Look(view="team"))
    queue = text(answer, "queue")
    assert answer["view"] == "mine" and answer["overdue"] == 0 and answer["turns"] == 7 * 3600
    assert re.findall(r'data-of="(\w+)"', queue) == [one.action_id for one in page_order(town)]
    assert "李敏" in queue and "王强" not in queue and 'data-left="1200"' in queue and "due 10:50" in queue
    assert text(answer, "team") == "" and "3 calls" in queue


def test_a_lead_sees_the_team_with_the_overdue_first_and_their_own_on_demand(town: Desk) -> None:
    late = call_of(town, "C4").model_copy(update={"action_id": "f" * 16, "due_at": NOW - dt.timedelta(minutes=4)})
    town.actions.store.merge([late])
    answer = page(town).look(caller(LEA), Look())
    queue = text(answer, "queue")
    assert answer["view"] == "team" and answer["overdue"] == 1 and "1 overdue · 5 calls" in queue
    assert re.findall(r'data-of="(\w+)"', queue)[0] == "f" * 16 and 'data-left="-240" data-late="1"' in queue
    assert "陈玉" in queue and "林悦" in text(answer, "team")
    mine = page(town).look(caller(LEA), Look(view="mine"))
    assert mine["view"] == "mine" and "李敏" not in text(mine, "queue") and "王强" in text(mine, "queue")
    some = page(town).look(caller(LEA, "RM2"), Look(view="team"))
    assert "李敏" not in text(some, "queue")
    assert "team" not in page(town).look(caller(LEA), Look(again=True))["regions"]


def test_outside_the_managers_hours_the_time_stands_still_and_says_so(town: Desk) -> None:
    answer = page(town).look(caller(at=NOW.replace(hour=8, minute=0)), Look())
    assert 'data-running="0"' in text(answer, "queue") and "paused" in text(answer, "queue")
    assert answer["turns"] == 3600 and 'data-left="6600"' in text(answer, "queue")


def test_nobody_to_call_is_told_with_what_comes_next(desk: Desk) -> None:
    assert "Nobody is to be called" in text(page(desk).look(caller(), Look()), "queue")
    assert "next scan" in text(page(desk).look(caller(LEA), Look()), "queue")
    assert "Choose one" in text(page(desk).pick(caller(), Picked(item="")), "call")


def test_another_managers_call_is_not_there_in_the_words_of_one_that_is_nowhere(town: Desk) -> None:
    foreign, ask = call_of(town, "C4").action_id, page(town)
    told = ask.pick(caller(), Picked(item=foreign))
    assert told == ask.pick(caller(), Picked(item="0" * 16)) and "王强" not in str(told) and told["item"] == ""
    came = Came(item=foreign, outcome="reached", note="x", seen=0)
    said = Said(item=foreign, place=0, words={0: "x"})
    for act in (lambda: ask.log(caller(), came), lambda: ask.check(caller(), said)):
        with pytest.raises(UnknownId):
            act()
    assert "王强" not in text(ask.script(caller(), Spoken(item=foreign)), "script")
    assert town.actions.store.outcomes() == []


def test_what_was_read_for_a_lead_is_not_given_to_a_manager_of_another(town: Desk) -> None:
    """Scripts are held for a while, and asked for by whoever comes: the question whose it is comes first."""
    ask, foreign = page(town), Spoken(item=call_of(town, "C4").action_id)
    assert "王" in text(ask.script(caller(LEA), foreign), "script")
    assert "王" not in text(ask.script(caller(), foreign), "script")


def test_a_call_shows_the_customer_why_now_and_what_was_said_before(town: Desk) -> None:
    own = call_of(town, "C1")
    town.actions.record(own.action_id, "no_answer", "rang twice", "rita", NOW, None)
    answer = page(town).pick(caller(), Picked(item=own.action_id))
    call = text(answer, "call")
    assert (answer["seen"], answer["open"], answer["item"]) == (1, True, own.action_id)
    for told in ("李敏", "Salary customers", "Agreed", "<b>C3</b>", "193 days ago", "online", "CNY 20,000"):
        assert told in call, told
    assert "CNY 300,000" in call and "A single inflow of at least 200,000" in call
    assert "Message sent · Push" in call and "No answer" in call and "rang twice" in call
    assert "propensity × value × context × levers" in call
    lapsed = text(page(town).pick(caller(), Picked(item=call_of(town, "C3").action_id)), "call")
    assert "Lapsed" in lapsed


def test_without_customer_data_the_call_stands_and_says_what_is_missing(town: Desk) -> None:
    own = call_of(town, "C1").action_id
    object.__setattr__(town.actions, "place", None)
    ask = page(town)
    call = text(ask.pick(caller(), Picked(item=own)), "call")
    assert "No customers are named." in call and "data-outcome" in call
    assert "No customers are named." in text(ask.script(caller(), Spoken(item=own)), "script")


def test_a_script_has_its_parts_objections_in_a_fold_warnings_as_they_stand_and_a_plan_to_the_cent(town: Desk) -> None:
    answer = page(town).script(caller(), Spoken(item=call_of(town, "C1").action_id))
    script, drawing = text(answer, "script"), text(answer, "plan")
    parts = ["Opening", "Reason for the call", "Questions", "Plan", "Warnings, word for word", "Next step", "Closing"]
    assert re.findall(r'data-tick="\d+"> <b>([^<]+)</b>', script) == parts
    assert '<details class="cd-answers"' in script and "objections at hand" in script and "min" in script
    warning = script.split("Warnings, word for word")[1].split("</li>")[0]
    assert "data-words" not in warning and 'lang="zh-Hans"' in warning
    assert "CNY 300,000" in drawing and drawing.count("<rect") == 2 * drawing.count('<th scope="row">')
    assert "the customer&#39;s own figure" in script


def test_an_english_customer_hears_english_on_a_chinese_page(town: Desk) -> None:
    answer = page(town, "zh-Hant").script(caller(), Spoken(item=call_of(town, "C3").action_id))
    assert 'class="cd-line" lang="en"' in text(answer, "script") and "風險告知" in text(answer, "script")


def test_own_words_are_checked_and_timed(town: Desk) -> None:
    own, ask = call_of(town, "C1").action_id, page(town)
    text(ask.script(caller(), Spoken(item=own)), "script")
    found = ask.check(caller(), Said(item=own, place=1, words={1: "保本保息，稳赚不赔。"}))
    assert "cd-block" in text(found, "said-1") and "aloud" in text(found, "spoken")
    with pytest.raises(Refused):
        ask.check(caller(), Said(item=own, place=99, words={}))


def test_each_function_is_for_those_who_call_and_handing_over_for_leads(desk: Desk) -> None:
    roles = {one.name: one.roles for one in page(desk).functions()}
    assert roles.pop("away") == ("lead",) and {*roles.values()} == {("rm", "lead")}


def test_nothing_that_is_shown_is_markup_of_somebody_elses(town: Desk) -> None:
    ask, own = page(town), call_of(town, "C2").action_id
    town.actions.store.merge([call_of(town, "C2").model_copy(update={"reasons": ("x", PAYLOAD)})])
    answers = [ask.look(caller(), Look()), ask.look(caller(LEA), Look()), ask.script(caller(), Spoken(item=own))]
    answers.append(ask.log(caller(), Came(item=own, outcome="no_answer", note=PAYLOAD, seen=0)))
    answers.append(ask.pick(caller(), Picked(item=own)))
    answers.append(ask.check(caller(), Said(item=own, place=1, words={1: PAYLOAD})))
    answers.append(ask.away(caller(LEA), Away(absent=["RM1"])))
    shown = [str(region) for one in answers for region in one["regions"].values()]
    assert not [one for one in shown if "<img" in one or "<script" in one]
    assert sum("&lt;img" in one for one in shown) >= 5


def test_a_long_queue_is_cut_and_says_how_much_is_left(town: Desk) -> None:
    some = waiting(town, caller(), "mine")
    queue = Queue("team", NOW, [some.calls[0]] * (SHOWN + 7))
    told = str(drawn(queue, town.pack, words_of("en"), "", True))
    assert told.count("<li") == SHOWN and "and 7 more" in told and "207 calls" in told and 'data-view="mine"' in told


def test_all_outcomes_have_a_place_and_are_at_most_fifteen() -> None:
    assert sorted(OUTCOMES) == sorted(get_args(Outcome)) and len(OUTCOMES) <= 15


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_for_the_script_of_the_page_have_their_gaps(locale: Locale) -> None:
    told = str(laid(words_of(locale)))
    assert told.count("{who}") == 3 and "{n}" in told and "{m}" in told and "data-say-five" in told


def test_clocks_and_moments_read_well() -> None:
    told = [clock(one, words_of("en")) for one in (-258.9, 0, 59, 3600, 14_399, 40_000)]
    assert told == ["04:18", "00:00", "00:59", "1:00:00", "3:59:59", "11 h"]
    assert moment(NOW, NOW, "en") == "10:30"
    assert moment(NOW.replace(day=9), NOW, "zh-Hant") == "11月9日 10:30"
    assert moment(NOW.replace(year=2025), NOW, "en") == "10 November 2025 10:30"


def test_a_call_without_a_plan_draws_none(town: Desk) -> None:
    assert str(plan([], town.pack, words_of("en"))) == ""
    part = Part.model_validate({"bucket": "ready", "product": None, "amount": "5", "share": 0.01})
    assert "stays on the account" in str(plan([part], town.pack, words_of("en")))
    assert "<text" not in str(plan([part], town.pack, words_of("en")))
