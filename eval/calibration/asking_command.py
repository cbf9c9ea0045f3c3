"""copydesk eval judge: ask the judges about texts or pairs, a line a judgement; run again, it goes on where it was."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.models.structured import Structured
    from eval.calibration.asking import Question
    from eval.calibration.judgements import Said
    from eval.judge.jury import Juror, Jury

DONE, SOME_FAILED = 0, 1
_TOLD = 100
"""Questions between two words on how far it is."""


def options(parser: argparse.ArgumentParser) -> None:
    """What is judged, by which criteria, and where the judgements go."""
    parser.add_argument("items", type=Path, help="a line an item: item, cluster, and text, or a and b (.jsonl)")
    parser.add_argument(
        "--out", type=Path, required=True, help="the file of judgements; what is in it is not asked again"
    )
    parser.add_argument("--criterion", action="append", help="a criterion; repeat for several (all, unless given)")
    parser.add_argument("--jury", type=Path, help="a file of judges (YAML), instead of the desk's own model")
    parser.add_argument("--generator", help="the model that wrote the texts, where they do not say so themselves")
    parser.add_argument("--record", type=Path, help="the record of the judge's calibration")
    parser.add_argument("--at-once", type=int, default=8, help="questions under way at once")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where the judges could not judge some."""
    from eval.calibration.asking import generators, left, models, named, read_items
    from eval.calibration.bar import load_bar
    from eval.calibration.record import read_record, standing
    from eval.judge.criteria import load_criteria

    items, known = read_items(given.items), load_criteria()
    criteria = [known.one(name).id for name in given.criterion or known.by_id]
    record = read_record(given.record) if given.record else None
    bench, opened = _bench(_desk(given), given.jury)
    jury = _jury(bench, (*generators(items), *([given.generator] if given.generator else [])))
    questions, bar = left(items, criteria, jury, given.out), load_bar()
    marks = {one: standing(record, named(jury), models(jury), one, bar) for one in criteria}
    for name, mark in marks.items():
        say(f"{name}: {mark.mark}. {mark.why}")
    say(f"{len(questions)} of {len(items) * len(criteria)} are to be asked.")
    count = _Count(len(questions))
    marked = {name: mark.mark for name, mark in marks.items()}
    asyncio.run(_ask(jury, questions, given.out, marked, count, opened, max(1, given.at_once)))
    if count.faults:
        say("Could not judge: " + ", ".join(f"{name} {often}" for name, often in count.faults.most_common()))
    return SOME_FAILED if count.faults else DONE


def say(message: str) -> None:
    """A message to the person, beside the output."""
    print(message, file=sys.stderr, flush=True)


def _desk(given: argparse.Namespace) -> Desk:
    from assistant.bootstrap.desk import Desk
    from assistant.settings import read_settings

    content = Path(given.content) if given.content else None
    return Desk(read_settings().over(content=content), given.pack, say)


class _Count:
    """Tells how far it is, and counts what failed."""

    def __init__(self, every: int) -> None:
        self._every, self._seen = every, 0
        self.faults = Counter[str]()

    def __call__(self, said: Said) -> None:
        self._seen += 1
        if said.fault:
            self.faults[said.fault] += 1
        if self._seen % _TOLD == 0:
            say(f"{self._seen} of {self._every}")


def _bench(desk: Desk, path: Path | None) -> tuple[list[Juror], list[Structured]]:
    from eval.judge.bench import jurors, own_juror

    if path is not None:
        seats = jurors(desk, path)
        return [one for one, _ in seats], [model for _, model in seats]
    own = own_juror(desk)
    assert desk.structured is not None
    return [own], [desk.structured]


def _jury(bench: list[Juror], wrote: Iterable[str]) -> Jury:
    """The judges who may judge the texts of every model that wrote them."""
    from eval.judge.jury import seated

    jury = seated(bench, None)
    said = list(jury.said)
    for generator in wrote:
        jury = seated(jury.jurors, generator)
        said += jury.said
    for line in dict.fromkeys(said):
        say(line)
    return jury


async def _ask(
    jury: Jury,
    questions: list[Question],
    out: Path,
    marks: Mapping[str, str],
    count: _Count,
    opened: list[Structured],
    at_once: int,
) -> None:
    from eval.calibration.asking import ask_all

    try:
        await ask_all(jury, questions, out, marks.__getitem__, count, at_once)
    finally:
        for model in opened:
            await model.aclose()
