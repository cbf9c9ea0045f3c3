"""Call scripts: whole, lawful, sayable; silent under a red light; nothing of the customer's too early."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.domain.spoken import han, money
from assistant.domain.values import Locale
from assistant.playbook.standing import Standing
from assistant.writing.scripts.compose import Words
from assistant.writing.scripts.prove import _early
from assistant.writing.scripts.slots import salutation
from assistant.writing.scripts.writer import ScriptWriter
from eval.script_cases import NOW, record
from eval.script_sweep import faults, scripts
from tests.conftest import BANK


def test_scripts_of_every_trigger_are_whole_lawful_and_sayable(desk: Desk) -> None:
    found = [
        f"{name}: {fault}"
        for name, trigger, script in scripts(desk, list(desk.pack.triggers.values()), 29)
        for fault in faults(trigger, script)
    ]
    assert not found


def script_of(desk: Desk, locale: Locale, **change: object) -> object:
    made = record(desk.pack, desk.pack.triggers["G1-INFLOW"], 40, "online", "", locale)
    return ScriptWriter(desk.pack, desk.engine).write(dataclasses.replace(made, **change), "G1-INFLOW", locale)  # type: ignore[arg-type]


def unhappy(desk: Desk, trigger: str, locale: Locale) -> tuple[list[str], list[str], dict[str, str]]:
    """The kinds and the texts of a dissatisfied customer's script, and the pack's lines by id."""
    made = record(desk.pack, desk.pack.triggers[trigger], 40, "online", "dissatisfied", locale)
    script = ScriptWriter(desk.pack, desk.engine).write(dataclasses.replace(made, locale=locale), trigger, locale)
    you = desk.pack.ages["35-44"].address[locale]
    lines = {line.id: line.text.replace("{you}", you) for line in desk.pack.scripts[locale]}
    return [one.kind for one in script.sections], [one.text for one in script.sections], lines


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_an_unhappy_customer_is_heard_before_the_call_goes_on(desk: Desk, locale: Locale) -> None:
    kinds, texts, lines = unhappy(desk, "B3-SALARY", locale)
    assert kinds[:6] == ["opening", "purpose", "discovery", "discovery", "purpose", "purpose"]
    assert kinds[6:8] == ["discovery", "discovery"] and texts[4] == lines["purpose.bridge.plain"]
    assert texts[1] == lines["purpose.apology.plain"] and texts[2] == lines["ask.listen.1"]
    assert {texts[6], texts[7]} <= {lines[f"ask.pay.{place}"] for place in range(1, 5)}
    steps = [text for kind, text in zip(kinds, texts, strict=True) if kind == "next_step"]
    assert steps[0] == lines["next.listen.plain"] and len(steps) > 1


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_in_a_call_that_is_an_apology_nothing_is_offered_and_nobody_speaks_of_a_draw(
    desk: Desk, locale: Locale
) -> None:
    kinds, texts, lines = unhappy(desk, "E1-QUIET15", locale)
    assert "plan" not in kinds and texts[kinds.index("discovery")] == lines["ask.listen.1"]
    draws = [line.text for line in desk.pack.scripts[locale] if line.section == "objection" and line.trigger]
    assert draws and not set(draws) & set(texts)


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_a_machine_asks_only_what_keys_can_answer(desk: Desk, locale: Locale) -> None:
    made = record(desk.pack, desk.pack.triggers["F3-HABITS"], 40, "online", "", locale)
    script = ScriptWriter(desk.pack, desk.engine).write(dataclasses.replace(made, locale=locale), "F3-HABITS", locale)
    asked = [line for line in desk.pack.scripts[locale] if line.section == "care" and line.role == "question"]
    you, texts = desk.pack.ages["35-44"].address[locale], [one.text for one in script.sections]
    said = [line for line in asked if line.text.replace("{you}", you) in texts]
    assert [line.owner for line in said] == [("robot",)]


def test_every_figure_of_a_plan_carries_its_proof(desk: Desk) -> None:
    script = script_of(desk, "zh-Hans")
    claims = [claim for section in script.sections if section.kind == "plan" for claim in section.claims]  # type: ignore[attr-defined]
    assert {claim.kind for claim in claims} >= {"money", "product", "rate", "term"}
    assert all(claim.status == "bound" and claim.fact for claim in claims)
    assert any(claim.fact.startswith("plan#steady.amount@") for claim in claims)


def test_the_customers_money_stands_after_the_identity_check_and_for_the_manager_alone() -> None:
    told = [Words("opening", "您好"), Words("purpose", "到了{event.amount}")]
    assert not _early(told, managed=True)
    assert [found.rule for found in _early(told, managed=False)] == ["HOUSE-IDENTITY"]
    assert [found.rule for found in _early(told[::-1], managed=True)] == ["HOUSE-IDENTITY"]


def test_nothing_is_said_under_a_red_light(bank: Pack, desk: Desk) -> None:
    from assistant.playbook.database import clock_of
    from assistant.playbook.firing import Firing
    from assistant.playbook.policies import Policies

    made = record(bank, bank.triggers["G1-INFLOW"], 40, "online", "", "zh-Hans")
    red: Standing = dataclasses.replace(made.standing, silences=("risk_light",))
    actions = Policies(bank, clock_of(bank, NOW)).decide([Firing("G1-INFLOW", "C1", "x", NOW, 3e5, "E1", None)], red)
    script = ScriptWriter(bank, desk.engine).write(dataclasses.replace(made, actions=tuple(actions)), "G1-INFLOW")
    assert (script.verdict, script.sections, script.why.partition(":")[0]) == ("block", (), "risk_light")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("200000", "二十万"),
        ("20000", "两万"),
        ("12", "十二"),
        ("110", "一百一十"),
        ("1010", "一千零一十"),
        ("2002", "两千零二"),
        ("30500", "三万零五百"),
        ("100000000", "一亿"),
        ("2.2", "二点二"),
        ("0.05", "零点零五"),
    ],
)
def test_a_number_is_said_as_people_say_it(number: str, said: str) -> None:
    assert han(Decimal(number), "zh-Hans") == said


def test_an_amount_is_said_in_three_languages() -> None:
    amount = Decimal("120000.00")
    said = [money(amount, locale) for locale in ("zh-Hans", "zh-Hant", "en")]
    assert said == ["十二万元", "人民幣十二萬元", "120,000 yuan"]


@pytest.mark.parametrize(
    ("name", "sex", "locale", "said"),
    [
        ("李敏", "F", "zh-Hans", "李女士"),
        ("欧阳静", "F", "zh-Hans", "欧阳女士"),
        ("Li Min", "M", "en", "Mr Li Min"),
        ("李敏", "F", "en", "the account holder"),
        ("", "", "zh-Hant", "帳戶本人"),
    ],
)
def test_a_customer_is_addressed_as_is_polite(name: str, sex: str, locale: Locale, said: str) -> None:
    assert salutation(name, sex, locale) == said


def test_the_sample_customer_gets_a_call_and_a_plan(desk: Desk) -> None:
    from eval.people.stories import AS_OF
    from eval.people.write import town

    own = town()[1]["G1-INFLOW"]
    script = desk.scripts.of(BANK / "sample", own, "G1-INFLOW", AS_OF)
    assert script.verdict == "pass"
    assert sum(part.amount for part in script.plan) == 200_000
    assert "李女士" in script.sections[0].text


def test_a_care_call_that_names_a_product_is_caught(desk: Desk, bank: Pack) -> None:
    made = record(bank, bank.triggers["F4-SPREAD"], 40, "online", "", "zh-Hans")
    scene, script = desk.told_by_lines.drafted(made, "F4-SPREAD", "zh-Hans")
    assert scene is not None and script.verdict == "pass"
    words = [*scene.words(), Words("care", f"另外看看{bank.products['TD-24M'].name['zh-Hans']}。")]
    assert "HOUSE-CARE" in [one.rule for one in scene.script(desk.engine, words, "test").findings]


def test_what_a_customer_objects_is_in_the_language_of_the_call(desk: Desk, bank: Pack) -> None:
    made = record(bank, bank.triggers["G1-INFLOW"], 40, "online", "", "zh-Hans")
    scene, _ = desk.told_by_lines.drafted(made, "G1-INFLOW", "zh-Hans")
    assert scene is not None
    words = [*scene.words(), Words("objection", "应该的，慢慢想。", "I would like to think about it.")]
    assert "FORM-SCRIPT" in [one.rule for one in scene.script(desk.engine, words, "test").findings]
