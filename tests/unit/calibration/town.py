"""Texts with true levels, people who see them more or less clearly, and judges whose character is known."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

from assistant.writing.model.prompt import load_prompt
from eval.calibration.judgements import Said
from eval.calibration.ratings import Rating
from eval.judge.biases import Compared
from eval.judge.criteria import load_criteria
from eval.judge.judge import Judge, NotJudged, Side
from eval.judge.piece import Piece
from eval.judge.scripted import Character, ScriptedModel

ROOT = Path(__file__).resolve().parents[3]
CRITERION = "clarity"
WORDS = "money can wait here until you need it and then it is yours the same day".split()


def judge_of(character: Character, seed: int = 0, name: str = "scripted") -> Judge:
    """A judge as any other, but for its model."""
    return Judge(ScriptedModel(character, name, seed), load_prompt(ROOT / "prompts", "judge"), load_criteria())


def texts(count: int, seed: int = 1) -> list[tuple[str, str, str, int]]:
    """Id, cluster, text, true level; the length says nothing of the level."""
    dice = random.Random(seed)
    made = []
    for number in range(count):
        words = " ".join(dice.choice(WORDS) for _ in range(dice.randint(6, 40)))
        made.append((f"i{number:03}", f"c{number % 30:02}", f"Text {number}: {words}.", dice.randint(1, 4)))
    return made


def truth(made: Sequence[tuple[str, str, str, int]]) -> dict[str, dict[str, int]]:
    """What a careful judge knows."""
    return {"": {text: level for _, _, text, level in made}}


def rated(made: Sequence[tuple[str, str, str, int]], raters: int = 3, rate: float = 0.9, seed: int = 2) -> list[Rating]:
    """People who see the true level at a rate, else one beside it."""
    dice = random.Random(seed)
    return [
        Rating(item=own, cluster=cluster, rater=f"r{rater}", criterion=CRITERION, level=_seen(level, rate, dice))
        for own, cluster, _, level in made
        for rater in range(raters)
    ]


def _seen(level: int, rate: float, dice: random.Random) -> int:
    if dice.random() < rate:
        return level
    return dice.choice([one for one in (level - 1, level + 1) if 1 <= one <= 4])


def judged(character: Character, made: Sequence[tuple[str, str, str, int]], seed: int = 0) -> list[Said]:
    """What a judge of a character says of each text."""
    judge = judge_of(character, seed)

    async def every() -> list[Said]:
        said = []
        for own, cluster, text, _ in made:
            told = await judge.judge(Piece(text, "English"), CRITERION)
            about = {"item": own, "cluster": cluster, "criterion": CRITERION, "judge": judge.name, "model": "scripted"}
            if isinstance(told, NotJudged):
                said.append(Said(**about, fault=told.fault, why=told.why))
            else:
                said.append(Said(**about, level=told.level, characters=len(text), evidence=told.evidence))
        return said

    return asyncio.run(every())


def compared(
    character: Character, made: Sequence[tuple[str, str, str, int]], seed: int = 0, rate: float = 0.85
) -> list[Compared]:
    """Neighbours in pairs, as a judge and as people compare them; people see which is better at a rate."""
    judge, dice = judge_of(character, seed), random.Random(seed + 1)

    async def every() -> list[Compared]:
        pairs = []
        for one, other in zip(made[::2], made[1::2], strict=True):
            told = await judge.prefer(Piece(one[2], "English"), Piece(other[2], "English"), CRITERION)
            assert not isinstance(told, NotJudged)
            true: Side = "tie" if one[3] == other[3] else "a" if one[3] > other[3] else "b"
            sides: list[Side] = ["a", "b", "tie"]
            people = true if dice.random() < rate else dice.choice(sides)
            pairs.append(Compared(one[1], told.said, told.better, (len(one[2]), len(other[2])), people))
        return pairs

    return asyncio.run(every())
