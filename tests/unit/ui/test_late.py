"""How many calls are overdue stands beside their page's name on every page of whoever calls, and of nobody else."""

from __future__ import annotations

import datetime as dt

from assistant.api.access import Asked
from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from tests.unit.ui.calls_town import LEA, NOW, RITA
from ui.frame import Frame
from ui.header import header
from ui.late import Late, badge
from ui.words import words_of

EVERYWHERE = LEA.model_copy(update={"team": "*"})
MAKER = Person(login="mo", name="Mo", roles=("marketer",))
LATER = NOW.replace(day=20, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_a_manager_s_own_are_counted_and_a_lead_s_team_s(town: Desk) -> None:
    late, store = Late(town), town.actions.store
    theirs = [one for one in store.queue() if one.owner == "relationship_manager"]
    assert late.of(EVERYWHERE, LATER) == len(theirs) > 3
    assert late.of(RITA, LATER) == sum(one.manager == "RM1" for one in theirs) < len(theirs)
    assert late.of(RITA, LATER - dt.timedelta(days=12)) == 0 and late.of(MAKER, LATER) is None


def test_the_number_stands_on_every_page_and_is_hidden_where_nothing_is_late() -> None:
    words = words_of("en")
    top = header(words, ("/review", "/calls"), "/review", "Islet", EVERYWHERE, late=3)
    assert 'title="3 overdue"><b>3</b>' in top and "hidden><b>0</b>" in badge(words, 0)
    assert top.count("data-badge") == 1


def test_the_document_of_a_page_brings_the_number_with_it(town: Desk) -> None:
    house = dict(town.pack.institution.name)
    frame = Frame(("/review", "/calls"), house, late=Late(town))
    page = frame.wrap("<html lang='en'><head></head><body><gradio-app></gradio-app></body></html>", "/review", "en", "n",
                      Asked(EVERYWHERE, "session"))  # fmt: skip
    assert ' overdue"><b>' in page and 'data-badge="/calls"' in page
