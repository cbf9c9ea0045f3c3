"""Scripts by a model over real HTTP: proved as the lines' are, mended once, and by the lines where it fails, in time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.action import Suppressed
from assistant.domain.script import Script
from assistant.domain.values import Locale
from assistant.errors import ModelUnavailable
from assistant.models.scripted_calls import call_words
from assistant.models.scripted_reply import Reply, garbage, hang, reset, status, torn, truncate
from assistant.models.waiting import Waiting
from eval.script_cases import record
from eval.script_sweep import faults
from tests.unit.writing_scripts.conftest import Asking

SALES, CARE = "G1-INFLOW", "F4-SPREAD"
Body = Mapping[str, Any]


def script_of(desk: Desk, trigger: str, locale: Locale = "zh-Hans", mood: str = "", status: str = "online") -> Script:
    made = record(desk.pack, desk.pack.triggers[trigger], 40, status, mood, locale)
    assert desk.told_by_model is not None
    return desk.told_by_model.write(replace(made, locale=locale), trigger, locale)


def words_of(body: Body) -> dict[str, Any]:
    """Good words for a request, in the language that its prompt names."""
    prompt = "\n".join(message["content"] for message in body["messages"])
    locale = next(own for own in ("zh-Hans", "zh-Hant", "en") if f"({own})." in prompt)
    return call_words(body["response_format"]["json_schema"]["schema"]["properties"], locale)


def with_words(**other: Any) -> Callable[[Body], Reply]:
    """Good words but for some; `plan_steady` names a part of the plan."""

    def answer(body: Body) -> Reply:
        said = words_of(body)
        for name, value in other.items():
            whole, _, part = name.partition("_")
            if part and whole in said:
                said[whole] = {**said[whole], part: value}
            else:
                said[name] = value
        return Reply(said)

    return answer


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    ("trigger", "mood", "status"),
    [(SALES, "", "online"), (SALES, "dissatisfied", "lapsed"), ("B1-IDLE", "", "counter"), (CARE, "", "online"), ("F3-HABITS", "", "online"), ("B6-BIRTHDAY", "price_sensitive", "online")],
)  # fmt: skip
def test_a_models_script_is_whole_lawful_and_sayable(
    asking: Asking, trigger: str, mood: str, status: str, locale: Locale
) -> None:
    desk = asking()
    script = script_of(desk, trigger, locale, mood, status)
    assert (script.status, script.why) == ("written", ""), script.why
    assert script.writer.startswith("model:scripted:") and not list(faults(desk.pack.triggers[trigger], script))
    (call,) = script.calls
    assert call.kind == "write" and call.prompt.startswith("script.v1@") and call.knowledge == desk.pack.version
    assert script.line()["calls"][0]["schema"]["required"][0] == "purpose"


@pytest.mark.parametrize("trigger", [SALES, CARE])
def test_what_the_law_and_the_house_own_is_never_the_models(asking: Asking, trigger: str) -> None:
    desk = asking()
    made = record(desk.pack, desk.pack.triggers[trigger], 40, "online", "", "zh-Hans")
    own, told = desk.told_by_lines.write(replace(made, locale="zh-Hans"), trigger), script_of(desk, trigger)
    said = [one.text for one in told.sections]
    assert all(one.text in said for one in own.sections if one.kind in ("opening", "closing"))
    if trigger == CARE:
        contact = [one.text for one in own.sections if one.kind == "care"][-1]
        assert contact in said
    else:
        warning = desk.pack.disclosures["wealth_not_deposit"].wording("CN", "zh-Hans", "spoken")
        assert any(warning in one.text for one in told.sections if one.kind == "disclosure")


def test_the_plan_is_named_by_slots_and_filled_with_the_customers_own_sums(asking: Asking) -> None:
    desk = asking()
    script = script_of(desk, SALES)
    claims = [claim for one in script.sections if one.kind == "plan" for claim in one.claims]
    assert {claim.kind for claim in claims} >= {"money", "product"}
    assert all(claim.status == "bound" for claim in claims)
    sent = str(desk.__dict__["server"].requests[0].body["messages"])
    assert "{plan.amount}" in sent and "260" not in sent and "李敏" not in sent


BAD: dict[str, tuple[str, Reply | Callable[[Body], Reply], set[str]]] = {
    # name: the trigger, what the server answers, the faults that are counted
    "empty": (SALES, Reply(""), {"empty"}),
    "cut off": (SALES, truncate({"purpose": "您好" * 40}), {"cut_off"}),
    "no JSON": (SALES, garbage(), {"no_json"}),
    "wrong schema": (SALES, Reply({"variants": []}), {"no_json", "schema"}),
    "reset": (SALES, reset(), {"refused"}),
    "torn": (SALES, torn({"purpose": "您好" * 400}), {"refused"}),
    "500": (SALES, status(500), {"down"}),
    "hang": (SALES, hang(), {"late"}),
    "a text left empty": (SALES, with_words(purpose=" \n "), {"empty"}),
    "a slot of its own": (SALES, with_words(purpose="{customer.balance}到了。"), {"unknown_slot"}),
    "a slot in the wrong place": (SALES, with_words(discovery=["{event.amount}怎么用？"] * 3), {"unknown_slot"}),
    "another language": (SALES, with_words(purpose="I am calling about your account and the money in it today."), {"blocked"}),
    "an objection in another language": (SALES, with_words(objections=[{"ask": "I would like to think about it first.", "answer": "应该的。"}] * 3), {"blocked"}),
    "literal figures": (SALES, with_words(plan_steady="{plan.amount}存{product.name}，年利率9.9%，另送1000元。"), {"blocked"}),
    "a figure in a care call": (CARE, with_words(advice=["请在72小时内转走38万元。", "请当心。"]), {"blocked"}),
    "a promise": (SALES, with_words(plan_steady="{plan.amount}放{product.name}，保本保息，稳赚不赔！"), {"blocked"}),
    "a part without its sum": (SALES, with_words(plan_steady="这部分可以存{product.name}。"), {"blocked"}),
    "a call over in half a minute": ("B6-BIRTHDAY", with_words(purpose="有件事。", discovery=["好吗？"] * 3, next_step="再说。"), {"blocked"}),
    "care that sells": (CARE, with_words(advice=["可以买点云渚两年定期存款。", "请当心。"]), {"blocked"}),
    "care with a product's slot": (CARE, with_words(next_step="看看{product.name}。"), {"unknown_slot"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_script_comes_whatever_the_model_does_and_says_that_it_is_not_its_own(asking: Asking, name: str) -> None:
    trigger, reply, counted = BAD[name]
    waits = counted <= {"late", "refused", "down"}
    desk = asking(reply, script_timeout=1.5 if waits else 60.0, model_timeout=60.0)
    script = script_of(desk, trigger)
    assert (script.status, script.writer, script.verdict) == ("fallback", "phrases", "pass")
    assert script.why and not list(faults(desk.pack.triggers[trigger], script))
    # What is tried again until the time is over counts as late as well.
    borne = counted | {"late"} if waits else counted
    assert borne & set(script.faults) and set(script.faults) <= borne, script.faults
    assert all(call.answer for call in script.calls)


def test_words_that_the_checks_block_are_mended_once_with_what_was_found(asking: Asking) -> None:
    bad = with_words(plan_steady="{plan.amount}放{product.name}，稳赚不赔。")

    def answer(body: Body) -> Reply:
        return bad(body) if len(body["messages"]) == 2 else Reply(words_of(body))

    desk = asking(answer)
    script = script_of(desk, SALES)
    assert script.status == "written" and [call.kind for call in script.calls] == ["write", "repair"]
    first, second = (request.body["messages"] for request in desk.__dict__["server"].requests)
    assert second[:2] == first and "Found at: <<<稳赚" in second[3]["content"]
    assert "稳赚不赔" in second[2]["content"] and "李" not in second[3]["content"]


def test_nothing_is_asked_where_nothing_may_be_said(asking: Asking) -> None:
    desk = asking()
    made = record(desk.pack, desk.pack.triggers[SALES], 40, "online", "", "zh-Hans")
    held = made.actions[0].model_copy(update={"suppressed": Suppressed(by="risk_light", why="red")})
    assert desk.told_by_model is not None
    script = desk.told_by_model.write(replace(made, actions=(held,)), SALES)
    assert (script.status, script.sections) == ("not_applicable", ()) and not desk.__dict__["server"].requests


def test_who_waits_is_back_in_time_even_where_the_loop_is_held() -> None:
    waiting, held = Waiting(), threading.Event()

    async def holds() -> None:
        held.wait()

    with pytest.raises(ModelUnavailable, match=r"within 0\.2 s"):
        waiting(holds(), 0.2)
    held.set()

    async def answers() -> int:
        return 3

    assert waiting(answers(), 30) == 3
    waiting.close()
