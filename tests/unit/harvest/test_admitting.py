"""A harvested proposal is filed only when it worsens no suite, and takes effect only when a second person approves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import Refused
from assistant.review.knowledge.rules import ProposalWish
from tests.commanding import Command
from tests.unit.harvest.reviewing import CHEN, MEI, Review

FINE, WORSE = ("详情请看", "具体内容请看"), ("可以", "不妨")
SPOKEN = "B1-TERM2Y B1-LARGECD B2-ROLL B2-WEALTH B3-SALARY B3-SAVE10 B4-PAYDAY B5-MONTHEND B6-BIRTHDAY B6-ANNIV".split()


@pytest.fixture
def suite(home: Path) -> str:
    """Cells of ten campaigns whose texts must be clean."""
    given = {"segment": "salary", "channel": "sms", "locale": "zh-Hans", "send_on": "2026-11-23"}
    cases = [
        {"id": f"{campaign}/{age}", "cluster": campaign, "given": {**given, "campaign": campaign, "age": age}}
        for campaign in SPOKEN
        for age in ("25-34", "45-54")
    ]
    told = {
        "suite": "cells",
        "task": "write",
        "scorers": ["verdict", "diversity"],
        "margins": {"clean": 0.01},
        "cases": cases,
    }
    Path("cells.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    return "cells.yaml"


def proposed(command: Command, review: Review, old: str, new: str) -> str:
    """Three reviewers' edits of two campaigns, harvested: the proposal's id."""
    for person in (MEI, CHEN):
        review.desk.accounts.add(person, "a long enough phrase" if person is MEI else None, "test", review.now)
    texts = [row for name in ("B1-TERM2Y", "B2-ROLL") for row in review.rows(name) if old in row["text"]]
    for row in (*texts[:2], texts[-1]):
        review.edit(row["id"], old, new)
    assert command("eval", "harvest", "--out", "out")[0] == 0
    [one] = yaml.safe_load(Path("out/proposals.yaml").read_text("utf-8"))["proposals"]
    own: str = one["id"]
    return own


def admit(command: Command, own: str, suite: str, by: str = "mei") -> tuple[int, dict[str, Any], str]:
    words = ("out/proposals.yaml", own, "--by", by, "--suite", suite, "--json")
    code, out, said = command("eval", "admit", *words)
    return code, json.loads(out) if out else {}, said


def content() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path("content").rglob("*") if path.is_file()}


def test_what_worsens_nothing_is_filed_and_waits_for_a_second_person(
    command: Command, review: Review, suite: str
) -> None:
    own = proposed(command, review, *FINE)
    before = content()
    code, told, said = admit(command, own, suite)
    assert code == 0, (told, said)
    assert told["suites"]["cells"]["verdict"] == "passed" and content() == before
    [filed] = review.desk.proposal_store.listed()
    assert (filed.id, filed.state, filed.by) == (told["filed"], "proposed", "mei")
    assert own in filed.note and "cells.yaml" in filed.note
    # Asked for again, it is the same one.
    code, again, _said = admit(command, own, suite)
    assert (code, again["filed"], len(review.desk.proposal_store.listed())) == (0, filed.id, 1)
    with pytest.raises(Refused, match="own"):
        review.desk.proposals.decide(filed.id, ProposalWish("approve", _both()), review.now)
    done = review.desk.proposals.decide(filed.id, ProposalWish("approve", CHEN), review.now)
    assert done.took == review.desk.pack.version
    changed = [name for name, raw in content().items() if raw != before[name]]
    assert changed == ["content/knowledge/bank/phrases/zh-Hans/pointers.yaml"]


def test_what_worsens_a_suite_is_refused_with_the_gates_reason_and_not_filed(
    command: Command, review: Review, suite: str
) -> None:
    own = proposed(command, review, *WORSE)
    before = content()
    code, told, _said = admit(command, own, suite)
    assert code == 1 and told["filed"] is None
    rulings = {one["metric"]: one for one in told["suites"]["cells"]["rulings"]}
    assert (
        rulings["verdict/clean"]["verdict"] == "regressed" and "worse beyond chance" in rulings["verdict/clean"]["why"]
    )
    assert review.desk.proposal_store.listed() == [] and content() == before


def test_without_evidence_nothing_is_filed(command: Command, review: Review, suite: str) -> None:
    own = proposed(command, review, *FINE)
    told = yaml.safe_load(Path(suite).read_text("utf-8"))
    Path(suite).write_text(yaml.safe_dump({**told, "cases": told["cases"][:1]}), encoding="utf-8")
    code, said, _err = admit(command, own, suite)
    assert code == 3 and said["suites"]["cells"]["verdict"] == "not enough evidence"
    assert review.desk.proposal_store.listed() == []


def test_what_makes_the_pack_unsound_is_refused_before_anything_is_run(
    command: Command, review: Review, suite: str
) -> None:
    own = proposed(command, review, *WORSE)
    file = Path("out/proposals.yaml")
    file.write_text(file.read_text("utf-8").replace("- text: 不妨", "- text: 可以不妨"), encoding="utf-8")
    code, told, _said = admit(command, own, suite)
    assert code == 1 and told["filed"] is None and "suites" not in told
    assert any("HOUSE-WORDS" in one and "is flagged" in one for one in told["problems"])
    assert not Path("home/eval.db").exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: clause", "kind: wish", "out/proposals.yaml:5: kind: “wish” is not allowed"),
        ("texts: 3", "texts: [", "this is not YAML"),
        ("proposals:", "pictures:", "out/proposals.yaml:1: there is no list “proposals”"),
        ("digest: ", "digest: x", "was changed since the harvest"),
    ],
)
def test_a_damaged_file_is_told_by_its_line(
    command: Command, review: Review, suite: str, old: str, new: str, told: str
) -> None:
    own = proposed(command, review, *FINE)
    file = Path("out/proposals.yaml")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    code, _out, said = admit(command, own, suite)
    assert code != 0 and told in said and "Traceback" not in said


def test_what_nobody_proposed_and_who_may_not_are_told(command: Command, review: Review, suite: str) -> None:
    own = proposed(command, review, *FINE)
    for code_by, id_of, told in (("mei", f"{own}x", "There is no proposal"), ("nobody", own, "no open account")):
        code, _out, said = admit(command, id_of, suite, code_by)
        assert code == 2 and told in said
    code, _out, said = command("eval", "admit", "none.yaml", own, "--by", "mei")
    assert code == 2 and "There is no file none.yaml" in said


def _both() -> Any:
    return MEI.model_copy(update={"roles": ("marketer", "checker")})
