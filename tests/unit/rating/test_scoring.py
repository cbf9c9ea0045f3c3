"""People score blind: next, score, undo, progress, ranking; and who is no evaluator is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, replace

import pytest

from assistant.domain.person import ROLES, Person
from assistant.domain.rating import RatingSession
from assistant.errors import Forbidden, InputError, Refused, Stale, UnknownId
from assistant.store.audit import AuditStore
from assistant.store.ratings import RatingStore
from eval.rating.scoring import Scoring
from eval.statistics.undefined import Undefined
from tests.unit.rating.conftest import EVA, JUN, MEI, NOW, Begun, liking, pairs

ACTS: list[Callable[[Scoring, Person], object]] = [
    lambda scoring, by: scoring.session(by),
    lambda scoring, by: scoring.sessions(by),
    lambda scoring, by: scoring.next(by),
    lambda scoring, by: scoring.score(by, "x", 1, NOW),
    lambda scoring, by: scoring.undo(by, NOW),
    lambda scoring, by: scoring.progress(by),
    lambda scoring, by: scoring.ranking(by),
    lambda scoring, by: scoring.close(by, NOW),
    lambda scoring, by: scoring.turns(by),
    lambda scoring, by: scoring.said(by),
    lambda scoring, by: scoring.keep(by, {}, NOW),
    lambda scoring, by: scoring.begin("B", pairs(2), scoring.session(MEI).rubric, by, NOW),
]


@pytest.mark.parametrize("act", ACTS)
def test_every_act_refuses_who_is_no_evaluator(begun: Begun, act: Callable[[Scoring, Person], object]) -> None:
    other = Person(login="rita", name="Rita", roles=tuple(role for role in ROLES if role != "evaluator"))
    with pytest.raises(Forbidden, match="role of evaluator"):
        act(begun(), other)


def test_a_page_is_told_nothing_of_who_wrote_what(begun: Begun) -> None:
    scoring = begun()
    told = str(
        [asdict(scoring.next(MEI) or scoring.session(MEI)), asdict(scoring.session(MEI)), asdict(scoring.progress(MEI))]
    )
    assert not any(word in told for word in ("qwen", "source", "pair-", "swapped", "repeat", "seed"))


def test_a_rater_meets_every_pair_and_a_few_again_and_then_is_done(begun: Begun) -> None:
    scoring = begun()
    assert liking(scoring, MEI, "model") == 42 and scoring.next(MEI) is None
    progress = scoring.progress(MEI)
    assert (progress.done, progress.turns, progress.raters) == (42, 42, 1)
    own = progress.consistent["mei"]
    assert not isinstance(own, Undefined) and own.value == 1 and own.low < 1


def test_it_goes_on_where_it_was_after_a_restart(begun: Begun) -> None:
    scoring = begun()
    liking(scoring, MEI, "model", 7)
    before = scoring.next(MEI)
    fresh = RatingStore(scoring.store._database)  # type: ignore[attr-defined]
    again = replace(scoring, store=fresh).next(MEI)
    assert again == before and again is not None and again.place == 8


def test_what_was_said_twice_alike_counts_once_and_otherwise_is_refused(begun: Begun) -> None:
    scoring = begun()
    turn = scoring.next(MEI)
    assert turn is not None
    after = scoring.score(MEI, turn.pair, 1, NOW, ["clearer"])
    assert scoring.score(MEI, turn.pair, 1, NOW, ["clearer"]) == after and scoring.progress(MEI).done == 1
    with pytest.raises(Stale, match="already, with 1"):
        scoring.score(MEI, turn.pair, 3, NOW)


def test_undo_brings_the_last_pair_back_and_it_may_be_scored_anew(begun: Begun) -> None:
    scoring = begun()
    first = scoring.next(MEI)
    assert first is not None
    scoring.score(MEI, first.pair, 1, NOW)
    assert scoring.undo(MEI, NOW) == first == scoring.next(MEI)
    with pytest.raises(Refused, match="nothing to take back"):
        scoring.undo(MEI, NOW)
    scoring.score(MEI, first.pair, 3, NOW)
    (row,) = scoring.store.standing(scoring.own or "")
    assert (row.choice, row.attempt) == (3, 1)
    acts = [entry.act for entry in AuditStore(scoring.store._database).rows()]  # type: ignore[attr-defined]
    assert acts == ["begin_rating", "score", "undo_score", "score"]


@pytest.mark.parametrize(
    ("choice", "reasons", "error"), [(0, (), InputError), (4, (), InputError), (1, ("because",), UnknownId)]
)
def test_what_is_no_answer_is_refused_and_nothing_kept(
    begun: Begun, choice: int, reasons: tuple[str, ...], error: type[Exception]
) -> None:
    scoring = begun()
    turn = scoring.next(MEI)
    assert turn is not None
    with pytest.raises(error):
        scoring.score(MEI, turn.pair, choice, NOW, reasons)
    assert scoring.progress(MEI).done == 0


def test_another_raters_turn_is_nobody_elses(begun: Begun) -> None:
    scoring = begun()
    turn = scoring.next(JUN)
    assert turn is not None
    with pytest.raises(UnknownId):
        scoring.score(MEI, turn.pair, 1, NOW)


def test_agreement_is_told_while_people_score(begun: Begun) -> None:
    scoring = begun()
    assert isinstance(scoring.progress(MEI).agreement, Undefined)
    liking(scoring, MEI, "model", 30)
    none = scoring.progress(MEI).agreement
    assert isinstance(none, Undefined) and "No item was rated by two raters" in none.why
    liking(scoring, JUN, "phrases")
    split = scoring.progress(MEI).agreement
    assert not isinstance(split, Undefined) and split.value < 0
    assert scoring.progress(MEI).raters == 2


def test_what_comes_again_does_not_count_towards_agreement(begun: Begun) -> None:
    scoring = begun()
    liking(scoring, MEI, "model")
    again = {turn.name for turn in scoring.turns(JUN) if turn.repeat}
    while (turn := scoring.next(JUN)) is not None:
        model = 1 if "model" in turn.left else 3
        scoring.score(JUN, turn.pair, 4 - model if turn.pair in again else model, NOW)
    found = scoring.progress(JUN).agreement
    assert isinstance(found, Undefined) and "are equal, so nothing is told" in found.why
    own = scoring.progress(JUN).consistent["jun"]
    assert not isinstance(own, Undefined) and own.value == 0


def test_a_rater_who_always_takes_the_left_is_not_consistent(begun: Begun) -> None:
    scoring = begun(200)
    while (turn := scoring.next(EVA)) is not None:
        scoring.score(EVA, turn.pair, 1, NOW)
    own = scoring.progress(EVA).consistent["eva"]
    assert not isinstance(own, Undefined) and own.value == 0 and own.high < 0.4


def test_who_has_scored_all_and_knows_the_ranking_takes_nothing_back(begun: Begun) -> None:
    scoring = begun(4)
    liking(scoring, MEI, "model")
    assert scoring.ranking(MEI).why and scoring.next(MEI) is None
    with pytest.raises(Refused, match="the ranking is told") as refused:
        scoring.undo(MEI, NOW)
    assert refused.value.code == "done" and scoring.progress(MEI).done == 5


def test_the_ranking_waits_until_its_reader_is_no_longer_blind(begun: Begun) -> None:
    scoring = begun()
    liking(scoring, MEI, "model", 41)
    with pytest.raises(Refused, match="1 pairs wait for you") as refused:
        scoring.ranking(MEI)
    assert refused.value.code == "blind"
    with pytest.raises(Refused, match="no longer blind"):
        scoring.said(JUN)
    scoring.close(JUN, NOW)
    assert scoring.ranking(MEI).why or scoring.ranking(MEI).sources


def test_the_ranking_names_the_better_source_with_its_interval(begun: Begun) -> None:
    scoring = begun()
    dice = __import__("random").Random(5)
    for by in (MEI, JUN, EVA):
        while (turn := scoring.next(by)) is not None:
            left = "model" in turn.left
            choice = 2 if dice.random() < 0.2 else 1 if left == (dice.random() < 0.75) else 3
            scoring.score(by, turn.pair, choice, NOW)
    found = scoring.ranking(MEI)
    first, last = found.sources
    assert (first.source, last.source) == ("model:qwen", "phrases") and first.strength.low > 0 > last.strength.high
    assert first.won + first.tied + first.lost == 120 == last.won + last.tied + last.lost and first.won == last.lost


def test_what_cannot_be_ranked_says_why(begun: Begun) -> None:
    scoring = begun(4)
    scoring.close(MEI, NOW)
    assert scoring.ranking(MEI).sources == () and scoring.ranking(MEI).why


def test_a_closed_session_takes_nothing_more(begun: Begun) -> None:
    scoring = begun()
    turn = scoring.next(MEI)
    assert turn is not None
    scoring.score(MEI, turn.pair, 1, NOW)
    scoring.close(MEI, NOW)
    assert scoring.next(MEI) is None and scoring.session(MEI).closed
    for act in (
        lambda: scoring.score(MEI, turn.pair, 1, NOW),
        lambda: scoring.undo(MEI, NOW),
        lambda: scoring.close(MEI, NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "closed"


def test_without_a_name_the_newest_open_session_is_scored(begun: Begun) -> None:
    old, new = begun(2), begun(3)
    any_ = replace(new, own=None)
    later = new.store.session(new.own or "").model_copy(update={"id": "later", "made_at": NOW + dt.timedelta(days=1)})
    with new.store.book() as book:
        book.add(RatingSession.model_validate(later.model_dump()))
    assert any_.session(MEI).id == "later" and len(any_.sessions(MEI)) == 3
    for one in (old, new, any_):
        one.close(MEI, NOW)
    with pytest.raises(Refused, match="No session is open"):
        any_.next(MEI)


def test_a_session_of_nothing_is_none(begun: Begun) -> None:
    scoring = begun()
    rubric = scoring.session(MEI).rubric
    for wrong in ([], [pairs(1)[0]] * 2):
        with pytest.raises(InputError, match="This is no session"):
            scoring.begin("B", wrong, rubric, MEI, NOW)
