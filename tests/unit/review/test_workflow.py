"""A text goes from draft to release by the desk's rules, and by no other way."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.audit import verify
from assistant.domain.brief import Brief
from assistant.domain.draft import Variant
from assistant.domain.item import Act, Item
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.errors import Forbidden, Refused, Stale, UnknownId
from assistant.review.book import Told
from assistant.review.rules import Wish
from assistant.settings import FILE, read_settings
from assistant.store.audit import AuditStore
from tests.contract.databases import Databases
from tests.unit.review.test_recall import with_rate

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
MAKER = Person(login="mei", name="Mei", roles=("marketer",))
CHECKER = Person(login="chen", name="Chen", roles=("checker",))
BOTH = Person(login="bo", name="Bo", roles=("marketer", "checker"))


@pytest.fixture(scope="module")
def home(bank: Pack, engine: CheckEngine, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk that has written some drafts, over each database."""
    folder = tmp_path_factory.mktemp("desk") / "home"
    _settle(folder, databases.empty(folder))
    desk = _desk(folder, bank, engine)
    brief = Brief(
        campaign="B1-TERM2Y",
        segments=("salary",),
        ages=("35-44", "65+"),
        channels=("sms", "email"),
        locales=("zh-Hans", "en"),
        send_on=dt.date(2026, 11, 23),
    )
    asyncio.run(_drain(desk.matrix.write(brief)))
    desk.database.close()
    return desk.settings.home


@pytest.fixture
def written(home: Path, bank: Pack, engine: CheckEngine, databases: Databases, tmp_path: Path) -> Iterator[Desk]:
    """A desk of its own with these drafts."""
    source = read_settings({}, home).database_url
    assert source is not None
    _settle(tmp_path / "home", databases.copy(source, tmp_path / "home"))
    desk = _desk(tmp_path / "home", bank, engine)
    yield desk
    desk.database.close()


def _settle(home: Path, url: str) -> None:
    """Write down in a desk's folder where its database is."""
    home.mkdir(parents=True, exist_ok=True)
    (home / FILE).write_text(f"database_url = {json.dumps(url)}\n")


def _desk(home: Path, bank: Pack, engine: CheckEngine) -> Desk:
    """A desk over the database of a folder."""
    desk = Desk(read_settings({}, home).over(home=home))
    desk.__dict__.update(pack=bank, engine=engine)
    return desk


async def _drain(cells: Any) -> None:
    async for _ in cells:
        pass


def ids(desk: Desk) -> list[str]:
    return sorted(row["id"] for row in desk.recalls.drafts())


def do(desk: Desk, own: str, act: Act, by: Person | None, **wish: Any) -> Item:
    """One act on one text; raises what refuses it."""
    told = desk.workflow.do([own], Wish(act, by, **wish), NOW)[0]
    if told.refused:
        raise told.refused
    assert told.item is not None
    return told.item


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


def edit(desk: Desk, own: str, by: Person, more: str = "") -> Item:
    """Another text in an item's place, with something added to its words."""
    row = desk.shelf.rows([own])[own]
    other = next(r for r in desk.recalls.drafts() if r["made_for"] == row["made_for"] and r["id"] != row["id"])
    values = {name: other[name] for name in Variant.model_fields} | {"id": f"e{own[:11]}"}
    values |= {"template": other["template"] + more, "text": other["text"] + more}
    return desk.workflow.edit(own, Variant.model_validate(values), Wish("edit", by), NOW)


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


def bundled(desk: Desk, count: int = 6) -> tuple[str, list[str]]:
    """A package of two waves."""
    own = ids(desk)[:count]
    waves = {"teaser": own[: count // 2], "offer": own[count // 2 :]}
    return desk.packages.bundle("Autumn", waves, "conversions", MAKER, NOW), own


def test_a_package_of_two_waves_takes_one_approval(written: Desk) -> None:
    package, own = bundled(written)
    written.packages.do_package(package, Wish("submit", MAKER), NOW)
    told = written.packages.do_package(package, Wish("approve", CHECKER, alone=False), NOW)
    assert {one.item.state for one in told if one.item} == {"approved"} and len(told) == len(own)
    assert [one.wave for one in written.shelf.listed(package=package)].count("teaser") == len(own) // 2


def test_one_text_that_cannot_be_approved_holds_its_package(written: Desk) -> None:
    package, own = bundled(written)
    written.packages.do_package(package, Wish("submit", MAKER), NOW)
    do(written, own[0], "reject", CHECKER, reason="tone")
    with pytest.raises(Refused, match=own[0]):
        written.packages.do_package(package, Wish("approve", CHECKER), NOW)
    assert {one.state for one in written.shelf.listed(package=package)} == {"submitted", "rejected"}


def test_a_text_is_in_one_package_only(written: Desk) -> None:
    package, own = bundled(written)
    with pytest.raises(Refused, match=package):
        written.packages.bundle("Again", {"only": own[:1]}, "clicks", MAKER, NOW)


def test_a_reason_that_the_pack_lacks_is_named(written: Desk) -> None:
    own = ids(written)[0]
    do(written, own, "submit", MAKER)
    with pytest.raises(UnknownId, match="tone"):
        do(written, own, "reject", CHECKER, reason="tona")


def test_a_change_of_the_knowledge_recalls_what_was_approved(written: Desk, engine: CheckEngine) -> None:
    stating = [
        row["id"] for row in written.recalls.drafts() if any("TD-24M.rate@" in (c["fact"] or "") for c in row["claims"])
    ]
    own = stating[0]
    do(written, own, "submit", MAKER)
    do(written, own, "approve", CHECKER)
    changed = _desk(written.settings.home, with_rate(written.pack, "TD-24M", "rate", "2.1"), engine)
    changed.freeze(changed.recall())
    last = changed.shelf.decisions(own)[-1]
    assert (last.act, last.source, last.by) == ("recall", "approved", "desk")
    with pytest.raises(Refused, match="recalled"):
        do(changed, own, "release", MAKER)


def test_a_text_that_replaced_another_is_the_same_item(written: Desk) -> None:
    own = ids(written)[0]
    first = edit(written, own, MAKER).draft
    assert do(written, first, "submit", MAKER).id == own
    second = written.editing.today(own, MAKER, None, NOW).draft
    with pytest.raises(Refused, match="was replaced"):
        do(written, first, "submit", MAKER)
    assert do(written, second, "submit", MAKER).id == own
