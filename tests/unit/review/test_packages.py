"""Texts are decided in packages, sent back with reasons that the pack knows, and recalled with the knowledge."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.errors import Refused, UnknownId
from assistant.review.rules import Wish
from tests.unit.review.moves import CHECKER, MAKER, NOW, bundled, desk_over, do, edit, ids
from tests.unit.review.test_recall import with_rate


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
    changed = desk_over(written.settings.home, with_rate(written.pack, "TD-24M", "rate", "2.1"), engine)
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
