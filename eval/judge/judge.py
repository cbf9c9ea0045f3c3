"""Asking a model for a judgement: one criterion a call, evidence that must stand in the text, pairs in both orders."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.errors import InputError, ModelError
from assistant.writing.model.calls import Answered, Model
from assistant.writing.model.material import fenced
from assistant.writing.model.prompt import Prompt, PromptFile
from assistant.writing.notes import without_identifiers
from eval.judge.criteria import Criteria, Criterion
from eval.judge.piece import Piece

Side = Literal["a", "b", "tie"]
_QUOTES = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1, "maxItems": 3}
_REASON = {"type": "string", "minLength": 1}
_LATE_S = 60.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level that its evidence bears out: every quote stands in the text. `call` is what answered, with its cost."""

    criterion: str
    level: int
    evidence: tuple[str, ...]
    reason: str
    call: Answered


@dataclass(frozen=True, slots=True)
class NotJudged:
    """No judgement, and why: `fault` in one word (a model's, or `misquoted`, `identifies`), `why` in words."""

    criterion: str
    fault: str
    why: str


@dataclass(frozen=True, slots=True)
class Preference:
    """Which of two texts is better by a criterion. `better` is `tie` where the two orders of asking disagree, or where
    both say `same`; `consistent` tells the one from the other. `said`: what each order said."""

    criterion: str
    better: Side
    consistent: bool
    said: tuple[Side, Side]
    reasons: tuple[str, str]
    calls: tuple[Answered, Answered]


class Judge:
    """Asks one model. `name` says by which prompt and which criteria; `own_hosts` are the institution's own."""

    def __init__(
        self,
        model: Model,
        file: PromptFile,
        criteria: Criteria,
        *,
        own_hosts: Collection[str] = (),
        deadline_s: float = _LATE_S,
    ) -> None:
        self._model, self._file, self._own_hosts = model, file, own_hosts
        self._deadline_s = deadline_s
        self.criteria = criteria
        self.name = f"{file.named}:{criteria.version}"

    def prompt(self, criterion: Criterion, piece: Piece, second: str = "") -> Prompt:
        """What is asked about a text, or about two. InputError where one holds what identifies a person."""
        return judge_prompt(self._file, criterion, piece, second, self._own_hosts)

    async def judge(self, piece: Piece, criterion: str) -> Judgement | NotJudged:
        """The text's level. Raises UnknownId for a criterion that is none, and nothing for what the model did."""
        asked = self.criteria.one(criterion)
        levels = {"enum": [one.level for one in asked.levels]}
        told = await self._ask(asked, piece, "", {"evidence": _QUOTES, "reason": _REASON, "level": levels})
        if isinstance(told, NotJudged):
            return told
        said = told.content
        if wrong := _misquoted(asked, said["evidence"], piece.text):
            return wrong
        return Judgement(asked.id, said["level"], tuple(said["evidence"]), said["reason"], told)

    async def prefer(self, a: Piece, b: Piece, criterion: str) -> Preference | NotJudged:
        """The better of two texts for the same readers, asked in both orders. Raises UnknownId as `judge` does."""
        asked = self.criteria.one(criterion)
        one, other = await asyncio.gather(self._pair(asked, a, b), self._pair(asked, b, a))
        for said in (one, other):
            if isinstance(said, NotJudged):
                return said
        assert not isinstance(one, NotJudged) and not isinstance(other, NotJudged)
        names: tuple[dict[str, Side], dict[str, Side]] = (
            {"first": "a", "second": "b", "same": "tie"},
            {"first": "b", "second": "a", "same": "tie"},
        )
        said_a, said_b = names[0][one.content["better"]], names[1][other.content["better"]]
        return Preference(
            asked.id,
            said_a if said_a == said_b else "tie",
            said_a == said_b,
            (said_a, said_b),
            (one.content["reason"], other.content["reason"]),
            (one, other),
        )

    async def _pair(self, asked: Criterion, first: Piece, second: Piece) -> Answered | NotJudged:
        better = {"enum": ["first", "second", "same"]}
        shape = {"first": _QUOTES, "second": _QUOTES, "reason": _REASON, "better": better}
        told = await self._ask(asked, first, second.text, shape)
        if isinstance(told, NotJudged):
            return told
        wrong = _misquoted(asked, told.content["first"], first.text)
        return wrong or _misquoted(asked, told.content["second"], second.text) or told

    async def _ask(self, asked: Criterion, piece: Piece, second: str, shape: Mapping[str, Any]) -> Answered | NotJudged:
        schema = {"type": "object", "properties": shape, "required": list(shape), "additionalProperties": False}
        try:
            messages = self.prompt(asked, piece, second).messages
            return await self._model.ask(messages, schema, deadline_s=self._deadline_s)
        except ModelError as error:
            return NotJudged(asked.id, error.fault, str(error))
        except InputError as error:
            return NotJudged(asked.id, "identifies", str(error))


def judge_prompt(
    file: PromptFile, criterion: Criterion, piece: Piece, second: str = "", own_hosts: Collection[str] = ()
) -> Prompt:
    """Rules, then the criterion, then the readers, the text last: calls about one criterion share all but the text."""
    told = [without_identifiers(text, "text", own_hosts) for text in (piece.text, second)]
    return file.render(
        {
            "criterion": criterion.model_dump(),
            "language": piece.language,
            "channel": piece.channel,
            "readers": piece.readers,
            "tone": piece.tone,
            "text": fenced(told[0]),
            "second": fenced(told[1]),
        }
    )


def _misquoted(asked: Criterion, quotes: Sequence[str], text: str) -> NotJudged | None:
    """What is quoted must stand in the text; width and blanks are let pass, a changed word is not."""
    own = _plain(text)
    wrong = [place for place, quote in enumerate(quotes, 1) if not _plain(quote) or _plain(quote) not in own]
    if not wrong:
        return None
    places = ", ".join(map(str, wrong))
    return NotJudged(asked.id, "misquoted", f"Of {len(quotes)} quotes these do not stand in the text: {places}.")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
