"""Tokens a second of the desk's model writer, and of a bare load generator, in turns."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice

from assistant.bootstrap.desk import Desk
from benchmarks.model_cells import jobs_of
from benchmarks.model_sides import Bare, Ours

COUNTS = (1, 2, 3)
"""Variants that the calls ask for in turn: answers of different lengths, so that calls do not march in step. The desk
usually asks for three; what a call costs weighs more here."""
PLANS = ((1, 1, 60.0), (32, 64, 190.0))
"""Calls at once, calls a pass, seconds; a round is one pass of each side. Short passes: other work on the machine comes
and goes within seconds, and must hit both sides alike."""

LOAD_HEAD = """\
| at once | rounds | calls a side | tokens | ours, tokens/s | bare | ours : bare, median | half of the rounds \
| CPU ms a call, ours | bare |
| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a pass: seconds on the wall, seconds of this process's CPU, tokens of the answers, calls."""

    wall_s: float
    cpu_s: float
    tokens: int
    calls: int

    @property
    def speed(self) -> float:
        """Tokens a second."""
        return self.tokens / self.wall_s

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of our CPU a call."""
        return 1000 * self.cpu_s / self.calls


@dataclass(frozen=True, slots=True)
class Row:
    """The passes of both sides with so many calls at once, one of each a round."""

    at_once: int
    ours: list[Cost] = field(default_factory=list)
    bare: list[Cost] = field(default_factory=list)

    def __str__(self) -> str:
        ours, bare = summed(self.ours), summed(self.bare)
        ratios = [one.speed / other.speed for one, other in zip(self.ours, self.bare, strict=True)]
        low, median, high = statistics.quantiles(ratios, method="inclusive")
        tokens = f"{ours.tokens:,}" if ours.tokens == bare.tokens else f"{ours.tokens:,} and {bare.tokens:,}"
        cells = [self.at_once, len(ratios), ours.calls, tokens, f"{ours.speed:.0f}", f"{bare.speed:.0f}"]
        cells += [f"{median:.1%}", f"{low:.0%} – {high:.0%}", f"{ours.cpu_ms:.1f}", f"{bare.cpu_ms:.1f}"]
        return f"| {' | '.join(map(str, cells))} |"


def summed(costs: list[Cost]) -> Cost:
    """All passes as one."""
    parts = zip(*((cost.wall_s, cost.cpu_s, cost.tokens, cost.calls) for cost in costs), strict=True)
    wall, cpu, tokens, calls = map(sum, parts)
    return Cost(wall, cpu, int(tokens), int(calls))


async def called(side: Ours | Bare, numbers: Iterable[int], at_once: int) -> int:
    """Make these calls, `at_once` of them under way; the tokens of their answers."""
    todo, tokens = iter(numbers), 0

    async def worker() -> None:
        nonlocal tokens
        for number in todo:
            got = await side.call(number)
            tokens += got

    await asyncio.gather(*(worker() for _ in range(at_once)))
    return tokens


async def measured(side: Ours | Bare, numbers: list[int], at_once: int) -> Cost:
    """What a pass costs."""
    wall, cpu = time.perf_counter(), time.process_time()
    tokens = await called(side, numbers, at_once)
    return Cost(time.perf_counter() - wall, time.process_time() - cpu, tokens, len(numbers))


async def compared(ours: Ours, bare: Bare, cells: int, plan: tuple[int, int, float]) -> Row:
    """The row of a plan: in each round both sides make the same calls, and the other one goes first."""
    at_once, size, seconds = plan
    row, numbers, until = Row(at_once), cycle(range(cells)), time.monotonic() + seconds
    sides: list[tuple[Ours | Bare, list[Cost]]] = [(ours, row.ours), (bare, row.bare)]
    while time.monotonic() < until or len(row.ours) < len(sides):
        chosen = list(islice(numbers, size))
        for side, costs in sides:
            costs.append(await measured(side, chosen, at_once))
        sides.reverse()
    return row


async def loads(desk: Desk, base: str, times: float) -> AsyncIterator[Row]:
    """A row for each plan, which is given so many times its seconds."""
    jobs = jobs_of(desk, COUNTS)
    ours = Ours(desk, jobs)
    most = max(at_once for at_once, _, _ in PLANS)
    # Neither side is measured while the server reads a prompt or a schema for the first time.
    await called(ours, range(len(jobs)), most)
    bare = Bare(base, ours.sent())
    await called(bare, range(most), most)
    for at_once, size, seconds in PLANS:
        yield await compared(ours, bare, len(jobs), (at_once, size, times * seconds))
    await ours.aclose()
    await bare.aclose()
