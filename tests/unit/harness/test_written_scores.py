"""Scores of written cells: channel, variety, readability, tone. Each on a cell that is good and one that is not."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.models.scripted import ScriptedEndpoint
from assistant.settings import Settings
from eval.scorers.varied import bleu, distinct, self_bleu, tokens
from eval.tasks.seam import Room, Subject
from tests.unit.harness.made import answered, case_with, judged, room_of, scored

CELL = {
    "campaign": "B1-TERM2Y",
    "segment": "senior",
    "age": "65+",
    "channel": "push",
    "locale": "zh-Hans",
    "send_on": "2026-11-22",
}


@pytest.fixture
def room(desk: Desk) -> Room:
    return room_of(desk)


def cell(*texts: str, **status: Any) -> dict[str, Any]:
    """A cell with these texts, which nobody checked."""
    plain = {"verdict": "pass", "findings": [], "claims": []}
    return {
        "status": "written",
        "why": "",
        "offer": None,
        "texts": [{"text": t, "template": t, **plain} for t in texts],
    } | status


def values(scorer: str, content: dict[str, Any], room: Room, **given: Any) -> dict[str, float | None]:
    return {name: one.value for name, one in scored(scorer, case_with({**CELL, **given}), content, room).items()}


def test_what_the_desk_writes_is_sound_by_every_score(room: Room) -> None:
    content = answered("write", CELL, room).content
    assert len(content["texts"]) == 3 and content["status"] == "written"
    for scorer, high in {
        "verdict": ("passes", "clean"),
        "bound": ("bound",),
        "channel_fit": ("fits",),
        "readable": ("in_bounds",),
        "tone": ("tone", "address"),
    }.items():
        told = values(scorer, content, room)
        assert {metric: told[metric] for metric in high} == dict.fromkeys(high, 1.0)


def test_a_cell_that_the_law_forbids_has_no_text_and_says_why(room: Room) -> None:
    content = answered("write", {**CELL, "segment": "young_family"}, room).content
    assert (content["status"], content["texts"]) == ("not_applicable", []) and content["why"].startswith("audience")


def test_a_title_too_long_for_a_lock_screen_does_not_fit(room: Room) -> None:
    good, bad = "续存提醒\n到期的钱可以续存。", "定期存款到期提醒和续存办法说明请您查收\n可以续存。"
    assert values("channel_fit", cell(good, bad), room) == {"fits": 0.5}


def test_a_text_message_has_an_aim_and_segments(room: Room) -> None:
    told = values("channel_fit", cell("字" * 60, "字" * 150), room, channel="sms")
    assert told == {"fits": 1.0, "aims": 0.5, "segments_cost": 2.0}


def test_a_call_of_a_few_words_is_too_short(room: Room) -> None:
    scores = scored("channel_fit", case_with({**CELL, "channel": "call"}), cell("您好，再见。"), room)
    assert scores["fits"].value == 0.0 and "s, not 60 to 180" in scores["fits"].why


def test_the_same_text_three_times_is_no_variety(room: Room) -> None:
    same = values("diversity", cell(*["到期的钱可以续存，不用出门。"] * 3), room)
    other = values("diversity", cell("到期的钱可以续存。", "闲钱不妨定个两年。", "想好用处再决定。"), room)
    assert same["self_bleu_cost"] == pytest.approx(1.0) and same["distinct_2"] == pytest.approx(1 / 3)
    assert other["self_bleu_cost"] < 0.35 and other["distinct_2"] == 1.0
    assert same["embedding_spread"] is None
    assert values("diversity", cell("一句话。"), room)["self_bleu_cost"] is None


def test_bleu_and_distinct_by_hand() -> None:
    assert tokens("Don't 存2年") == ["don't", "存", "2", "年"]
    assert distinct([["a", "b"], ["a", "b"]], 1) == 0.5
    # One of two words, (0+1)/(1+1) of two-grams, smoothing alone above.
    assert bleu(["a", "b"], [["a", "c"]]) == pytest.approx((0.5 * 0.5 * 1 * 1) ** 0.25)
    assert bleu(["a"], [["x"]]) == 0.0
    assert self_bleu([["a", "b"], ["a", "b"]]) == pytest.approx(1.0)


def test_vectors_spread_where_an_embedding_model_is_set(room: Room) -> None:
    class Two:
        name, dimension = "two", 2

        def embed(self, texts: list[str]) -> list[list[float]]:
            return [[1.0, 0.0] if "存" in text else [0.0, 1.0] for text in texts]

    room.desk.__dict__["embedder"] = Two()
    assert values("diversity", cell("存钱", "存款"), room)["embedding_spread"] == pytest.approx(0.0)
    assert values("diversity", cell("存钱", "花钱"), room)["embedding_spread"] == pytest.approx(1.0)


def test_a_sentence_that_an_old_reader_cannot_bear_is_counted(room: Room) -> None:
    long = "到期的钱可以续存也可以换个期限还可以先取出来用手机银行里一步步写得清楚网点也有同事陪着您慢慢办。"
    told = values("readable", cell(f"{long}请慢慢看。"), room)
    assert told["in_bounds"] == 0.5 and told["even"] == 0.0
    assert values("readable", cell("请慢慢看。"), room) == {"sentence_cost": 4.0, "in_bounds": 1.0, "even": 1.0}


@pytest.mark.parametrize(
    ("text", "given", "tone"),
    [
        ("您这个年纪，记性不好也没关系。", {}, 0.0),
        ("您有空慢慢看，网点也有人。", {}, 1.0),
        ("宝子，冲鸭！", {}, 0.0),
        ("Hurry, grandpa.", {"locale": "en"}, 0.0),
        ("There is no hurry at all.", {"locale": "en"}, 1.0),
        ("您為什麼好久都不來，把我們忘了嗎？", {"locale": "zh-Hant", "segment": "dormant", "age": "25-34"}, 0.0),
        ("Mind the duration risk.", {"locale": "en", "segment": "affluent", "age": "35-44"}, 1.0),
        ("Mind the duration risk.", {"locale": "en", "segment": "new", "age": "35-44"}, 0.0),
    ],
)
def test_words_that_jar_with_a_reader_are_heard(room: Room, text: str, given: dict[str, Any], tone: float) -> None:
    assert values("tone", cell(text), room, **given)["tone"] == tone


def test_the_reader_is_addressed_in_one_way(room: Room) -> None:
    assert values("tone", cell("您好。", "你好。"), room)["address"] == 0.5
    assert values("tone", cell("你好。"), room, age="18-24")["address"] == 1.0


def test_a_model_may_be_the_subject_and_its_tokens_are_counted(bank: Any, engine: Any, tmp_path: Any) -> None:
    with ScriptedEndpoint() as server:
        desk = Desk(Settings(home=tmp_path, model_url=server.url, model_name="scripted"))
        desk.__dict__.update(pack=bank, engine=engine)
        answer = answered("write", CELL, Room(Subject("model"), lambda: desk))
        desk.search.close()
    assert answer.tokens_in > 500 and answer.tokens_out > 10 and len(answer.content["texts"]) == 3
    assert any(one["writer"].startswith("model:") for one in answer.content["texts"])


def test_one_value_missing_is_told_in_words(room: Room) -> None:
    from assistant.errors import InputError

    with pytest.raises(InputError, match="channel"):
        judged("verdict", "write", {key: value for key, value in CELL.items() if key != "channel"}, room)
