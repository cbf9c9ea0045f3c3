"""Rewriting a kept draft by a wish: what is asked of the model, what phrases can do, what is kept."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Brief
from assistant.domain.draft import Kept
from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply, garbage, status
from assistant.settings import Settings
from assistant.store.schema import drafts
from assistant.writing.drafts import Job
from assistant.writing.frame import framed
from assistant.writing.rewrite import Rewritten
from assistant.writing.unframed import unframed

FRESH = "手里的闲钱若暂时用不到，{product.name}到期再取，手机银行就能办。{campaign.link}"


@pytest.fixture(scope="module")
def desk(bank: Pack, engine: CheckEngine, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk for all: its index is made once."""
    made = Desk(Settings(home=tmp_path_factory.mktemp("home")))
    made.__dict__.update(pack=bank, engine=engine)
    return made


def brief(**other: Any) -> Brief:
    values = {"segments": ("salary",), "ages": ("35-44",), "channels": ("sms",), "locales": ("zh-Hans",), **other}
    values = {"campaign": "B1-TERM2Y", "variants": 2, "send_on": dt.date(2026, 6, 1), **values}
    return Brief.model_validate(values)


def written(desk: Desk, **other: Any) -> Kept:
    """The first draft of a cell that phrases wrote."""

    async def cells() -> list[Any]:
        return [one async for one in desk.matrix.write(brief(**other))]

    (cell,) = asyncio.run(cells())
    return desk.drafts.kept(cell.variants[0].id)


def rewritten(
    desk: Desk, script: Any, note: str, sentence: str = "", **other: Any
) -> tuple[Rewritten, list[Any], Kept]:
    """What becomes of a wish with a model that answers so, what it was asked, and the draft."""
    kept = written(desk, **other)
    with ScriptedEndpoint(script) as server:
        settings = replace(desk.settings, model_url=server.url, model_name="scripted", model_timeout=20.0)
        asking = Desk(settings)
        asking.__dict__.update(pack=desk.pack, engine=desk.engine, search=desk.search)

        async def once() -> Rewritten:
            assert asking.structured is not None
            try:
                return await asking.rewriter.rewrite(kept, asking.job_of(kept), note, sentence)
            finally:
                await asking.structured.aclose()

        return asyncio.run(once()), [request.body for request in server.requests], kept


def said(*bodies: str, angle: str = "warmth") -> Reply:
    return Reply({"variants": [{"angle": angle, "title": "", "body": body} for body in bodies]})


@pytest.mark.parametrize("campaign", ["B1-TERM2Y", "B2-WEALTH", "D1-TASK"])
@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_a_frame_that_is_taken_off_and_put_on_again_is_the_same(desk: Desk, campaign: str, locale: str) -> None:
    seen = 0
    for channel in desk.pack.channels:
        one = brief(channels=(channel,), locales=(locale,), segments=tuple(desk.pack.segments)[:3])
        for cell in one.model_copy(update={"campaign": campaign}).cells(desk.pack):
            job = desk.job(cell, one.model_copy(update={"campaign": campaign}))
            if not isinstance(job, Job):
                continue
            for draft in desk.phrases.sheet(cell, 2, "", job.send_on).get(cell, []):
                template = framed(desk.pack, cell, job.product, draft.template)
                own = unframed(desk.pack, cell, job.product, template)
                assert framed(desk.pack, cell, job.product, own) == template, own
                assert "{product:" not in own and "{campaign:" not in own
                seen += 1
    assert seen


def test_a_text_is_rewritten_behind_its_own_prompt_and_kept_beside_the_old_one(desk: Desk) -> None:
    done, (body,), kept = rewritten(desk, [said("放两年的钱，可以交给{product.name}。{campaign.link}")], "温暖一点")
    assert [message["role"] for message in body["messages"]] == ["system", "user", "assistant", "user"]
    job = desk.job_of(kept)
    assert body["messages"][:2] == list(desk.prompter.prompt(job)[0].messages)
    told = json.loads(body["messages"][2]["content"])["variants"][0]
    assert told["body"] == unframed(desk.pack, kept.cell, job.product, kept.variant.template)
    assert "温暖一点" in body["messages"][3]["content"] and "{product.name}" in told["body"]
    assert done.after is not None and done.after.writer.startswith("model:") and done.calls[0].kind == "suggest"
    fresh = desk.drafts.put_beside(kept, done.after, done.calls)
    again = desk.drafts.kept(fresh.id)
    assert fresh.id != kept.variant.id and again.texts == [*kept.texts, fresh.text]
    assert desk.drafts.kept(kept.variant.id).variant == kept.variant
    call = desk.drafts.call_of(fresh.id)
    assert call is not None and call.prompt.startswith("suggest.v1@")
    assert desk.drafts.put_beside(kept, done.after, done.calls) == fresh, "the same text is kept once"


def test_a_sentence_is_replaced_and_the_rest_stays_to_the_letter(desk: Desk) -> None:
    kept = written(desk)
    text = kept.variant.text
    first = text.split("】")[1].split("。")[0]
    done, (body,), _ = rewritten(desk, [said("手里的闲钱可以转存{product.name}")], "", first)
    assert done.after is not None and done.after.text == text.replace(first, "手里的闲钱可以转存云渚两年定期存款")
    schema = body["response_format"]["json_schema"]["schema"]["properties"]["variants"]
    assert schema["items"]["properties"]["title"] == {"type": "string", "enum": [""]}
    assert f"<<<sentence\n{first[:4]}" in body["messages"][3]["content"]


def test_a_figure_in_a_marked_sentence_goes_out_as_its_slot(desk: Desk) -> None:
    kept = written(desk)
    job = desk.job_of(kept)
    rate = next(claim.text for claim in kept.variant.claims if claim.kind == "rate")
    asked = desk.rewriter.asked(kept, job, "", f"年利率{rate}")
    assert asked.sentence == "年利率{product.rate}"


@pytest.mark.parametrize(
    ("note", "sentence", "says"),
    [
        ("写给13812345678", "", "mobile"),
        ("", "这一句不在里面", "holds no such sentence"),
        ("", "拒收请回复R", "none of the writer's"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_the_model_is(desk: Desk, note: str, sentence: str, says: str) -> None:
    with ScriptedEndpoint([said(FRESH)]) as server:
        settings = replace(desk.settings, model_url=server.url, model_name="scripted")
        kept = written(desk)
        asking = Desk(settings)
        asking.__dict__.update(pack=desk.pack, engine=desk.engine, search=desk.search)
        with pytest.raises(InputError, match=says) as caught:
            asyncio.run(asking.rewriter.rewrite(kept, asking.job_of(kept), note, sentence))
        assert not server.requests and "13812345678" not in str(caught.value)


def test_a_blocked_text_is_mended_once_and_else_there_is_none(desk: Desk) -> None:
    done, bodies, _ = rewritten(desk, [said("稳赚不赔，保本保息。{campaign.link}"), said(FRESH)], "formal")
    assert done.after is not None and [call.kind for call in done.calls] == ["suggest", "repair"]
    first, mending = (body["messages"] for body in bodies)
    assert mending[: len(first)] == first and "formal" in first[-1]["content"], "the wish was out of sight"
    assert [message["role"] for message in mending[len(first) :]] == ["assistant", "user"]
    done, _, kept = rewritten(desk, [said("稳赚不赔，保本保息。{campaign.link}")], "formal")
    assert done.after is None and "did not pass the checks" in done.why and done.faults
    assert desk.drafts.kept(kept.variant.id).texts == kept.texts


def test_a_blocked_sentence_is_mended_alone(desk: Desk) -> None:
    text = written(desk).variant.text
    sentence = text.split("】")[1].split("。")[0]
    answers = [said("手里的闲钱稳赚不赔"), said("手里的闲钱可以转存{product.name}")]
    done, (_, body), _ = rewritten(desk, answers, "", sentence)
    assert done.after is not None and done.after.text == text.replace(sentence, "手里的闲钱可以转存云渚两年定期存款")
    told = json.loads(body["messages"][-2]["content"])["variants"][0]
    assert told["body"].rstrip("。") == "手里的闲钱稳赚不赔" and "稳赚" in body["messages"][-1]["content"]


def test_a_text_that_another_replaced_is_no_text_of_its_cell(desk: Desk) -> None:
    done, _, kept = rewritten(desk, [said("闲钱想放两年，{product.name}可以看看。{campaign.link}")], "formal")
    assert done.after is not None
    old = desk.drafts.put_beside(kept, done.after, done.calls)
    with desk.database.begin() as connection:
        connection.execute(drafts.update().where(drafts.c.id == old.id).values(replaced_by="another"))
    assert old.text not in desk.drafts.kept(kept.variant.id).texts
    assert desk.drafts.put_beside(kept, done.after, done.calls).id != old.id


def test_the_same_text_again_is_no_rewriting(desk: Desk) -> None:
    def echo(body: Mapping[str, Any]) -> Reply:
        return Reply(json.loads(body["messages"][2]["content"]))

    done, _, _ = rewritten(desk, echo, "formal")
    assert done.after is None and "stands there already" in done.why


@pytest.mark.parametrize("fault", [status(500), garbage()])
def test_when_the_model_fails_phrases_honour_what_they_understand(desk: Desk, fault: Reply) -> None:
    done, _, kept = rewritten(desk, [fault], "短一点")
    assert done.after is not None and done.after.writer == "phrases" and done.why
    assert len(done.after.text) < len(kept.variant.text) or done.after.text not in kept.texts
    done, _, _ = rewritten(desk, [fault], "formal")
    assert done.after is None and done.why


@pytest.mark.parametrize(("note", "locale"), [("短一点", "zh-Hans"), ("shorter", "en"), ("短一點", "zh-Hant")])
def test_without_a_model_shorter_is_a_shorter_text(desk: Desk, note: str, locale: str) -> None:
    kept = written(desk, locales=(locale,))
    done = asyncio.run(desk.rewriter.rewrite(kept, desk.job_of(kept), note))
    assert done.after is not None, done.why
    assert len(done.after.text) < len(kept.variant.text) and done.after.verdict != "block"


def test_without_a_model_warmer_is_a_text_from_the_angle_of_warmth(desk: Desk) -> None:
    kept = written(desk, campaign="A2-WALLET", segments=("senior",), ages=("65+",), channels=("in_app",))
    done = asyncio.run(desk.rewriter.rewrite(kept, desk.job_of(kept), "warmer"))
    assert done.after is not None and done.after.angle == "warmth" and done.after.text not in kept.texts


@pytest.mark.parametrize(("note", "sentence"), [("more formal", ""), ("", "x"), ("shorter", "x")])
def test_without_a_model_other_wishes_are_refused_with_what_is_understood(desk: Desk, note: str, sentence: str) -> None:
    kept = written(desk)
    sentence = kept.variant.text[8:14] if sentence else ""
    with pytest.raises(InputError, match="needs a model") as caught:
        asyncio.run(desk.rewriter.rewrite(kept, desk.job_of(kept), note, sentence))
    assert "COPYDESK_MODEL_URL" in caught.value.mend and "short" in caught.value.mend


def test_a_draft_of_what_the_pack_holds_no_more_is_told(desk: Desk) -> None:
    kept = written(desk)
    gone = kept.model_copy(update={"cell": kept.cell.model_copy(update={"segment": "students"})})
    with pytest.raises(InputError, match="students"):
        desk.job_of(gone)
