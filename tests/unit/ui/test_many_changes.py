"""More proposed changes than a screenful: each press of “Show more” adds to what stands there, until all do."""

from __future__ import annotations

import re

from assistant.bootstrap.desk import Desk
from assistant.domain.proposal import Proposal
from assistant.packs.place import place_of
from tests.unit.knowledge.conftest import MEI, NOW, filled, loaded, own, place, small  # noqa: F401 - fixtures
from ui.knowledge.asking import ROWS, Asking
from ui.surface import Caller
from ui.words import words_of


def test_show_more_adds_a_screenful_and_goes_when_all_are_there(own: Desk) -> None:  # noqa: F811
    entry, many = place_of(own.folder, "products", "TD-24M"), 2 * ROWS + 15
    with own.proposal_store.book() as book:
        for n in range(many):
            book.add(Proposal(
                id=f"p{n:03}", section="products", entry=entry.id, file=entry.file, line=entry.line, state="withdrawn",
                version=1, text=entry.text, was=entry.text, digest=entry.digest, base="v", by="mei", made_at=NOW,
            ))  # fmt: skip
    asking, caller, counts, after = Asking(own, words_of("en")), Caller(MEI, None, NOW), [], ""
    while len(counts) < 5:
        drawn = asking.changes(caller, after=after)["regions"]["list"]
        counts.append(len(set(re.findall(r'data-key="change:(\w+)"', drawn))))
        more = re.search(r'data-after="(\w+)"', drawn)
        if more is None:
            break
        after = more[1]
    assert counts == [ROWS, 2 * ROWS, many]
