"""A change of the knowledge takes effect when a second person approves it, and never otherwise."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.domain.proposal import Proposal, ProposalAct
from assistant.errors import FileError, Forbidden, InputError, Refused, Stale, UnknownId
from assistant.packs.place import place_of
from assistant.review.knowledge import taking
from assistant.review.knowledge.rules import ProposalWish
from tests.contract.test_store import at_once
from tests.unit.knowledge.conftest import CHEN, MEI, NOW, opened, somebody

RATE = {"facts": {"rate": {"rate": "2.30%"}}}
ADMIN = somebody("ada", "admin")


def propose(desk: Desk, values: dict[str, Any] | None = None, by: Person = MEI, entry: str = "TD-24M") -> Proposal:
    return desk.proposals.propose("products", entry, by, NOW, None, values or RATE)


def text_of(desk: Desk, section: str = "products", entry: str = "TD-24M") -> str:
    return place_of(desk.folder, section, entry).text


def worded(desk: Desk, old: str, new: str, section: str = "products", entry: str = "TD-24M") -> Proposal:
    text = text_of(desk, section, entry)
    assert old in text
    return desk.proposals.propose(section, entry, MEI, NOW, text.replace(old, new))


def decide(desk: Desk, own: str, act: ProposalAct, by: Person = CHEN, **more: Any) -> Proposal:
    return desk.proposals.decide(own, ProposalWish(act, by, **more), NOW)


def files(desk: Desk) -> dict[str, bytes]:
    return {str(path.relative_to(desk.folder)): path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}


def acts(desk: Desk, subject: str = "knowledge:products/TD-24M") -> list[tuple[str, str]]:
    return [(row.who, row.act) for row in desk.audit.rows(subject=subject)]


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


def test_an_approved_change_is_in_its_file_in_the_desk_and_in_the_audit(own: Desk) -> None:
    path, before = own.folder / "products" / "term_deposits.yaml", files(own)
    path.chmod(0o640)
    made, version, old_workflow = propose(own), own.pack.version, own.workflow
    done = decide(own, made.id, "approve")
    assert (done.state, done.decided_by, done.took) == ("approved", "chen", own.pack.version)
    assert own.pack.version != version and own.pack.facts["product:TD-24M.rate"].ref == made.facts[0].after
    assert own.workflow is not old_workflow and own.engine.pack is own.pack
    after = files(own)
    changed = [name for name in after if after[name] != before.get(name)]
    assert changed == ["products/term_deposits.yaml"] and set(after) == set(before)
    was, now = (tree[changed[0]].decode().splitlines() for tree in (before, after))
    differ = [(a, b) for a, b in zip(was, now, strict=True) if a != b]
    assert len(differ) == 1 and differ[0][1] == differ[0][0].replace('{rate: "2.20%"}', '{rate: "2.30%"}', 1)
    assert path.stat().st_mode & 0o777 == 0o640
    assert acts(own) == [("mei", "propose"), ("chen", "approve"), ("desk", "take_effect")]
    assert set(own.recalls.frozen()) == set(made.touches.ids)


@pytest.mark.parametrize("by", [MEI, somebody("lee", "lead"), somebody("eva", "evaluator"), somebody("rita", "rm")])
def test_only_a_checker_or_an_admin_approves(own: Desk, by: Person) -> None:
    made = propose(own, by=ADMIN)
    with pytest.raises(Forbidden, match="takes the role of checker or admin"):
        decide(own, made.id, "approve", by)
    assert own.proposals.proposal(made.id).state == "proposed"


@pytest.mark.parametrize("by", [ADMIN, CHEN, somebody("all", "marketer", "checker", "admin")])
def test_nobody_approves_or_rejects_their_own_whatever_their_roles(own: Desk, by: Person) -> None:
    made, before = propose(own, by=by), files(own)
    for act in ("approve", "reject"):
        with pytest.raises(Refused, match="own") as refused:
            decide(own, made.id, act, by, reason="tone")  # type: ignore[arg-type]
        assert refused.value.code == "own"
    assert files(own) == before and decide(own, made.id, "withdraw", by).state == "withdrawn"


def test_who_may_not_propose_is_told_so(own: Desk) -> None:
    with pytest.raises(Forbidden, match="marketer or checker or admin"):
        propose(own, by=somebody("rita", "rm", "lead"))


def test_a_rejection_takes_a_reason_and_ends_it(own: Desk) -> None:
    made = propose(own)
    with pytest.raises(Refused, match="needs a reason"):
        decide(own, made.id, "reject")
    with pytest.raises(UnknownId, match="reason"):
        decide(own, made.id, "reject", reason="ton")
    done = decide(own, made.id, "reject", reason="tone", comment="Not now.")
    assert (done.state, done.reason, done.comment) == ("rejected", "tone", "Not now.")
    with pytest.raises(Refused, match="is rejected"):
        decide(own, made.id, "approve")
    with pytest.raises(Refused, match="is rejected"):
        decide(own, made.id, "withdraw", MEI)


def test_only_who_proposed_withdraws(own: Desk) -> None:
    made = propose(own)
    with pytest.raises(Forbidden, match="mei's"):
        decide(own, made.id, "withdraw", CHEN)


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


def test_a_proposal_on_an_entry_that_changed_meanwhile_is_stale(own: Desk) -> None:
    first, second = propose(own), propose(own, {"facts": {"rate": {"rate": "2.40%"}}})
    other = propose(own, entry="TD-36M")
    decide(own, first.id, "approve")
    assert own.proposals.proposal(second.id).state == "stale" and ("desk", "stale") in acts(own)
    with pytest.raises(Refused, match="is stale"):
        decide(own, second.id, "approve", ADMIN)
    assert decide(own, other.id, "approve").state == "approved"
    rates = [own.pack.products[one].facts["rate"].value for one in ("TD-24M", "TD-36M")]
    assert [str(one) for one in rates] == ["2.30", "2.30"]


def test_a_file_that_was_changed_by_hand_makes_a_proposal_stale(own: Desk) -> None:
    made, path = propose(own), own.folder / "products" / "term_deposits.yaml"
    path.write_text(
        path.read_text("utf-8").replace('"2.20%"}, term: {term: 2 years}', '"2.10%"}, term: {term: 2 years}'), "utf-8"
    )
    assert own.proposals.proposal(made.id).state == "stale"
    with pytest.raises(Stale, match="was changed since it was proposed"):
        decide(own, made.id, "approve")
    assert own.proposal_store.proposal(made.id).state == "stale" and "2.10%" in path.read_text("utf-8")


def test_a_decision_names_the_version_that_was_looked_at(own: Desk) -> None:
    made = propose(own)
    with pytest.raises(Stale) as stale:
        decide(own, made.id, "approve", seen=made.version - 1)
    assert (stale.value.by, stale.value.version) == ("mei", made.version)


def test_a_pack_that_cannot_be_written_is_told_with_the_mend_and_nothing_is_decided(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> Path:
        raise OSError(30, "Read-only file system")

    made, before, version = propose(own), files(own), own.pack.version
    with monkeypatch.context() as patch:
        patch.setattr(taking, "beside", refused)
        with pytest.raises(FileError, match=r"Read-only file system.*copydesk init"):
            decide(own, made.id, "approve")
    assert own.proposals.proposal(made.id).state == "proposed"
    assert (files(own), own.pack.version) == (before, version) and acts(own) == [("mei", "propose")]


def test_the_pack_of_the_installed_package_is_not_written(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made, before = propose(own), files(own)
    with monkeypatch.context() as patch:
        patch.setattr(taking, "in_package", lambda path: path.is_relative_to(own.folder.resolve()))
        with pytest.raises(FileError, match=r"installed package.*copydesk init"):
            decide(own, made.id, "approve")
    assert files(own) == before and own.proposals.proposal(made.id).state == "proposed"


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


def test_a_desk_that_was_renewed_while_a_part_was_made_does_not_keep_it(own: Desk) -> None:
    """The part is made of the old knowledge; whoever asked for it has it, and the next one has a new one."""
    pack, engine = own.pack, own.engine

    part = type(own).__dict__["looking"]
    made = part.made

    def late(desk: Desk) -> Any:
        value = made(desk)
        desk.renew(dataclasses.replace(pack), engine)
        return value

    part.made = late
    try:
        assert own.looking.pack is pack
    finally:
        part.made = made
    assert "looking" not in vars(own) and own.looking.pack is own.pack is not pack


def test_two_who_approve_changes_of_one_file_at_once_both_have_theirs_in_it(own: Desk) -> None:
    made = [propose(own, entry=entry) for entry in ("TD-24M", "TD-36M")]
    came = at_once(2, lambda number: decide(own, made[number].id, "approve").state)
    assert came == ["approved", "approved"]
    rates = [str(own.pack.products[one].facts["rate"].value) for one in ("TD-24M", "TD-36M")]
    assert rates == ["2.30", "2.30"] and own.engine.pack is own.pack
    again = opened(own.settings.home, own.settings.content, own.settings.database_url)  # type: ignore[arg-type]
    assert again.pack.version == own.pack.version and again.proposals.settle(NOW) == []
    again.database.close()


def test_of_two_who_approve_rivals_at_once_one_does(own: Desk) -> None:
    made = [propose(own), propose(own, {"facts": {"rate": {"rate": "2.40%"}}})]
    came = at_once(2, lambda number: decide(own, made[number].id, "approve").state)
    assert came.count("approved") == 1 and sum(isinstance(one, Refused) for one in came) == 1
    states = sorted(own.proposal_store.proposal(one.id).state for one in made)
    assert states == ["approved", "stale"]


def test_an_example_that_states_what_changes_is_told_and_holds_nothing_up_then_or_later(own: Desk) -> None:
    first = propose(own)
    assert first.outdated and all("2.2" in one.what or "二点二" in one.what for one in first.outdated)
    decide(own, first.id, "approve")
    later = propose(own, entry="TD-36M")
    assert later.state == "proposed" and {one.what for one in later.outdated} == {one.what for one in first.outdated}
    text = text_of(own, "rules", "CN-DEP").replace("must_pass:", "must_pass:\n  - {text: 本行高息揽储}", 1)
    wrong = own.proposals.propose("rules", "CN-DEP", MEI, NOW, text)
    assert wrong.state == "draft" and "本行高息揽储" in wrong.problems[0].what
