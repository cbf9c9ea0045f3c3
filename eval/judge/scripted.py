"""Judges whose faults are known: what a harness must find out before it may be believed about a real one.

Each is a *character* behind the model's seam, so that `Judge(ScriptedModel(FirstLover()), …)` is asked, quoted and
checked as any judge is. The same question gets the same answer, in whatever order the questions come.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assistant.errors import ModelAnswer
from assistant.models.answer import Answer

Choice = Literal["first", "second", "same"]
CHOICES: tuple[Choice, ...] = ("first", "second", "same")
_FENCED = re.compile(r"<<<(text|first|second)\n(.*?)\n>>>", re.DOTALL)
_CRITERION = re.compile(r"^Criterion: (.*)$", re.MULTILINE)
_QUOTED = 24
"""Characters of a quote."""


class Character(Protocol):
    """What a judge is like. `asked`: the criterion's question; `dice` are its own for this one question."""

    def level(self, text: str, asked: str, levels: Sequence[int], dice: random.Random) -> int: ...
    def better(self, first: str, second: str, asked: str, dice: random.Random) -> Choice: ...


@dataclass(frozen=True)
class ScriptedModel:
    """A model that answers a judge's questions as its character does. `name` is what it says of itself."""

    character: Character
    name: str = "scripted"
    seed: int = 0

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        deadline_s: float,
        accept: Mapping[str, Any] | None = None,
        seed: int | None = None,
    ) -> Answer:
        """An answer that the schema holds. Raises ModelAnswer where the character does."""
        return self.answer(messages, schema)

    def answer(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Answer:
        """The same for who cannot wait, as a scripted endpoint's script."""
        said = messages[-1]["content"]
        texts, asked = dict(_FENCED.findall(said)), _CRITERION.search(said)
        question = asked[1] if asked else ""
        dice = random.Random(hashlib.sha256(f"{self.seed}\n{said}".encode()).digest())
        content: dict[str, Any]
        if "text" in texts:
            levels = schema["properties"]["level"]["enum"]
            level = self.character.level(texts["text"], question, levels, dice)
            content = {"evidence": [_quote(texts["text"])], "reason": "So it is.", "level": level}
        else:
            better = self.character.better(texts["first"], texts["second"], question, dice)
            quotes = {side: [_quote(texts[side])] for side in ("first", "second")}
            content = {**quotes, "reason": "So it is.", "better": better}
        tokens = sum(len(message["content"]) for message in messages) // 4
        return Answer(content, self.name, tokens, 40, 0, 0.0, "stop")


def _quote(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")[:_QUOTED]


@dataclass(frozen=True)
class FirstLover:
    """Takes whichever text stands first, so often (a share); else it rolls dice. A text alone gets the top level."""

    share: float = 1.0

    def level(self, text: str, asked: str, levels: Sequence[int], dice: random.Random) -> int:
        """The top."""
        return max(levels)

    def better(self, first: str, second: str, asked: str, dice: random.Random) -> Choice:
        """The first."""
        return "first" if dice.random() < self.share else dice.choice(CHOICES)


@dataclass(frozen=True)
class LongerLover:
    """Takes the longer text; a text alone gets a level more for every `step` characters."""

    step: int = 40

    def level(self, text: str, asked: str, levels: Sequence[int], dice: random.Random) -> int:
        """A level by length."""
        return sorted(levels)[min(len(levels) - 1, len(text) // self.step)]

    def better(self, first: str, second: str, asked: str, dice: random.Random) -> Choice:
        """The longer."""
        if len(first) == len(second):
            return "same"
        return "first" if len(first) > len(second) else "second"


@dataclass(frozen=True)
class Dice:
    """Rolls dice."""

    def level(self, text: str, asked: str, levels: Sequence[int], dice: random.Random) -> int:
        """Any level."""
        return dice.choice(list(levels))

    def better(self, first: str, second: str, asked: str, dice: random.Random) -> Choice:
        """Any side."""
        return dice.choice(CHOICES)


@dataclass(frozen=True)
class Careful:
    """Says what a table of the truth says, at a rate; else something else. `truth`: text → level, one table a question
    of a criterion, or under "" for all of them."""

    truth: Mapping[str, Mapping[str, int]]
    rate: float = 1.0

    def level(self, text: str, asked: str, levels: Sequence[int], dice: random.Random) -> int:
        """The true level, or another."""
        true = self._true(asked)[text]
        if dice.random() < self.rate:
            return true
        return dice.choice([level for level in levels if level != true])

    def better(self, first: str, second: str, asked: str, dice: random.Random) -> Choice:
        """The text of the higher level, or another answer."""
        table = self._true(asked)
        one, other = table[first], table[second]
        true: Choice = "same" if one == other else "first" if one > other else "second"
        return true if dice.random() < self.rate else dice.choice([choice for choice in CHOICES if choice != true])

    def _true(self, asked: str) -> Mapping[str, int]:
        return self.truth[asked] if asked in self.truth else self.truth[""]


@dataclass(frozen=True)
class Prose:
    """Answers in sentences where an object is wanted, as a model does that no schema holds."""

    def level(self, text: str, asked: str, levels: Sequence[int], dice: random.Random) -> int:
        """Nothing that can be used."""
        raise ModelAnswer("The model's answer is no JSON.", fault="no_json")

    def better(self, first: str, second: str, asked: str, dice: random.Random) -> Choice:
        """Nothing that can be used."""
        raise ModelAnswer("The model's answer is no JSON.", fault="no_json")
