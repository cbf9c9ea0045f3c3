"""What a person writes goes through the same gate as any draft, and keeps its proof."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.errors import Refused
from tests.unit.review.moves import CHECKER, MAKER, NOW, desk_over, do, ids
from tests.unit.review.test_recall import with_rate


def stating(desk: Desk) -> str:
    """An e-mail that states the deposit's rate."""
    return next(
        row["id"]
        for row in desk.recalls.drafts()
        if row["made_for"]["channel"] == "email" and "{product:TD-24M.rate}" in row["template"]
    )


def test_a_figure_that_a_person_writes_becomes_the_facts_slot(written: Desk) -> None:
    own = stating(written)
    row = written.shelf.rows([own])[own]
    assert "2.2" in row["text"] and "{" not in row["text"].replace("{customer.", "")
    written.editing.words(own, row["text"], MAKER, None, NOW)
    after = written.shelf.rows([own])[own]
    assert after["template"].count("{product:TD-24M.rate}") == row["template"].count("{product:TD-24M.rate}")
    assert after["text"] == row["text"] and after["writer"] == "person:mei"


def test_a_wrong_figure_blocks_until_it_is_mended(written: Desk) -> None:
    own = stating(written)
    text = written.shelf.rows([own])[own]["text"]
    item = written.editing.words(own, text.replace("2.2", "2.9"), MAKER, None, NOW)
    assert item.verdict == "block"
    with pytest.raises(Refused, match="FIG-WRONG"):
        do(written, own, "submit", MAKER)
    assert written.editing.words(own, text, MAKER, item.version, NOW).verdict == "pass"


def test_a_recalled_text_is_mended_by_the_values_of_today(written: Desk, engine: CheckEngine) -> None:
    own = stating(written)
    do(written, own, "submit", MAKER)
    changed = desk_over(written.settings.home, with_rate(written.pack, "TD-24M", "rate", "2.1"), engine)
    changed.__dict__["engine"] = CheckEngine(changed.pack)
    changed.freeze(changed.recall())
    assert changed.editing.today(own, MAKER, None, NOW).verdict == "pass"
    assert "2.1" in changed.shelf.rows([own])[own]["text"]
    do(changed, own, "submit", MAKER)
    assert do(changed, own, "approve", CHECKER).state == "approved"


def test_a_preview_keeps_nothing(written: Desk) -> None:
    own = ids(written)[0]
    before = written.shelf.rows([own])[own]["id"]
    assert written.editing.preview(own, "保本保息").verdict == "block"
    assert written.shelf.rows([own])[own]["id"] == before
