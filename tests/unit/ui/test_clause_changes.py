"""A change of a clause is read and decided on the page as any other, though clauses have no page of their own."""

from __future__ import annotations

import re

from assistant.bootstrap.desk import Desk
from assistant.packs.laying import with_values
from assistant.packs.place import place_of
from tests.unit.knowledge.conftest import CHEN, MEI, NOW, filled, loaded, own, place, small  # noqa: F401 - fixtures
from ui.knowledge.asking import Asking
from ui.knowledge.deciding import Deciding
from ui.knowledge.given import Decides
from ui.surface import Caller
from ui.words import words_of

CLAUSE = "zh-Hans/pointer.text.mid.1"


def test_a_change_of_a_clause_is_shown_and_approved(own: Desk) -> None:  # noqa: F811
    text = with_values(place_of(own.folder, "phrases", CLAUSE), {"text": "具体内容请看：{campaign.link}"})
    made = own.proposals.propose("phrases", CLAUSE, MEI, NOW, text)
    asking, caller = Asking(own, words_of("en")), Caller(CHEN, None, NOW)
    drawn = str(asking.changes(caller, made.id)["regions"]["main"])
    assert "Phrases" in drawn and CLAUSE in drawn and "具体内容请看" in re.sub("<[^>]+>", "", drawn)
    assert 'data-act="approve"' in drawn and 'data-section="phrases"' not in drawn
    assert CLAUSE in str(asking.changes(caller)["regions"]["list"])
    Deciding(asking).decide(caller, Decides(change=made.id, act="approve", version=made.version))
    assert own.proposals.proposal(made.id).state == "approved"
    assert place_of(own.folder, "phrases", CLAUSE).text == text
    assert any("具体内容请看" in clause.text for clause in own.pack.books["zh-Hans"].phrases)
