"""What was approved is found again with how it did, reused for another cell, and shown to the model."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from conftest import MAKER, NOW

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief, Cell
from assistant.domain.result import Result
from assistant.errors import Refused, UnknownId
from assistant.review.rules import Wish
from assistant.writing.drafts import Job

DAY = dt.date(2026, 11, 23)


def cell(**more: str) -> Cell:
    given = {"campaign": "B1-TERM2Y", "segment": "affluent", "age": "45-54", "channel": "sms", "locale": "zh-Hans"}
    return Cell.model_validate({**given, "market": "cn", **more})


def test_an_approved_text_is_found_by_its_words_and_by_what_it_is_for(released: Desk) -> None:
    library = released.outgoing.library
    found = library.search("两年定期 手机银行", locale="zh-Hans")
    assert found and {one.item.cell.locale for one in found} == {"zh-Hans"}
    assert {one.item.cell.channel for one in library.search("定期", channel="email", locale="zh-Hans")} == {"email"}
    assert library.search("定期", locale="zh-Hant") == [] and library.search(" ") == []
    library.close()


def test_a_text_is_found_once_it_is_approved_and_not_when_it_is_recalled(released: Desk) -> None:
    library, own = released.outgoing.library, released.shelf.listed(state="released")[0]
    text = released.shelf.rows([own.id])[own.id]["text"]
    assert own.id in {one.item.id for one in library.search(text, 24)}
    released.workflow.do([own.id], Wish("recall", None), NOW)
    assert own.id not in {one.item.id for one in library.search(text, 24)}
    library.close()


def test_a_lost_index_is_built_again(released: Desk) -> None:
    library = released.outgoing.library
    before = [one.item.id for one in library.search("定期")]
    library.close()
    shutil.rmtree(released.settings.home / "index" / "bank.approved")
    assert [one.item.id for one in library.search("定期")] == before
    library.close()


def test_a_found_text_says_how_it_did_and_whether_a_recall_holds_it(released: Desk) -> None:
    own = released.shelf.listed(state="released")[0]
    row = Result(item=own.id, day=DAY, exposures=200, clicks=50)
    released.outgoing.results.take([row], "hub", MAKER, NOW)
    released.recalls.freeze("another", [(own.draft, [], "render")])
    (found,) = released.outgoing.library.texts_of([own.id])
    assert found.recalled and found.how is not None and found.how["rate"] == pytest.approx(0.25)


def test_an_approved_text_becomes_a_draft_for_another_cell(released: Desk) -> None:
    own = next(one for one in released.shelf.listed(state="released") if one.cell.key.endswith("sms/zh-Hans/cn"))
    run, written = released.outgoing.reuse.draft(own.id, cell(), DAY)
    (variant,) = written.variants
    assert variant.writer == f"asset:{own.id}" and variant.verdict != "block", variant.findings
    assert variant.text.count("【") == 1 and variant.text.count("拒收请回复R") == 1
    told = released.workflow.do([variant.id], Wish("submit", MAKER), NOW)
    assert told[0].item is not None and told[0].item.makers == ("mei",)
    assert released.drafts.cells(run) is not None


def test_every_released_text_can_be_reused_where_it_came_from(released: Desk) -> None:
    for item in released.shelf.listed(state="released"):
        _, written = released.outgoing.reuse.draft(item.id, item.cell, DAY)
        (variant,) = written.variants
        before = released.shelf.rows([item.id])[item.id]["text"]
        assert variant.text == before


def test_a_text_takes_the_facts_of_another_campaigns_offer(released: Desk) -> None:
    own = next(one for one in released.shelf.listed(state="released") if one.cell.key.endswith("sms/zh-Hans/cn"))
    _, written = released.outgoing.reuse.draft(own.id, cell(campaign="B5-MONTHEND"), DAY)
    (variant,) = written.variants
    assert "B1-TERM2Y" not in variant.template and "TD-24M" not in variant.template


def test_what_may_not_be_reused_is_refused_with_the_rule(released: Desk) -> None:
    own = released.shelf.listed(state="released")[0]
    with pytest.raises(UnknownId):
        released.outgoing.reuse.draft("nosuch", cell(), DAY)
    released.recalls.freeze("another", [(own.draft, [], "render")])
    with pytest.raises(Refused) as refused:
        released.outgoing.reuse.draft(own.id, cell(), DAY)
    assert refused.value.code == "recalled"


def job(desk: Desk, campaign: str) -> Job:
    segments = tuple(desk.pack.segments)
    brief = Brief(
        campaign=campaign, segments=segments, ages=("45-54",), channels=("sms",), locales=("zh-Hans",), send_on=DAY
    )
    made = (desk.job(one, brief) for one in brief.cells(desk.pack))
    return next(one for one in made if isinstance(one, Job))


def test_the_model_is_shown_what_was_approved_first_without_frame_or_figures(released: Desk) -> None:
    like = next(
        own
        for own, one in released.pack.campaigns.items()
        if one.act == "deposit" and own != "B1-TERM2Y" and one.kind == "sales" and "B1-TERM2Y" in alike(released, own)
    )
    examples = released.prompter._examples(job(released, like))
    ours = {one.template for one in released.outgoing.library.texts(99, campaign="B1-TERM2Y", channel="sms")}
    assert len(examples) == 2
    first = examples[0]
    assert "【" not in first and "拒收" not in first and "TD-24M" not in first
    assert any(first.split("{")[0] in template for template in ours)


def alike(desk: Desk, campaign: str) -> tuple[str, ...]:
    from assistant.writing.model.examples import Examples

    return Examples(desk.pack)._like(campaign, "zh-Hans")


def test_a_campaigns_own_texts_are_no_examples_for_it(released: Desk) -> None:
    examples = released.prompter._examples(job(released, "B1-TERM2Y"))
    assert all("B1" not in one for one in examples)
    assert not any(one.split("{")[0] and one.split("{")[0] in text.template
                   for one in examples for text in released.outgoing.library.texts(99, campaign="B1-TERM2Y"))  # fmt: skip


def test_texts_that_did_best_come_first(released: Desk) -> None:
    texts = [one for one in released.outgoing.library.texts(99, channel="sms", locale="zh-Hans")]
    best = texts[-1].item.id
    rows = [
        Result(item=best, day=DAY, exposures=500, clicks=200),
        Result(item=texts[0].item.id, day=DAY, exposures=500, clicks=9),
    ]
    released.outgoing.results.take(rows, "hub", MAKER, NOW)
    (shown,) = released.outgoing.shown(("B1-TERM2Y",), "sms", "zh-Hans")
    from assistant.review.library.reuse import loosened

    assert shown == loosened(released.pack, next(one for one in texts if one.item.id == best), "zh-Hans")
