"""A careful judge is admitted, every other is refused with its reasons; what has no value is said in words."""

from __future__ import annotations

import pytest

from eval.calibration.bar import Bar, load_bar
from eval.calibration.calibrate import Calibrated, calibrate
from eval.calibration.judgements import Judgements, Said
from eval.calibration.ratings import Rating, Ratings
from eval.judge.scripted import Careful, Character, Dice, FirstLover, LongerLover, Prose
from eval.statistics.undefined import Undefined
from tests.unit.calibration.town import CRITERION, compared, judged, rated, texts, truth

MADE = texts(300)
PEOPLE = Ratings(tuple(rated(MADE)))
BAR = load_bar()


def held(character: Character, people: Ratings = PEOPLE, bar: Bar = BAR) -> Calibrated:
    (done,) = calibrate(people, Judgements(tuple(judged(character, MADE))), bar)
    return done


def test_a_careful_judge_is_admitted_with_all_its_figures() -> None:
    done = held(Careful(truth(MADE), 0.95))
    assert (
        done.admitted
        and not done.reasons
        and (done.kind, done.items, done.judged, done.raters) == ("taste", 300, 300, 3)
    )
    for figures in (done.people, done.judge):
        for name in ("kappa", "alpha", "ac1"):
            figure = figures.of(name)  # type: ignore[arg-type]
            assert not isinstance(figure, Undefined) and not isinstance(figure.interval, Undefined)
            assert 0.5 < figure.interval.low < figure.value < figure.interval.high <= 1


@pytest.mark.parametrize(
    ("character", "words"),
    [
        (LongerLover(), ("length: ", "no_signal: ", "in a rater's place")),
        (FirstLover(), ("no_signal: ", "in a rater's place")),
        (Dice(), ("no_signal: ", "in a rater's place")),
        (Prose(), ("judged 0 of these 300", "no_json 300")),
        (Careful(truth(MADE), 0.6), ("in a rater's place",)),
    ],
)
def test_a_judge_that_does_not_follow_the_texts_is_refused_and_told_why(
    character: Character, words: tuple[str, ...]
) -> None:
    done = held(character)
    told = " ".join(reason.words for reason in done.reasons)
    assert not done.admitted and all(one in told for one in words), told
    assert any(not reason.lacking for reason in done.reasons), "more ratings would not help"


def test_a_question_of_fact_has_a_higher_bar_than_taste() -> None:
    fact = BAR.model_copy(update={"criteria": {CRITERION: "fact"}})
    able = Careful(truth(MADE), 0.9)
    people = Ratings(tuple(rated(MADE, rate=0.7)))
    assert held(able, people).admitted and not held(able, people, fact).admitted
    assert held(Careful(truth(MADE), 0.97), PEOPLE, fact).admitted


def test_with_too_few_items_or_raters_more_evidence_is_asked_for() -> None:
    few = {own for own, *_ in MADE[:200]}
    for people in (
        Ratings(tuple(row for row in PEOPLE.rows if row.item in few)),
        Ratings(tuple(row for row in PEOPLE.rows if row.rater != "r2" or row.item in few)),
    ):
        done = held(Careful(truth(MADE), 0.95), people)
        assert [reason.lacking for reason in done.reasons] == [True]
        assert done.reasons[0].words.startswith("200 items were rated by 3 people or more; 250 are needed.")


def test_people_who_do_not_agree_admit_no_judge() -> None:
    dice = Ratings(tuple(Rating(**row.model_dump() | {"level": 1 + hash_of(row) % 4}) for row in PEOPLE.rows))
    done = held(Careful(truth(MADE)), dice)
    assert any("People do not agree above chance" in reason.words for reason in done.reasons)


def hash_of(row: Rating) -> int:
    import hashlib

    return hashlib.sha256(f"{row.item} {row.rater}".encode()).digest()[0]


def test_where_all_labels_are_equal_there_is_no_figure_and_the_words_say_why() -> None:
    same = Ratings(tuple(row.model_copy(update={"level": 3}) for row in PEOPLE.rows))
    done = held(Careful({"": {text: 3 for _, _, text, _ in MADE}}), same)
    assert isinstance(done.people.alpha, Undefined) and "are equal, so nothing is told" in done.people.alpha.why
    assert any("are equal, so nothing is told" in reason.words for reason in done.reasons) and not done.admitted
    assert isinstance(done.passing, Undefined) and "fails no text" in done.passing.why


def test_raters_without_an_item_in_common_cannot_be_compared() -> None:
    apart = Ratings(tuple(row for row in PEOPLE.rows if int(row.item[1:]) % 3 == int(row.rater[1:])))
    done = held(Careful(truth(MADE), 0.95), apart)
    assert isinstance(done.people.kappa, Undefined) and "No item was rated by two raters" in done.people.kappa.why
    assert done.items == 0 and not done.admitted


def pairs_of(character: Character) -> tuple[Ratings, Judgements]:
    made = texts(700)
    told = compared(character, made, rate=0.95)
    levels = {"a": 1, "tie": 2, "b": 3}
    people = [
        Rating(
            item=f"p{n}", cluster=one.cluster, rater=f"r{rater}", criterion=CRITERION, level=levels[one.people or "tie"]
        )
        for n, one in enumerate(told)
        for rater in range(3)
    ]
    said = [
        Said(
            item=f"p{n}",
            criterion=CRITERION,
            judge="j",
            model="m",
            better=one.better,
            said=one.said,
            lengths=one.lengths,
        )
        for n, one in enumerate(told)
    ]
    return Ratings(tuple(people)), Judgements(tuple(said))


@pytest.mark.parametrize(
    ("character", "bias"), [(FirstLover(), "position"), (LongerLover(), "length"), (Dice(), "no_signal")]
)
def test_of_pairs_too_each_bias_refuses_the_judge(character: Character, bias: str) -> None:
    (done,) = calibrate(*pairs_of(character), BAR)
    assert not done.admitted and any(reason.words.startswith(f"{bias}: ") for reason in done.reasons)
    assert isinstance(done.passing, Undefined) and "Pairs" in done.passing.why


def test_a_judge_that_is_careful_with_pairs_is_admitted() -> None:
    (done,) = calibrate(*pairs_of(Careful(truth(texts(700)), 0.98)), BAR)
    assert done.admitted, done.reasons
