"""A text goes from draft to release by the desk's rules, and by no other way."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.audit import verify
from assistant.domain.draft import Variant
from assistant.domain.item import Act
from assistant.domain.person import Person
from assistant.errors import Forbidden, Refused, Stale, UnknownId
from assistant.review.book import Told
from assistant.review.rules import Wish
from assistant.store.audit import AuditStore
from tests.unit.review.moves import BOTH, CHECKER, MAKER, NOW, do, edit, ids


def test_a_text_goes_from_draft_to_release(written: Desk) -> None:
    own = ids(written)[0]
    assert do(written, own, "submit", MAKER).state == "submitted"
    approved = do(written, own, "approve", CHECKER)
    assert (approved.state, approved.version, approved.makers) == ("approved", 2, ("mei",))
    assert do(written, own, "release", MAKER).state == "released"
    acts = [(one.act, one.by) for one in written.shelf.decisions(own)]
    assert acts == [("submit", "mei"), ("approve", "chen"), ("release", "mei")]


def test_nobody_approves_what_they_made(written: Desk) -> None:
    for own in ids(written)[:20]:
        do(written, own, "submit", BOTH)
        with pytest.raises(Refused) as refused:
            do(written, own, "approve", BOTH)
        assert refused.value.code == "own"


@pytest.mark.parametrize("act", ["approve", "reject", "ask"])
def test_a_marketer_decides_nothing(written: Desk, act: Act) -> None:
    own = ids(written)[0]
    do(written, own, "submit", MAKER)
    with pytest.raises(Forbidden):
        do(written, own, act, Person(login="li", name="Li", roles=("marketer",)), reason="tone")


def test_a_rejection_needs_a_reason(written: Desk) -> None:
    own = ids(written)[0]
    do(written, own, "submit", MAKER)
    with pytest.raises(Refused) as refused:
        do(written, own, "reject", CHECKER)
    assert refused.value.code == "reason"
    assert do(written, own, "reject", CHECKER, reason="tone").state == "rejected"


def test_an_edit_after_approval_voids_it(written: Desk) -> None:
    for own in ids(written)[:20]:
        do(written, own, "submit", MAKER)
        before = do(written, own, "approve", CHECKER)
        edited = edit(written, own, MAKER)
        assert edited.state == "draft" and edited.content != before.content
        with pytest.raises(Refused) as refused:
            do(written, own, "release", MAKER)
        assert refused.value.code == "state"


def test_only_its_maker_edits_a_text(written: Desk) -> None:
    own = ids(written)[0]
    do(written, own, "submit", MAKER)
    with pytest.raises(Forbidden, match="mei"):
        edit(written, own, BOTH)


def test_an_edited_text_takes_the_place_of_the_old_one_in_its_run(written: Desk) -> None:
    own = ids(written)[0]
    run = written.shelf.rows([own])[own]["run"]
    before = written.drafts.cells(run)
    edit(written, own, MAKER)
    after = written.drafts.cells(run)
    assert before is not None and after is not None
    assert sum(len(cell.variants) for cell in after.values()) == sum(len(cell.variants) for cell in before.values())
    assert own not in {one.id for cell in after.values() for one in cell.variants}


def test_what_blocks_cannot_be_submitted(written: Desk) -> None:
    own = ids(written)[0]
    row = written.shelf.rows([own])[own]
    values = {name: row[name] for name in Variant.model_fields} | {"id": "bad", "text": "保本保息，稳赚不赔！"}
    written.workflow.edit(own, Variant.model_validate(values), Wish("edit", MAKER), NOW)
    with pytest.raises(Refused) as refused:
        do(written, own, "submit", MAKER)
    assert refused.value.code == "blocked"


def test_a_stale_decision_is_told_who_changed_the_text(written: Desk) -> None:
    own = ids(written)[0]
    seen = do(written, own, "submit", MAKER).version
    edit(written, own, MAKER)
    do(written, own, "submit", MAKER)
    with pytest.raises(Stale, match="changed by mei") as stale:
        do(written, own, "approve", CHECKER, seen=seen)
    assert stale.value.by == "mei"


def test_an_undo_adds_a_record_and_takes_the_decision_back(written: Desk) -> None:
    own = ids(written)[0]
    do(written, own, "submit", MAKER)
    do(written, own, "approve", CHECKER)
    with pytest.raises(Forbidden):
        do(written, own, "undo", Person(login="wu", name="Wu", roles=("checker",)))
    assert do(written, own, "undo", CHECKER).state == "submitted"
    records = written.shelf.decisions(own)
    assert [one.act for one in records] == ["submit", "approve", "undo"] and records[2].undoes == records[1].id


def test_nothing_is_undone_after_release(written: Desk) -> None:
    own = ids(written)[0]
    for act, by in (("submit", MAKER), ("approve", CHECKER), ("release", MAKER)):
        do(written, own, act, by)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no decision"):
        do(written, own, "undo", CHECKER)


def test_two_people_do_not_decide_the_same_text(written: Desk) -> None:
    own = ids(written)[0]
    do(written, own, "submit", MAKER)
    written.workflow.take(own, Wish("approve", CHECKER), NOW)
    other = Person(login="wu", name="Wu", roles=("checker",))
    with pytest.raises(Refused) as refused:
        written.workflow.take(own, Wish("approve", other), NOW)
    assert refused.value.code == "held"
    with pytest.raises(Refused):
        do(written, own, "approve", other)
    later = NOW + dt.timedelta(minutes=11)
    assert written.workflow.do([own], Wish("approve", other), later)[0].item is not None


def test_of_fifty_racing_approvals_one_wins(written: Desk) -> None:
    own = ids(written)[0]
    seen = do(written, own, "submit", MAKER).version
    told: list[Told] = []
    people = [Person(login=f"c{n}", name="C", roles=("checker",)) for n in range(50)]

    def race(by: Person) -> None:
        told.extend(written.workflow.do([own], Wish("approve", by, seen=seen), NOW))

    threads = [threading.Thread(target=race, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 50 and sum(one.item is not None for one in told) == 1
    assert {type(one.refused) for one in told if one.refused} == {Stale}


def test_bulk_approval_leaves_out_what_cannot_be_approved(written: Desk) -> None:
    some = ids(written)[:6]
    written.workflow.do(some[:5], Wish("submit", MAKER), NOW)
    told = written.workflow.do(some, Wish("approve", CHECKER, alone=False), NOW)
    assert [one.item is not None for one in told] == [True] * 5 + [False]
    assert told[5].refused is not None and told[5].refused.code == "state"


def test_a_text_that_nobody_knows_is_named(written: Desk) -> None:
    with pytest.raises(UnknownId, match="There is no text"):
        do(written, "nosuch", "submit", MAKER)


def test_every_move_stands_in_an_unbroken_audit(written: Desk) -> None:
    own = ids(written)[0]
    do(written, own, "submit", MAKER)
    written.workflow.take(own, Wish("approve", CHECKER), NOW)
    do(written, own, "approve", CHECKER)
    rows = list(AuditStore(written.database).rows())
    assert [(row.act, row.who) for row in rows] == [("submit", "mei"), ("saw", "chen"), ("approve", "chen")]
    assert verify(rows, []).fault == "" and rows[2].body["facts"]


def test_what_is_refused_leaves_no_record(written: Desk) -> None:
    own = ids(written)[0]
    with pytest.raises(Refused):
        do(written, own, "approve", CHECKER)
    assert written.shelf.decisions(own) == [] and list(AuditStore(written.database).rows()) == []
