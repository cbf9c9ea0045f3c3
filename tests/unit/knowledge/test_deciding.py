"""A change of the knowledge takes effect when a second person approves it, and never otherwise."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.errors import FileError, Forbidden, Refused, Stale, UnknownId
from assistant.review.knowledge import taking
from tests.contract.racing import at_once
from tests.unit.knowledge.acting import ADMIN, acts, decide, files, propose
from tests.unit.knowledge.conftest import CHEN, MEI, NOW, opened, somebody


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
