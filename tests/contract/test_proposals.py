"""Changes of the knowledge and briefs are kept alike on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.domain.finding import Claim
from assistant.domain.kept import KeptBrief
from assistant.domain.proposal import FactChange, Fault, Proposal, Touches
from assistant.errors import Stale, UnknownId
from assistant.store.audit import AuditStore
from assistant.store.briefs import BriefStore
from assistant.store.database import Database
from assistant.store.desk import DeskStore
from assistant.store.drafts import DraftStore
from assistant.store.proposals import ProposalStore
from tests.contract.racing import at_once
from tests.contract.rows import BRIEF, NOW, written

FAULT = Fault(file="products/a.yaml", line=3, what="“typ” is no key of this entry", mend="write “type”", row=2)
CHANGE = FactChange(fact="TD-24M.rate", old="2.2%", new="2.3%", before="products/a.yaml#TD-24M.rate@1")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    yield made
    made.close()


def proposal(own: str = "p1", **more: Any) -> Proposal:
    told: dict[str, Any] = {
        "section": "products", "entry": "TD-24M", "file": "products/a.yaml", "line": 2, "state": "proposed",
        "version": 1, "text": "id: TD-24M\nname: 新\n", "was": "id: TD-24M", "digest": "0" * 16, "base": "v1", "by": "mei",
        "made_at": NOW, "problems": (FAULT,), "outdated": (FAULT,), "facts": (CHANGE,),
        "touches": Touches(texts=2, states={"draft": 2}, render=1, write=1, exports=("e",), ids=("a", "b")),
    }  # fmt: skip
    return Proposal(**{"id": own, **told, **more})


def add(store: ProposalStore, *some: Proposal) -> None:
    with store.book() as book:
        for one in some:
            book.add(one)


def test_a_proposal_comes_back_as_it_was(database: Database) -> None:
    store, made = ProposalStore(database), proposal("abc1")
    add(store, made)
    assert store.proposal("abc1") == made
    with pytest.raises(UnknownId) as unknown:
        store.proposal("abc2")
    assert unknown.value.close == ["abc1"]


def test_proposals_are_listed_newest_first_in_pages(database: Database) -> None:
    store = ProposalStore(database)
    add(store, *(proposal(f"p{n}", made_at=NOW + dt.timedelta(minutes=n // 2)) for n in range(5)))
    add(store, proposal("other", entry="TD-36M", state="rejected"))
    first = store.listed(limit=3, entry="TD-24M")
    rest = store.listed(after=first[-1].id, entry="TD-24M")
    assert [one.id for one in (*first, *rest)] == ["p4", "p2", "p3", "p0", "p1"]
    assert [one.id for one in store.listed("rejected")] == ["other"]
    with store.book() as book:
        assert [one.id for one in book.rivals(proposal("p1"))] == ["p0", "p2", "p3", "p4"]


def test_of_many_who_decide_at_once_one_does(database: Database) -> None:
    store = ProposalStore(database)
    add(store, proposal())

    def decide(number: int) -> None:
        with store.book() as book:
            book.put(proposal(version=2, state="approved", decided_by=f"c{number}", decided_at=NOW))
            book.audit(NOW, f"c{number}", "approve", "knowledge:products/TD-24M", {})

    came = at_once(6, decide)
    assert came.count(None) == 1 and sum(isinstance(one, Stale) for one in came) == 5
    (row,) = AuditStore(database).rows()
    assert store.proposal("p1").decided_by == row.who


def test_what_was_approved_and_is_not_in_effect_is_found_in_order(database: Database) -> None:
    store = ProposalStore(database)
    later, earlier = NOW + dt.timedelta(minutes=1), NOW
    add(store, proposal("a", state="approved", decided_at=later), proposal("b", state="approved", decided_at=earlier))
    assert [one.id for one in store.untaken()] == ["b", "a"] and store.latest() is None
    with store.book() as book:
        book.put(proposal("b", state="approved", decided_at=earlier, version=2, took="v2", taken_at=later))
    assert [one.id for one in store.untaken()] == ["a"] and store.latest() == "v2"


def test_texts_that_cite_a_facts_owner_are_counted_by_their_state(database: Database) -> None:
    def claim(own: str) -> Claim:
        fact = f"products/a.yaml#{own}.rate@1a2b3c4d"
        return Claim(text="2.2%", start=0, end=4, kind="rate", fact=fact, status="bound")

    drafts, store = DraftStore(database), ProposalStore(database)
    drafts.begin("r", BRIEF, "v", "w", "mei")
    drafts.put("r", written("d1", "d2", claims=[claim("TD_24M")]))
    with DeskStore(database).book() as book:
        item = book.items(["d1"])["d1"]
        assert item.makers == ("mei",)
        book.put(item.model_copy(update={"version": 1, "state": "approved"}))
    assert store.citing("TD_24M", 10) == ({"approved": 1, "draft": 1}, ["d1", "d2"])
    assert store.citing("TD_24M", 1)[1] == ["d1"]
    assert store.citing("TDx24M", 10) == store.citing("TD_24", 10) == ({}, [])
    assert store.states_of(["d1", "d2"]) == {"d1": "approved"}
    assert drafts.progress("r") == ({"written": 1}, False)
    drafts.end("r")
    assert drafts.progress("r") == ({"written": 1}, True) and drafts.progress("none") == ({}, False)


def test_a_brief_comes_back_as_it_was_and_in_pages(database: Database) -> None:
    store = BriefStore(database)
    made = [
        KeptBrief(id=f"b{n}", brief=BRIEF, estimate={"cost": None}, maker="mei", made_at=NOW + dt.timedelta(hours=n))
        for n in range(3)
    ]
    for one in made:
        store.put(one)
    store.put(made[0].model_copy(update={"run": "r"}))
    assert store.brief("b0").run == "r" and store.brief("b1") == made[1]
    assert [one.id for one in (*store.listed(limit=2), *store.listed(after="b1"))] == ["b2", "b1", "b0"]
    with pytest.raises(UnknownId):
        store.brief("none")
