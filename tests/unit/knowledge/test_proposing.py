"""A change of the knowledge is tried, told and kept before anybody decides on it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.errors import Forbidden, InputError, Refused, UnknownId
from tests.unit.knowledge.acting import decide, files, propose, text_of, worded
from tests.unit.knowledge.conftest import CHEN, MEI, NOW, somebody


def test_a_proposal_says_what_it_would_change_and_changes_nothing(own: Desk) -> None:
    before = files(own)
    made = propose(own)
    assert (made.state, made.problems, made.by) == ("proposed", (), "mei")
    assert [(one.fact, one.old, one.new) for one in made.facts] == [("TD-24M.rate", "2.2%", "2.3%")]
    stating = [
        row["id"] for row in own.recalls.drafts() if any("#TD-24M.rate@" in (c["fact"] or "") for c in row["claims"])
    ]
    assert stating and sorted(made.touches.ids) == sorted(stating)
    assert made.touches.render + made.touches.write == made.touches.texts == made.touches.states["draft"]
    assert files(own) == before and own.pack.facts["product:TD-24M.rate"].ref == made.facts[0].before


def test_who_may_not_propose_is_told_so(own: Desk) -> None:
    with pytest.raises(Forbidden, match="marketer or checker or admin"):
        propose(own, by=somebody("rita", "rm", "lead"))


def test_a_change_with_problems_is_a_draft_that_nobody_can_submit(own: Desk) -> None:
    made = worded(own, "type: term_deposit", "typ: term_deposit")
    assert made.state == "draft"
    told = {(one.file, one.row, one.what) for one in made.problems}
    assert ("products/term_deposits.yaml", 2, "“typ” is no key of this entry") in told
    for act, by in (("submit", MEI), ("approve", CHEN)):
        with pytest.raises(Refused):
            decide(own, made.id, act, by)  # type: ignore[arg-type]
    assert own.proposals.proposal(made.id).state == "draft"


def test_a_rule_whose_own_example_fails_is_a_problem_at_its_line(own: Desk) -> None:
    made = worded(own, "severity: block", "severity: block\neffective_until: 2019-01-01", "rules", "CN-DEP")
    assert made.state == "draft" and all("is not flagged" in one.what for one in made.problems)
    lines = (own.folder / "rules" / "cn_deposit.yaml").read_text("utf-8").splitlines()
    # One line more than now: the file as it would be.
    first = made.problems[0]
    assert first.file == "rules/cn_deposit.yaml" and "text:" in lines[first.line - 2]


def test_a_change_that_breaks_a_reference_elsewhere_names_that_place(own: Desk) -> None:
    made = worded(own, "early_rate: {rate", "early: {rate")
    assert any("nothing fills {product.early_rate}" in one.what for one in made.problems)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: [", "this is not YAML"),
        ("just words", "no entry"),
        ("", "the text is empty"),
        ("id: TD-99", "becomes “TD-99”"),
        ("type: x", "the id “TD-24M” is missing"),
        ("id: &a TD-24M\nname: *a", "anchors and aliases"),
        ("a: &a [x,x]\nb: &b [*a,*a]\nid: TD-24M", "anchors and aliases"),
        ("id: TD-24M\u2028  - id: TD-99\u2028    type: x", "reaches beyond its entry"),
        ("id: TD-24M\n\tname: x", "a tab stands in the indent"),
        ("id: TD-24M\nid: TD-24M", "stands twice"),
        ("id: TD-24M\nx: " + "[" * 40 + "]" * 40, "levels"),
        ("id: TD-24M\nx: !!python/name:os.system ''", "cannot be read"),
    ],
)
def test_a_text_that_is_no_such_entry_is_kept_as_a_draft_with_what_is_wrong(own: Desk, text: str, told: str) -> None:
    before = files(own)
    made = own.proposals.propose("products", "TD-24M", MEI, NOW, text)
    assert made.state == "draft" and any(told in one.what for one in made.problems), made.problems
    assert files(own) == before


def test_a_guide_is_changed_by_its_section(own: Desk) -> None:
    entry = own.pack.guides[0].id
    text = text_of(own, "guides", entry)
    broken = own.proposals.propose("guides", entry, MEI, NOW, "no heading")
    assert broken.state == "draft" and "section with a heading" in broken.problems[0].what
    more = own.proposals.propose("guides", entry, MEI, NOW, f"{text}\n\n## Another\n\nwords")
    assert more.state == "draft"
    made = own.proposals.propose("guides", entry, MEI, NOW, f"{text}\n\nMore words.")
    decide(own, made.id, "approve")
    assert own.pack.guides[0].text.endswith("More words.") and len(own.pack.guides) > 1
    with pytest.raises(InputError, match="no fields"):
        own.proposals.propose("guides", entry, MEI, NOW, None, {"text": "x"})


def test_an_unknown_entry_or_section_is_told_with_the_nearest(own: Desk) -> None:
    for section, entry, close in (("products", "TD-24", "TD-24M"), ("product", "TD-24M", "products")):
        with pytest.raises(UnknownId) as unknown:
            own.proposals.propose(section, entry, MEI, NOW, "id: x")
        assert close in unknown.value.close
    for section, entry in (("../../etc", "passwd"), ("guides", "../pack.yaml#1"), ("products", "../pack")):
        with pytest.raises(UnknownId):
            own.proposals.propose(section, entry, MEI, NOW, "id: x")


def test_nothing_changed_is_no_proposal(own: Desk) -> None:
    with pytest.raises(InputError, match="is what it was"):
        own.proposals.propose("products", "TD-24M", MEI, NOW, text_of(own))


def test_a_value_that_is_a_day_is_one_in_the_file_too(own: Desk) -> None:
    made = own.proposals.propose("rules", "CN-DEP", MEI, NOW, None, {"effective_from": "2018-06-09"})
    assert made.state == "proposed" and "effective_from: 2018-06-09" in made.text
    with pytest.raises(InputError, match="kept for good"):
        own.proposals.propose("rules", "CN-DEP", MEI, NOW, None, {"id": "CN-DEQ"})
    deep: dict[str, Any] = {}
    for _ in range(400):
        deep = {"x": deep}
    with pytest.raises(InputError, match="deep in one another"):
        own.proposals.propose("rules", "CN-DEP", MEI, NOW, None, {"match": deep})


def test_an_example_that_states_what_changes_is_told_and_holds_nothing_up_then_or_later(own: Desk) -> None:
    first = propose(own)
    assert first.outdated and all("2.2" in one.what or "二点二" in one.what for one in first.outdated)
    decide(own, first.id, "approve")
    later = propose(own, entry="TD-36M")
    assert later.state == "proposed" and {one.what for one in later.outdated} == {one.what for one in first.outdated}
    text = text_of(own, "rules", "CN-DEP").replace("must_pass:", "must_pass:\n  - {text: 本行高息揽储}", 1)
    wrong = own.proposals.propose("rules", "CN-DEP", MEI, NOW, text)
    assert wrong.state == "draft" and "本行高息揽储" in wrong.problems[0].what
