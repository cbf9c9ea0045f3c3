"""The model never sees a customer: no prompt holds what identifies one, whoever tries to put it there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.bootstrap.desk import Desk
from assistant.checks.identifiers import identifiers
from assistant.domain.brief import Brief
from assistant.domain.finding import Finding
from assistant.domain.formats import written
from assistant.errors import InputError
from assistant.settings import Settings
from assistant.text.fold import fold
from assistant.writing.drafts import Draft, Job
from assistant.writing.gate import Gate
from assistant.writing.model.asking import told as told_of
from assistant.writing.model.prompt import load_prompt
from assistant.writing.model.suggest import Asked
from assistant.writing.notes import without_identifiers
from eval.judge.criteria import load_criteria
from eval.judge.judge import judge_prompt
from eval.judge.piece import piece_of
from tests.conftest import ROOT

MOBILES = st.from_regex(r"1[3-9]\d{9}", fullmatch=True)
MAILS = st.from_regex(r"[a-z]{3,8}\.[a-z]{2,8}@[a-z]{3,9}\.(com|cn|tw)", fullmatch=True)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(Settings(home=tmp_path_factory.mktemp("desk")))


def jobs(desk: Desk, campaign: str) -> Iterator[Job]:
    """Every cell of a campaign in three languages that may be written."""
    pack = desk.pack
    day = pack.campaigns[campaign].period.next_from(dt.date(2026, 6, 1))
    brief = Brief(
        campaign=campaign,
        segments=tuple(pack.segments),
        ages=tuple(pack.ages),
        channels=("sms", "email", "call"),
        locales=("zh-Hans", "zh-Hant", "en"),
        send_on=day.start if day else dt.date(2026, 6, 1),
    )
    for cell in brief.cells(pack):
        job = desk.job(cell, brief)
        if isinstance(job, Job):
            yield job


@pytest.mark.parametrize("campaign", ["B1-TERM2Y", "E2-D45", "D1-TASK"])
def test_no_prompt_holds_what_identifies_a_person_or_a_figure_of_a_slot(desk: Desk, campaign: str) -> None:
    prompts = [desk.prompter.prompt(job)[0] for job in jobs(desk, campaign)]
    assert len(prompts) > 40
    hosts = desk.pack.institution.link_hosts
    for text in {section for prompt in prompts for _, _, section in prompt.sections}:
        assert not list(identifiers(fold(text).text, hosts)), text
    # What a slot will hold is filled in on this side: the task, the slots and the rules name none of it.
    values = {written(fact, "zh-Hans") for key, fact in desk.pack.facts.items() if key.startswith("product:TD-24M.r")}
    told = {text for prompt in prompts for _, name, text in prompt.sections if name not in ("evidence", "product")}
    assert not [value for value in values if any(value in text for text in told)]


@given(datum=st.one_of(MOBILES, MAILS), before=st.text(max_size=20), after=st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_a_note_that_names_somebody_is_refused_without_being_repeated(datum: str, before: str, after: str) -> None:
    with pytest.raises(InputError, match="identifies a person") as caught:
        without_identifiers(f"{before} {datum} {after}")
    assert datum not in str(caught.value)


@pytest.mark.parametrize("note", ["", "再短一些，语气暖一点", "warmer, for people near 60", "突出2.2%的利率"])
def test_a_wish_in_words_is_no_customers_datum(note: str) -> None:
    assert without_identifiers(note) == note


def test_the_matrix_refuses_such_a_note_before_anything_is_asked(desk: Desk) -> None:
    brief = next(iter([_brief("写给13812345678")]))

    async def first() -> object:
        return await anext(desk.matrix.write(brief))

    import asyncio

    with pytest.raises(InputError, match="mobile"):
        asyncio.run(first())


def _brief(note: str) -> Brief:
    return Brief(
        campaign="B1-TERM2Y",
        segments=("salary",),
        ages=("25-34",),
        channels=("sms",),
        locales=("zh-Hans",),
        note=note,
        send_on=dt.date(2026, 6, 1),
    )


@pytest.mark.parametrize("campaign", ["B1-TERM2Y", "D1-TASK"])
def test_no_wish_and_no_judgement_is_asked_with_what_identifies_a_person(desk: Desk, campaign: str) -> None:
    file, criteria, hosts = load_prompt(ROOT / "prompts", "judge"), load_criteria(), desk.pack.institution.link_hosts
    gate, seen = Gate(desk.pack, desk.engine), 0
    for job in [one for one in jobs(desk, campaign) if one.cell.channel == "sms"][::2]:
        for draft in desk.phrases.sheet(job.cell, 1, "", job.send_on).get(job.cell, []):
            text = gate.pass_through(job, draft, "", "", 0).text
            judged = judge_prompt(file, criteria.one("tone"), piece_of(desk.pack, job.cell, text), own_hosts=hosts)
            wished = desk.suggest_prompter.prompt(job, Asked(draft, "warmer"))
            for _, _, said in (*judged.sections, *wished.sections):
                assert not list(identifiers(fold(said).text, hosts)), said
            seen += 1
    assert seen > 20


@given(datum=st.one_of(MOBILES, MAILS))
@settings(max_examples=50, deadline=None)
def test_a_text_that_names_somebody_is_neither_rewritten_nor_judged(desk: Desk, datum: str) -> None:
    job = next(jobs(desk, "B1-TERM2Y"))
    file, one = load_prompt(ROOT / "prompts", "judge"), load_criteria().one("tone")
    asks: list[Callable[[], object]] = [
        lambda: desk.suggest_prompter.prompt(job, Asked(Draft(f"请联系 {datum} 办理。", "fit"), "warmer")),
        lambda: desk.suggest_prompter.prompt(job, Asked(Draft("可以看看。", "fit"), f"for {datum}")),
        lambda: judge_prompt(file, one, piece_of(desk.pack, job.cell, f"请联系 {datum} 办理。")),
        lambda: judge_prompt(file, one, piece_of(desk.pack, job.cell, "可以看看。"), f"或 {datum}"),
    ]
    for ask in asks:
        with pytest.raises(InputError, match="identifies a person") as caught:
            ask()
        assert datum not in str(caught.value)


def test_a_repair_tells_only_words_that_the_draft_itself_holds(desk: Desk) -> None:
    """A finding's span lies in the text with slots filled, where a customer's name may one day stand."""
    draft = Draft("{customer.name}您好，保本的{product.name}。", "fit")
    filled = "张伟明先生您好，保本的云渚两年定期存款。"
    findings = [
        Finding(rule="A", severity="block", start=0, end=5, text=filled[:5], message=f"“{filled[:5]}” …", reference=""),
        Finding(rule="B", severity="block", start=8, end=10, text="保本", message="“保本”", reference=""),
    ]
    told = [told_of(finding, draft.template) for finding in findings]
    assert told[0]["span"] == "" and "张伟明" not in json.dumps(told, ensure_ascii=False)
    assert told[1]["span"] == "保本"
    repair = load_prompt(ROOT / "prompts", "repair").render({"variants": [told]})
    assert "张伟明" not in repair.messages[0]["content"]
