"""480 variants by the phrase writer, with retrieval, binding and checks: CPU seconds and the share of each stage.

    python benchmarks/write.py [--runs 3]

The floor beside it fills the same 480 templates and does nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import brief_for
from assistant.domain.draft import Written
from assistant.domain.formats import written
from assistant.domain.slots import fill
from assistant.settings import Settings
from assistant.writing.gate import Gate

BRIEF: dict[str, Any] = {
    "campaign": "B6-BIRTHDAY",
    "segments": ("new", "affluent", "dormant", "private"),
    "channels": ("sms", "push", "in_app", "wecom", "email"),
    "locales": ("zh-Hans",),
    "variants": 5,
    "send_on": dt.date(2026, 12, 1),
}
AUDIENCE = {"segments": ("new", "dormant", "affluent", "salary")}


class Clock:
    """CPU seconds by stage; a stage inside another is not counted twice."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same callable, its own CPU time noted under a name."""

        def run(*given: Any, **named: Any) -> Any:
            started = time.process_time()
            self._inside.append(0.0)
            try:
                return work(*given, **named)
            finally:
                spent = time.process_time() - started
                self.seconds[name] += spent - self._inside.pop()
                if self._inside:
                    self._inside[-1] += spent

        return run


async def collect(desk: Desk) -> list[Written]:
    """Write the brief."""
    brief = brief_for(desk.pack, **{**BRIEF, **AUDIENCE})
    return [one async for one in desk.matrix.write(brief)]


def one_run(home: Path) -> tuple[float, float, dict[str, float], list[Written], Desk]:
    """CPU and wall seconds of one matrix on a fresh store and a warm pack and index."""
    desk = Desk(Settings(home=home))
    clock = Clock()
    _ = desk.pack, desk.engine, desk.search, desk.drafts, desk.phrases
    desk.phrases.sheet = clock.timed("compose", desk.phrases.sheet)  # type: ignore[method-assign]
    desk.engine.run = clock.timed("bind and check", desk.engine.run)  # type: ignore[method-assign]
    desk.evidence = clock.timed("retrieve", desk.evidence)  # type: ignore[method-assign]
    desk.drafts.put = clock.timed("store", desk.drafts.put)  # type: ignore[method-assign]
    Gate.pass_through = clock.timed("frame and fill", GATE)  # type: ignore[method-assign]
    cpu, wall = time.process_time(), time.perf_counter()
    done = asyncio.run(collect(desk))
    return time.process_time() - cpu, time.perf_counter() - wall, dict(clock.seconds), done, desk


GATE = Gate.pass_through


def floor(desk: Desk, done: list[Written]) -> float:
    """CPU seconds for filling the same templates."""
    started = time.process_time()
    for cell in done:
        for variant in cell.variants:
            locale = cell.cell.locale
            fill(variant.template, lambda slot, locale=locale: written(desk.pack.facts[slot], locale))  # type: ignore[misc]
    return time.process_time() - started


def main() -> None:
    """Print the median run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    os.sched_setaffinity(0, {0})
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.runs):
            runs.append(one_run(Path(folder) / str(number)))
    runs.sort(key=lambda run: run[0])
    cpu, wall, stages, done, desk = runs[len(runs) // 2]
    texts = sum(len(cell.variants) for cell in done)
    bare = floor(desk, done)
    print(
        f"{texts} variants in {len(done)} cells, one core: {cpu:.2f} s CPU, {wall:.2f} s wall (median of {len(runs)});"
    )
    print(f"{texts / cpu:.0f} a CPU second; filling alone {bare:.3f} s, {cpu / bare:.0f} × the floor.\n")
    print("| stage | CPU s | share |\n| :-- | --: | --: |")
    stages["all else"] = cpu - sum(stages.values())
    for name, seconds in sorted(stages.items(), key=lambda pair: -pair[1]):
        print(f"| {name} | {seconds:.3f} | {seconds / cpu:.0%} |")
    print(
        f"\nspread of the runs: {', '.join(f'{run[0]:.2f}' for run in runs)} s CPU, "
        f"stdev {statistics.pstdev(run[0] for run in runs):.2f}"
    )


if __name__ == "__main__":
    main()
