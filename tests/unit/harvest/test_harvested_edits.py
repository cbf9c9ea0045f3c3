"""Edits are pairs that raters and judges read, and repeated ones are proposals with their evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.domain.rating import Pair
from eval.calibration.asking import generators, read_items
from tests.commanding import Command
from tests.unit.harvest.reviewing import BO, MEI, Review

POINTER = "详情请看"


def harvested(command: Command) -> dict[str, Any]:
    code, out, said = command("eval", "harvest", "--out", "out", "--json")
    assert code == 0, said
    found: dict[str, Any] = json.loads(out)
    return found


def pairs() -> list[Pair]:
    return [Pair.model_validate_json(line) for line in Path("out/edits.jsonl").read_text("utf-8").splitlines()]


def proposals(key: str = "proposals") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(Path("out/proposals.yaml").read_text("utf-8"))[key]
    return found


def test_an_edit_is_a_pair_that_says_who_wrote_which(command: Command, review: Review) -> None:
    row = review.rows()[0]
    review.edit(row["id"], "。", "，请留意。")
    assert harvested(command)["edits"] == 1
    [pair] = pairs()
    assert (pair.cluster, pair.language) == ("B1-TERM2Y", "zh-Hans") and pair.readers
    assert (pair.a.source, pair.b.source) == ("phrases", "person:mei")
    assert pair.a.text == row["template"] and pair.b.text == row["template"].replace("。", "，请留意。")


def test_judges_read_the_pairs_as_they_are(command: Command, review: Review) -> None:
    review.edit(review.rows()[0]["id"], "。", "，请留意。")
    harvested(command)
    [item], [pair] = read_items(Path("out/edits.jsonl")), pairs()
    assert (item.item, item.cluster, item.a, item.b) == (pair.id, pair.cluster, pair.a.text, pair.b.text)
    assert item.language.startswith("Simplified Chinese") and item.writers == ("phrases", "person:mei")
    assert generators([item]) == ()


def test_what_was_saved_several_times_is_one_pair_and_what_is_as_before_is_none(
    command: Command, review: Review
) -> None:
    first, second, third = review.rows()[:3]
    review.edit(first["id"], "。", "一。")
    review.edit(first["id"], "一。", "二。")
    review.edit(second["id"], "。", "一。")
    review.edit(second["id"], "一。", "。")
    review.edit(third["id"], "。", "一。")
    review.sent_back(third["id"], "ask")
    review.edit(third["id"], "一。", "三。")
    told = harvested(command)
    assert told["left_out"] == {"edits_without_new_words": 1, "edits_sent_back": 1}
    steps = sorted((one.a.text, one.b.text) for one in pairs())
    assert steps == sorted(
        [
            (first["template"], first["template"].replace("。", "二。")),
            (third["template"].replace("。", "一。"), third["template"].replace("。", "三。")),
        ]
    )


def with_pointer(review: Review) -> list[dict[str, Any]]:
    found = [row for name in ("B1-TERM2Y", "B2-ROLL") for row in review.rows(name) if POINTER in row["text"]]
    assert len(found) >= 3 and len({row["made_for"]["campaign"] for row in found}) == 2
    return found


def test_an_edit_repeated_over_two_campaigns_is_proposed_for_its_clause(command: Command, review: Review) -> None:
    rows = with_pointer(review)[:3]
    for row in rows:
        review.edit(row["id"], POINTER, "具体内容请看")
    told = harvested(command)
    [one] = proposals()
    assert told["proposals"] == [{"id": one["id"], "entry": f"phrases/{one['entry']}"}]
    clause = next(c for c in review.desk.pack.books["zh-Hans"].phrases if f"zh-Hans/{c.id}" == one["entry"])
    assert one["kind"] == "clause" and clause.text.startswith(POINTER)
    assert one["set"] == {"text": clause.text.replace(POINTER, "具体内容请看")}
    assert (one["texts"], one["people"]) == (3, ["mei"]) and len(one["campaigns"]) == 2
    assert sorted(seen["text"] for seen in one["evidence"]) == sorted(row["id"] for row in rows)
    assert all(seen["by"] == "mei" and seen["at"].startswith("2026-11-20") for seen in one["evidence"])


@pytest.mark.parametrize("count", [2, 3])
def test_two_texts_or_one_person_in_one_campaign_are_not_enough(command: Command, review: Review, count: int) -> None:
    of_one = [row for row in review.rows() if "可以存" in row["text"]]
    other = next(row for row in review.rows("B2-ROLL") if "可以续存" in row["text"])
    for row in of_one[:3] if count == 3 else (of_one[0], other):
        review.edit(row["id"], "可以", "不妨")
    harvested(command)
    assert proposals() == [] and len(pairs()) == count


def test_two_people_in_one_campaign_are_enough(command: Command, review: Review) -> None:
    rows = [row for row in review.rows() if "可以存" in row["text"]][:3]
    for row, by in zip(rows, (MEI, BO, MEI), strict=True):
        review.edit(row["id"], "可以存", "不妨存", by)
    harvested(command)
    [one] = proposals()
    assert one["people"] == ["bo", "mei"] and one["campaigns"] == ["B1-TERM2Y"]


def test_a_phrase_that_was_replaced_in_different_sentences_joins_the_words_not_used(
    command: Command, review: Review
) -> None:
    rows = [row for name in ("B1-TERM2Y", "B2-ROLL") for row in review.rows(name) if "可以" in row["text"]]
    for row in (rows[0], rows[1], rows[-1]):
        review.edit(row["id"], "可以", "不妨")
    harvested(command)
    [one] = proposals()
    assert (one["kind"], one["section"], one["entry"]) == ("words", "rules", "HOUSE-WORDS")
    assert (one["old"], one["new"]) == ("可以", "不妨") and one["add"] == {
        "terms": ["可以"],
        "must_flag": [{"text": "可以", "locale": "zh-Hans"}],
        "must_pass": [{"text": "不妨", "locale": "zh-Hans"}],
    }


def test_what_no_entry_can_take_is_told_with_why(command: Command, review: Review) -> None:
    for row in (*review.rows()[:2], *review.rows("B2-ROLL")[:2]):
        review.edit(row["id"], "【云渚银行】", "【云渚银行】欢迎了解。")
        review.sent_back(row["id"], "ask")
        review.edit(row["id"], "欢迎了解。", "欢迎了解我行存款。")
    harvested(command)
    [told] = proposals("unproposed")
    assert proposals() == [] and (told["old"], told["new"], told["texts"]) == ("欢迎了解", "欢迎了解我行存款", 4)
    assert told["why"].startswith("the new words hold the old ones")


def test_words_that_name_somebody_are_not_proposed(command: Command, review: Review) -> None:
    for row in (*review.rows()[:2], *review.rows("B2-ROLL")[:2]):
        review.edit(row["id"], "【云渚银行】", "【云渚银行】请写信给li.na88@qmail.example.com。")
        review.sent_back(row["id"], "ask")
        review.edit(row["id"], "请写信给li.na88@qmail.example.com。", "请找客户经理。")
    harvested(command)
    assert proposals() == [] and {one["why"] for one in proposals("unproposed")} == {
        "it holds what identifies a person"
    }
    assert not [path for path in Path("out").iterdir() if b"li.na88" in path.read_bytes()]
