"""Suites, tasks and scorers that tests make of a few words."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from eval.cases.case import Case, Suite
from eval.running.rows import Rows
from eval.running.run import Runner
from eval.running.side import Side, side_of
from eval.scorers.seam import Score, Scored, Scorer
from eval.tasks.seam import Answer, Room, Subject, Task


def cases(count: int, clusters: int = 5) -> tuple[Case, ...]:
    """So many cases; case n's text is n."""
    return tuple(Case(f"k{n}", f"c{n % clusters}", {"text": str(n)}, {}, f"made:{n}") for n in range(count))


def suite(count: int, clusters: int = 5) -> Suite:
    """A suite of so many cases."""
    return Suite("made", "text", ("length",), cases(count, clusters))


def scores(function: Scored, name: str = "length", version: int = 1) -> Scorer:
    """A scorer of a plain function."""
    return Scorer(name, version, function)


def length(case: Case, answer: Answer, room: Room) -> list[Score]:
    """How long the text is."""
    return [Score("length", float(len(answer.content["text"])))]


async def echo(case: Case, room: Room) -> Answer:
    """The case's text, after others had a turn."""
    await asyncio.sleep(0)
    return Answer({"text": case.given["text"]}, 3, 2)


def no_desk() -> Any:
    """Nobody may ask for a desk."""
    raise AssertionError("a desk was asked for")


ROOM = Room(Subject(), no_desk)


def ran(rows: Rows, of: Suite, task: Task = echo, *scorers: Scorer, limit_s: float = 5.0) -> Side:
    """The side of a suite that is run to its end."""
    runner = Runner(rows, at_once=4, limit_s=limit_s)
    run = runner.opened(of, ROOM)
    asyncio.run(runner.go(run, of, task, scorers or (scores(length),), ROOM, lambda done, total: None))
    return side_of(rows, rows.run(run.id))


def side(values: dict[str, float | None], clusters: int = 10, name: str = "side", metric: str = "right") -> Side:
    """A side of one metric."""
    of = {case: f"c{place % clusters}" for place, case in enumerate(values)}
    answered: dict[str, float | None] = dict.fromkeys(values, 1.0)
    by_metric = {metric: values, "answered": answered}
    return Side(name, "made", {}, of, dict.fromkeys(values, "h"), {metric: 1, "answered": 1}, by_metric, {})


def written(file: Path, *rows: dict[str, Any]) -> Path:
    """A file of JSON lines."""
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def given(**options: Any) -> argparse.Namespace:
    """Arguments of a command."""
    return argparse.Namespace(**options)
