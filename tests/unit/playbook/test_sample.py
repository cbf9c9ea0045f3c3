"""The made-up town: the same seed, the same people; each trigger fires for somebody."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.pack import Pack
from assistant.playbook.scan import scan
from eval.people.stories import AS_OF, OTHER_DAYS, moments
from eval.people.write import town, write
from tests.conftest import BANK


def test_the_pack_holds_the_town_that_its_script_makes(tmp_path: Path) -> None:
    write(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (BANK / "sample" / path.name).read_bytes(), f"write {path.name} anew"


def test_every_trigger_fires_for_its_own_customer(bank: Pack) -> None:
    told = town()[1]
    assert set(told) == set(bank.triggers)
    for moment in moments():
        scanned = scan(bank, BANK / "sample", moment)
        assert not scanned.problems
        fired = {(one.trigger, one.customer_id) for one in scanned.actions}
        due = {(trigger, own) for trigger, own in told.items() if OTHER_DAYS.get(trigger, AS_OF) == moment}
        assert due <= fired, sorted(due - fired)
