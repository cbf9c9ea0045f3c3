"""What was sent back at the desk is a case that fails until the words it came from are mended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.running.rows import Rows
from tests.commanding import Command
from tests.unit.harvest.reviewing import CHEN, MEI, Review

WORDS = "闲钱可以转成定期存款"
CLAUSE = "闲钱可以转成定期存款，年利率{product.rate}，存期{product.term}。"


def harvested(command: Command, *more: str) -> dict[str, Any]:
    code, out, said = command("eval", "harvest", "--out", "out", "--json", *more)
    assert code == 0, said
    found: dict[str, Any] = json.loads(out)
    return found


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path("out/rejections.jsonl").read_text("utf-8").splitlines()]


def not_again(command: Command) -> float | None:
    """Run the suite anew: the value of its one case."""
    code, out, said = command("eval", "run", "out/rejections.yaml", "--anew", "--json")
    assert code == 0, said
    rows = Rows(Path("home/eval.db"))
    [score] = [one for one in rows.scores(json.loads(out.splitlines()[0])["run"]) if one.scorer == "not_again"]
    rows.close()
    assert not score.fault, score.why
    return score.value


def that_says(review: Review, words: str) -> dict[str, Any]:
    return next(row for row in review.rows() if words in row["text"])


def test_a_rejected_text_fails_its_case_until_its_clause_is_mended(command: Command, review: Review) -> None:
    row = that_says(review, WORDS)
    review.sent_back(row["id"], comment=f"“{WORDS}”说得不准。")
    assert harvested(command)["rejections"] == 1
    [case] = cases()
    assert case["cluster"] == "B1-TERM2Y" and case["given"]["send_on"] == "2026-11-23"
    assert {name: case["given"][name] for name in ("campaign", "age", "channel", "locale")} == {
        name: row["made_for"][name] for name in ("campaign", "age", "channel", "locale")
    }
    [sentence] = case["expected"]["sentences"]
    assert sentence.startswith(WORDS) and "{product:TD-24M.rate}" in sentence and "2.2%" not in sentence
    assert case["expected"]["why"] == [{"act": "reject", "reason": "tone", "comment": f"“{WORDS}”说得不准。"}]
    assert not_again(command) == 0.0
    # Almost the same words are the same again.
    file = next(path for path in Path("content").rglob("*.yaml") if CLAUSE in path.read_text("utf-8"))
    whole = file.read_text("utf-8")
    file.write_text(whole.replace(CLAUSE, CLAUSE.replace("闲钱可以转成", "闲钱可以转为")), encoding="utf-8")
    assert not_again(command) == 0.0
    file.write_text(whole.replace(CLAUSE, "想存一笔的，{product.name}的期限是{product.term}。"), encoding="utf-8")
    assert not_again(command) == 1.0


def test_a_text_that_nobody_named_a_sentence_of_is_a_case_as_a_whole(command: Command, review: Review) -> None:
    row = that_says(review, WORDS)
    review.sent_back(row["id"], "ask", comment="整条重写。")
    harvested(command)
    [case] = cases()
    assert case["expected"]["sentences"] == [] and case["expected"]["template"].startswith(WORDS)
    assert not_again(command) == 0.0


def test_a_decision_that_was_taken_back_is_no_case(command: Command, review: Review) -> None:
    first, second = (row["id"] for row in review.rows()[:2])
    review.sent_back(first)
    review.do(first, "undo", CHEN)
    review.sent_back(second)
    review.do(second, "undo", CHEN)
    review.do(second, "reject", CHEN, reason="tone")
    told = harvested(command)
    assert told["rejections"] == 1 and told["left_out"] == {"undone": 2}
    assert review.desk.drafts.kept(second).cell.age == cases()[0]["given"]["age"]


def test_a_text_that_was_approved_unchanged_later_on_is_no_case(command: Command, review: Review) -> None:
    own = review.rows()[0]["id"]
    review.sent_back(own, "ask")
    assert harvested(command)["rejections"] == 1
    review.do(own, "submit", MEI)
    review.do(own, "approve", CHEN)
    told = harvested(command)
    assert told["rejections"] == 0 and told["left_out"] == {"approved_unchanged": 1}
    review.do(own, "undo", CHEN)
    assert harvested(command)["rejections"] == 1


def test_a_text_that_was_approved_with_other_words_is_a_case(command: Command, review: Review) -> None:
    own = that_says(review, WORDS)["id"]
    review.sent_back(own)
    review.edit(own, WORDS, "手头的钱可以放进定期存款")
    review.do(own, "submit", MEI)
    review.do(own, "approve", CHEN)
    assert harvested(command)["rejections"] == 1 and cases()[0]["expected"]["template"].startswith(WORDS)


def test_the_same_text_sent_back_twice_is_one_case_with_both_reasons(command: Command, review: Review) -> None:
    own = review.rows()[0]["id"]
    review.sent_back(own, "ask", "一")
    review.sent_back(own, "reject", "二")
    harvested(command)
    [case] = cases()
    assert [one["comment"] for one in case["expected"]["why"]] == ["一", "二"]


def test_the_same_database_gives_the_same_bytes_and_nothing_twice(command: Command, review: Review) -> None:
    for row in review.rows()[:3]:
        review.sent_back(row["id"])
    harvested(command)
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    assert harvested(command)["rejections"] == 3
    command("eval", "harvest", "--out", "elsewhere")
    for folder in ("out", "elsewhere"):
        assert {path.name: path.read_bytes() for path in Path(folder).iterdir()} == before


def test_what_came_before_a_day_is_no_case(command: Command, review: Review) -> None:
    own = review.rows()[0]["id"]
    review.sent_back(own)
    assert harvested(command, "--since", "2026-11-20")["rejections"] == 1
    assert harvested(command, "--since", "2026-11-21")["rejections"] == 0


def test_who_is_named_in_a_comment_does_not_leave_the_desk(command: Command, review: Review) -> None:
    review.sent_back(review.rows()[0]["id"], comment="客户13812345678说看不懂。")
    told = harvested(command)
    assert told["masked"] == 1 and cases()[0]["expected"]["why"][0]["comment"] == "客户***说看不懂。"
    assert not [path for path in Path("out").iterdir() if b"13812345678" in path.read_bytes()]
    assert "Masked: 1" in command("eval", "harvest", "--out", "out")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--since", "yesterday"), "no day"), (("--out", "/dev/null/x"), "cannot be written"), ((), "Nobody has decided")],
)
def test_what_cannot_be_harvested_is_told(command: Command, review: Review, words: tuple[str, ...], told: str) -> None:
    if words:
        review.sent_back(review.rows()[0]["id"])
    code, _out, said = command("eval", "harvest", "--out", "out", *words)
    assert code == 2 and told in said


def test_a_desk_without_a_database_is_told_and_none_is_made(command: Command, home: Path) -> None:
    (home / "copydesk.db").unlink()
    code, _out, said = command("eval", "harvest", "--out", "out")
    assert code == 2 and "There is no database in" in said and not (home / "copydesk.db").exists()
