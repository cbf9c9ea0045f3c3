"""A jury: the middle level, the side of more than half, nobody of the generator's own family."""

from __future__ import annotations

import asyncio

import pytest

from assistant.errors import InputError, Refused
from eval.judge.families import families_of, generator_of
from eval.judge.jury import Juror, Jury, Levelled, Preferred, seated
from eval.judge.piece import Piece
from eval.judge.scripted import Careful, Character, FirstLover, Prose
from tests.unit.calibration.town import judge_of

GOOD, BAD = Piece("Money can wait in the app.", "English"), Piece("Hurry up now.", "English")


def says(level: int) -> Character:
    return Careful({"": {GOOD.text: level, BAD.text: 5 - level}})


def jury(*characters: Character) -> Jury:
    return Jury(tuple(Juror(f"m{n}", judge_of(one)) for n, one in enumerate(characters)))


def level(*characters: Character) -> Levelled:
    return asyncio.run(jury(*characters).judge(GOOD, "clarity"))


def better(*characters: Character) -> Preferred:
    return asyncio.run(jury(*characters).prefer(GOOD, BAD, "clarity"))


@pytest.mark.parametrize(("levels", "middle"), [((1, 3, 4), 3), ((2, 4), 2), ((4,), 4), ((1, 1, 2, 4), 1)])
def test_the_level_is_the_middle_one_and_of_two_the_lower(levels: tuple[int, ...], middle: int) -> None:
    assert level(*map(says, levels)).level == middle


def test_who_could_not_judge_is_counted_and_too_many_of_them_end_it() -> None:
    one_short = level(says(3), says(3), Prose())
    assert (one_short.level, one_short.unable) == (3, 1) and "1 of 3 could not judge (no_json)" in one_short.why
    none = level(says(3), Prose())
    assert none.level is None and none.unable == 1 and "Too few could judge" in none.why
    assert better(Prose(), Prose(), says(4)).better is None


@pytest.mark.parametrize(
    ("characters", "side"),
    [
        ((says(4), says(4), says(1)), "a"),
        ((says(1), says(1), FirstLover()), "b"),
        ((says(4), says(1)), "tie"),
        ((says(4), FirstLover(), FirstLover()), "tie"),
        ((says(4), says(1), FirstLover()), "tie"),
    ],
)
def test_the_better_text_is_that_of_more_than_half(characters: tuple[Character, ...], side: str) -> None:
    assert better(*characters).better == side


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("Qwen/Qwen3-8B-Instruct", {"qwen"}),
        ("qwq-32b", {"qwen"}),
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", {"deepseek", "llama"}),
        ("house-14b", {"house"}),
        ("/models/House-7b/", {"house"}),
        ("mistralai/Mixtral-8x7B", {"mistral"}),
        ("72", {"72"}),
    ],
)
def test_a_models_family_is_read_from_its_name(name: str, families: set[str]) -> None:
    assert families_of(name) == families


def test_what_wrote_a_draft_is_read_from_its_writer() -> None:
    assert generator_of("model:Qwen/Qwen3-8B:1a2b.3c4d") == "Qwen/Qwen3-8B" and generator_of("phrases") is None


def test_nobody_judges_the_texts_of_their_own_family_and_it_is_said() -> None:
    judges = [Juror(name, judge_of(says(3), name=name)) for name in ("Qwen3-32B", "Llama-3.1-8B", "GLM-4-9B")]
    made = seated(judges, "Qwen/Qwen3-8B")
    assert [one.model for one in made.jurors] == ["Llama-3.1-8B", "GLM-4-9B"]
    assert made.said == ("Qwen3-32B was left out: it is of the family of Qwen/Qwen3-8B, which wrote the texts (qwen).",)
    with pytest.raises(Refused, match=r"Every judge \(Qwen3-32B\)") as refused:
        seated(judges[:1], "qwen2.5-7b")
    assert refused.value.code == "own_family"
    assert len(seated(judges, None).jurors) == 3
    with pytest.raises(InputError):
        seated([], None)


def test_judges_of_one_family_are_told_to_share_their_faults() -> None:
    judges = [Juror(name, judge_of(says(3))) for name in ("Qwen3-32B", "Qwen3-8B")]
    assert "of one family (qwen)" in seated(judges, "Llama-3").said[0]
