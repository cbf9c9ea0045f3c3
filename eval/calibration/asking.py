"""Asking judges about a file of texts or pairs: one line a judgement as it comes, and gone on with after a kill."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import InputError, unwritable
from assistant.writing.model.material import LANGUAGES
from eval.calibration.judgements import Said, read_judgements
from eval.calibration.lines import json_lines
from eval.judge.families import generator_of
from eval.judge.judge import Judgement, NotJudged, Preference
from eval.judge.jury import Jury, Levelled, Preferred
from eval.judge.piece import Piece

_SHOWN = 20


class Item(BaseModel):
    """What is judged: a `text`, or the texts `a` and `b` of a pair, and for whom. `writers`: what drafts say of who
    wrote them."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    item: str = Field(min_length=1)
    cluster: str = Field(min_length=1)
    text: str = ""
    a: str = ""
    b: str = ""
    language: str = "English"
    channel: str = ""
    readers: str = ""
    tone: str = ""
    writer: str = ""
    writers: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_pair(cls, raw: Any) -> Any:
        """A pair as people compare it (`assistant.domain.rating.Pair`) is an item too."""
        if not isinstance(raw, dict) or not isinstance(raw.get("a"), dict) or not isinstance(raw.get("b"), dict):
            return raw
        halves = (raw["a"], raw["b"])
        a, b = (one.get("text") for one in halves)
        language = LANGUAGES.get(raw.get("language", ""), "English")
        writers = [one["source"] for one in halves if isinstance(one.get("source"), str)]
        return {**raw, "item": raw.get("id"), "a": a, "b": b, "language": language, "writers": writers}

    @model_validator(mode="after")
    def _one(self) -> Item:
        if bool(self.text) == bool(self.a and self.b) or bool(self.a) != bool(self.b):
            raise ValueError("an item has either a text, or a and b")
        return self

    def piece(self, text: str) -> Piece:
        """A text of it as a judge reads it."""
        return Piece(text, self.language, self.channel, self.readers, self.tone)


@dataclass(frozen=True, slots=True)
class Question:
    """An item by one criterion."""

    item: Item
    criterion: str


def read_items(path: Path) -> list[Item]:
    """The items of a file of JSON lines. Raises FileError, or InputError that names every wrong row as `file:row`."""
    items, problems, seen = list[Item](), list[str](), dict[str, str]()
    for place, raw in json_lines(path):
        try:
            item = Item.model_validate(raw)
        except ValidationError as error:
            problems += [f"{place}: {'.'.join(map(str, one['loc']))} {one['msg']}" for one in error.errors()]
            continue
        if item.item in seen:
            problems.append(f"{place}: the item {item.item} stands at {seen[item.item]} already")
        seen[item.item] = place
        items.append(item)
    if problems:
        raise InputError("\n".join(problems[:_SHOWN]), "Mend these rows.")
    if not items:
        raise InputError(f"{path} holds no items.", "Write an object a line with item, cluster and text, or a and b.")
    return items


def generators(items: Iterable[Item]) -> tuple[str, ...]:
    """The models that wrote the items, as far as these say."""
    named = (generator_of(writer) for item in items for writer in (item.writer, *item.writers))
    return tuple(sorted({one for one in named if one}))


def left(items: Sequence[Item], criteria: Sequence[str], jury: Jury, out: Path) -> list[Question]:
    """What is still to be asked: all that no line of the file answers. What failed is asked again.

    Raises InputError where the file is another judge's.
    """
    done = set[tuple[str, str]]()
    if out.exists() and out.stat().st_size:
        _whole(out)
        if out.stat().st_size:
            before = read_judgements(out)
            if (before.judge, before.model) != (named(jury), models(jury)):
                what = f"{out} holds the judgements of {before.model} by {before.judge}."
                raise InputError(what, "Name another file for this judge, or remove it.")
            done = {(row.item, row.criterion) for row in before.rows if not row.fault}
    return [Question(item, one) for one in criteria for item in items if (item.item, one) not in done]


def named(jury: Jury) -> str:
    """By which prompts and criteria a jury judges; the same words where all do by the same."""
    return "+".join(dict.fromkeys(one.judge.name for one in jury.jurors))


def models(jury: Jury) -> str:
    """Who sits in a jury."""
    return "+".join(one.model for one in jury.jurors)


async def ask_all(
    jury: Jury,
    questions: Sequence[Question],
    out: Path,
    standing: Callable[[str], str],
    told: Callable[[Said], None],
    at_once: int = 8,
) -> None:
    """Ask every question, so many at once, and keep each answer as it comes. `standing`: criterion → what the judge's
    score is worth. Raises FileError, DiskFull."""
    waiting = deque(questions)
    try:
        with out.open("a", encoding="utf-8") as file:

            async def work() -> None:
                while waiting:
                    question = waiting.popleft()
                    said = await _asked(jury, question, standing(question.criterion))
                    _keep(file, said)
                    told(said)

            tasks = [asyncio.create_task(work()) for _ in range(at_once)]
            try:
                await asyncio.gather(*tasks)
            finally:  # where one cannot write, the others must not ask on
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
    except OSError as error:
        raise unwritable(out, error) from error


async def _asked(jury: Jury, question: Question, mark: str) -> Said:
    item = question.item
    about: dict[str, Any] = {
        "item": item.item,
        "cluster": item.cluster,
        "criterion": question.criterion,
        "judge": named(jury),
        "model": models(jury),
        "asked": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "standing": mark,
    }
    if item.text:
        level = await jury.judge(item.piece(item.text), question.criterion)
        return _level(about | {"characters": len(item.text)}, level)
    better = await jury.prefer(item.piece(item.a), item.piece(item.b), question.criterion)
    return _better(about | {"lengths": (len(item.a), len(item.b))}, better)


def _level(about: dict[str, Any], ruled: Levelled) -> Said:
    votes = [one for one in ruled.votes if isinstance(one, Judgement)]
    calls = [one.call for one in votes]
    return Said(
        **about,
        **_outcome("level", ruled.level, ruled.votes, ruled.why),
        evidence=tuple(quote for one in votes for quote in one.evidence),
        reasons=tuple(one.reason for one in votes),
        **_cost(calls),
    )


def _better(about: dict[str, Any], ruled: Preferred) -> Said:
    votes = [one for one in ruled.votes if isinstance(one, Preference)]
    said = tuple(_most([one.said[order] for one in votes]) for order in (0, 1)) if ruled.better else None
    return Said(
        **about,
        **_outcome("better", ruled.better, ruled.votes, ruled.why),
        said=said,
        reasons=tuple(reason for one in votes for reason in one.reasons),
        **_cost([call for one in votes for call in one.calls]),
    )


def _outcome(key: str, value: object, votes: Sequence[object], why: str) -> dict[str, Any]:
    if value is not None:
        return {key: value, "why": why if len(votes) > 1 else ""}
    faults = [one for one in votes if isinstance(one, NotJudged)]
    return {"fault": faults[0].fault, "why": faults[0].why if len(votes) == 1 else why}


def _cost(calls: Sequence[Any]) -> dict[str, Any]:
    return {
        "tokens_in": sum(one.tokens_in for one in calls),
        "tokens_out": sum(one.tokens_out for one in calls),
        "latency_s": round(max((one.latency_s for one in calls), default=0.0), 3),
        "seed": calls[0].seed if calls else 0,
    }


def _most(sides: Sequence[str]) -> str:
    """What most of a jury said in one order; a tie where no side has more than half."""
    best = max(sides, key=sides.count)
    return best if 2 * sides.count(best) > len(sides) else "tie"


def _keep(file: TextIO, said: Said) -> None:
    file.write(json.dumps(said.model_dump(mode="json"), ensure_ascii=False) + "\n")
    file.flush()


def _whole(out: Path) -> None:
    """Cut off a last line that a kill left half written."""
    try:
        with out.open("rb+") as file:
            for end in _ends(file.read()):
                file.truncate(end)
                os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(out, error) from error


def _ends(content: bytes) -> Iterator[int]:
    if not content.endswith(b"\n"):
        yield content.rfind(b"\n") + 1
