"""The score page, over a small desk: what it shows, that it is blind, and what its files are."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person
from assistant.domain.values import LOCALES, Locale
from assistant.errors import Forbidden, Refused
from assistant.review.results.statistics import Interval
from eval.judge.criteria import load_criteria
from eval.rating.rules import load_rules
from eval.rating.standing import Ranked, Ranking
from eval.statistics.undefined import Undefined
from tests.unit.rating.conftest import EVA, JUN, MEI, NOW, pairs
from ui.score.asking import Asking, scoring
from ui.score.given import Says, Which
from ui.score.standing import ranking, reached, signed, why
from ui.surface import Answer, Caller
from ui.words import words_of

EVIL = '"><script>alert(1)</script>'


def caller(person: Person = MEI) -> Caller:
    return Caller(person, None, NOW)


def asking(desk: Desk, locale: Locale = "en") -> Asking:
    return Asking.of(desk, words_of(locale))


def begun(desk: Desk, count: int = 6) -> str:
    """A session of some pairs; its id."""
    rules = load_rules()
    return scoring(desk, rules).begin("May", pairs(count), rules.rubric(load_criteria().one("clarity")), MEI, NOW)


def through(page: Asking, own: str, who: Person, choice: int = 1) -> Answer:
    """Score all that is left; the last answer."""
    answer = page.open(caller(who), Which(session=own))
    while answer["pair"]:
        answer = page.score(caller(who), Says(session=own, pair=answer["pair"], choice=choice))
    return answer


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_session_it_says_so_and_offers_the_form(desk: Desk, locale: Locale) -> None:
    answer = asking(desk, locale).open(caller(), Which())
    assert answer["session"] == "" and words_of(locale)("score.none.title") in answer["regions"]["pair"]
    assert "<details" in answer["regions"]["begin"] and " open " in answer["regions"]["begin"]


def test_nothing_that_is_told_before_the_end_says_who_wrote_what(desk: Desk) -> None:
    own, page = begun(desk), asking(desk)
    told = [page.open(caller(), Which(session=own))]
    while told[-1]["pair"]:
        assert not re.search("qwen|phrases|pair-|swapped|repeat|seed", json.dumps(told).replace("By phrases", ""))
        told.append(page.score(caller(), Says(session=own, pair=told[-1]["pair"], choice=2)))
        told.append(page.standing(caller(), Which(session=own)) | {"pair": told[-1]["pair"]})
    assert "model:qwen" in told[-1]["regions"]["ranking"] or "There is no ranking yet" in told[-1]["regions"]["ranking"]
    assert len(told) == 15, "six pairs and one again"


def test_the_newest_open_session_is_shown_else_the_newest(desk: Desk) -> None:
    page, own = asking(desk), begun(desk)
    assert page.open(caller(), Which())["session"] == own
    page.close(caller(), Which(session=own))
    answer = page.open(caller(), Which())
    assert answer["session"] == own and "This session is closed" in answer["regions"]["pair"]
    assert "data-answers" not in answer["regions"]["files"] and "said.xlsx" in answer["regions"]["files"]


def test_what_was_said_otherwise_in_another_tab_stands_and_is_told_so(desk: Desk) -> None:
    own, page = begun(desk), asking(desk)
    turn = page.open(caller(), Which(session=own))["pair"]
    page.score(caller(), Says(session=own, pair=turn, choice=1))
    assert page.score(caller(), Says(session=own, pair=turn, choice=1))["done"] == 1
    with pytest.raises(Refused) as refused:
        page.score(caller(), Says(session=own, pair=turn, choice=3))
    assert refused.value.code == "scored" and "refused.scored" in words_of("en").table


def test_agreement_and_consistency_are_figures_or_sentences_in_the_page_s_language(desk: Desk) -> None:
    own, page = begun(desk, 24), asking(desk, "zh-Hans")
    assert "还没有人评过" in page.open(caller(), Which(session=own))["regions"]["standing"]
    through(page, own, MEI)
    alone = page.standing(caller(), Which(session=own))["regions"]["standing"]
    assert "还没有哪一组由两个人评过" in alone and "0%" in plain(alone), "who always takes the left is not consistent"
    through(page, own, EVA, 3)
    both = plain(page.standing(caller(EVA), Which(session=own))["regions"]["standing"])
    assert "共同评过 24 组" in both and re.search(r"[+−]\d\.\d\d", both)


def test_why_there_is_no_figure_is_told_in_english_where_the_page_has_no_words() -> None:
    assert why(words_of("zh-Hant"), Undefined("Because <b>.")) == '<span lang="en">Because &lt;b&gt;.</span>'


def test_a_ranking_shows_each_source_as_text_with_its_interval_and_its_pairs() -> None:
    row = Ranked(EVIL, Interval(0.42, -0.1, 0.94), 5, 2, 3)
    drawn = ranking(words_of("en"), Ranking((row, row)))
    assert "<script>" not in drawn and "+0.42 −0.10 to +0.94" in plain(drawn) and plain(drawn).count("5 2 3") == 2
    assert "There is no ranking yet" in ranking(words_of("en"), Ranking((), "Nobody met."))


def test_an_interval_is_drawn_about_nought_and_stays_on_its_paper() -> None:
    drawn = reached(Interval(0.5, float("-inf"), 1.0), 1.0)
    assert "M2.00 6H98.00" in drawn and "M74.00 1V11" in drawn
    assert (signed(-0.1), signed(0.0)) == ("−0.10", "+0.00")


def test_only_evaluators_are_answered_whatever_the_page_s_own_door_does(desk: Desk) -> None:
    assert PAGES["/score"] == ("evaluator",)
    own, page = begun(desk), asking(desk)
    other = caller(Person(login="rita", name="Rita", roles=("admin", "lead", "checker")))
    for act in (page.open, page.undo, page.standing, page.close):
        with pytest.raises(Forbidden):
            act(other, Which(session=own))
    with pytest.raises(Forbidden):
        page.score(other, Says(session=own, pair="x", choice=1))


def test_files_go_out_blind_to_their_own_rater_and_answers_come_back(desk: Desk, client: TestClient) -> None:
    rows = [{"item": one.id, "cluster": one.cluster, "a": one.a.text, "source_a": one.a.source, "b": one.b.text,
             "source_b": one.b.source} for one in pairs(6)]  # fmt: skip
    asked = {"name": "may.jsonl", "title": "May", "criterion": "tone"}
    answer = client.post("/score/files", params=asked, content="\n".join(map(json.dumps, rows)))
    own = answer.json()["session"]
    assert "Choices" in client.get(f"/score/files/{own}/config.xml", params={"locale": "zh-Hans"}).text
    tasks = client.get(f"/score/files/{own}/pairs.json").json()
    assert len(tasks) == 7 and not re.search("qwen|pair-|source", json.dumps(tasks))
    assert client.get(f"/score/files/{own}/said.xlsx").json()["type"] == "urn:copydesk:blind"
    for task in tasks:
        result = {"from_name": "better", "to_name": "left", "type": "choices", "value": {"choices": ["left"]}}
        task["annotations"] = [{"completed_by": 1, "result": [result]}]
    back = client.post(f"/score/files/{own}/answers", params={"name": "x.json"}, content=json.dumps(tasks))
    assert back.json() == {"kept": 7}
    said = client.get(f"/score/files/{own}/said.json")
    assert len(said.json()) == 6 and said.headers["cache-control"] == "no-store"
    assert client.get(f"/score/files/{own}/said.csv").status_code == 422
    assert (
        client.post("/score/files", params={**asked, "criterion": "wit"}, content=json.dumps(rows[0])).status_code
        == 404
    )
    assert client.post("/score/files", params={**asked, "title": " "}, content=json.dumps(rows[0])).status_code == 400
    assert [one.name for one in scoring(desk, load_rules()).sessions(JUN)] == ["May"]


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """Somebody who sits at the desk and has every role, with the page's files alone."""
    from assistant.api.application import guarded, routes
    from tests.conftest import here
    from ui.score.files import router

    app = routes(desk)
    app.include_router(router)
    return here(guarded(app, desk))
