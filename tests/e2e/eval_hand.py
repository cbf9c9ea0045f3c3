"""A run of many slow cases, for who kills it: `python -m tests.e2e.eval_hand HOME CASES`; each case that is asked adds
its name to HOME/asked."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from eval.cases.case import Case, Suite
from eval.running.rows import Rows
from eval.running.run import Runner
from eval.scorers.seam import Score, Scorer
from eval.tasks.seam import Answer, Room, Subject

AT_ONCE = 8


def suite(count: int) -> Suite:
    """So many cases; case n's text is n."""
    cases = tuple(Case(f"k{n:04}", f"c{n % 7}", {"text": str(n)}) for n in range(count))
    return Suite("slow", "text", ("length",), cases)


def length(case: Case, answer: Answer, room: Room) -> list[Score]:
    """How long the text is."""
    return [Score("length", float(len(answer.content["text"])))]


def main(home: Path, count: int) -> None:
    """Run to the end, or until killed."""
    asked = os.open(home / "asked", os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    async def slow(case: Case, room: Room) -> Answer:
        os.write(asked, f"{case.id}\n".encode())
        await asyncio.sleep(0.003)  # what a model would take, in short
        return Answer({"text": case.given["text"]})

    def no_desk() -> Any:
        raise AssertionError("a desk was asked for")

    runner, of, room = Runner(Rows(home / "eval.db"), AT_ONCE), suite(count), Room(Subject(), no_desk)
    run = runner.opened(of, room)
    scorers = [Scorer("length", 1, length)]
    asyncio.run(runner.go(run, of, slow, scorers, room, lambda done, total: None))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
