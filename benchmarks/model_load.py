"""Tokens a second of the desk's model writer, and of a bare load generator, in turns."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice

from assistant.bootstrap import Desk
from benchmarks.model_cells import brief_of, jobs_of
from benchmarks.model_sides import Bare, Ours

MAX_TOKENS, VARIANTS = 160, 1
"""With one variant most answers end by themselves, so that reading them is part of what is measured. They are a third
of the desk's usual ones: what a call costs weighs three times as much here."""
PLANS = ((1, 1, 54), (32, 96, 3))
"""Calls at once, calls a pass, rounds; a round is one pass of each side. Short passes: other work on the machine comes
and goes within seconds, and must hit all sides alike."""

LOAD_HEAD = """\
| at once | calls a side | ours, tokens/s | bare | ours : bare | bare again : bare | CPU ms a call, ours | bare |
| --: | --: | --: | --: | --: | --: | --: | --: |"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a pass: seconds on the wall, seconds of this process's CPU, tokens that the server gave out, calls."""

    wall_s: float
    cpu_s: float
    tokens: float
    calls: int


@dataclass
class Passes:
    """The passes of one side."""

    costs: list[Cost] = field(default_factory=list)

    @property
    def speed(self) -> float:
        """Tokens a second, over all passes."""
        return sum(cost.tokens for cost in self.costs) / sum(cost.wall_s for cost in self.costs)

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of our CPU a call."""
        return 1000 * sum(cost.cpu_s for cost in self.costs) / sum(cost.calls for cost in self.costs)

    def over(self, other: Passes) -> str:
        """Our speed by the other's: over all passes, and the median of the rounds."""
        pairs = zip(self.costs, other.costs, strict=True)
        median = statistics.median(a.tokens / a.wall_s * b.wall_s / b.tokens for a, b in pairs)
        return f"{self.speed / other.speed:.1%} ({median:.1%})"


@dataclass(frozen=True, slots=True)
class Row:
    """The sides with so many calls at once. `again` is the bare one once more: what it differs by is noise."""

    at_once: int
    ours: Passes = field(default_factory=Passes)
    bare: Passes = field(default_factory=Passes)
    again: Passes = field(default_factory=Passes)

    def __str__(self) -> str:
        calls = sum(cost.calls for cost in self.ours.costs)
        speeds = f"{self.ours.speed:.0f} | {self.bare.speed:.0f}"
        ratios = f"{self.ours.over(self.bare)} | {self.again.over(self.bare)}"
        return f"| {self.at_once} | {calls} | {speeds} | {ratios} | {self.ours.cpu_ms:.1f} | {self.bare.cpu_ms:.1f} |"


async def called(side: Ours | Bare, numbers: Iterable[int], at_once: int) -> None:
    """Make these calls, `at_once` of them under way."""
    todo = iter(numbers)

    async def worker() -> None:
        for number in todo:
            await side.call(number)

    await asyncio.gather(*(worker() for _ in range(at_once)))


async def measured(side: Ours | Bare, numbers: list[int], at_once: int, counter: Bare) -> Cost:
    """What a pass costs. All sides' tokens are counted by the server, so that a cut-off answer counts too."""
    before = await counter.given_out()
    wall, cpu = time.perf_counter(), time.process_time()
    await called(side, numbers, at_once)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Cost(wall, cpu, await counter.given_out() - before, len(numbers))


async def compared(ours: Ours, bare: Bare, cells: int, plan: tuple[int, int, int]) -> Row:
    """The row of a plan: in each round every side makes the same calls, and another side goes first."""
    at_once, size, rounds = plan
    row, numbers = Row(at_once), cycle(range(cells))
    sides: list[tuple[Ours | Bare, Passes]] = [(ours, row.ours), (bare, row.bare), (bare, row.again)]
    for place in range(rounds):
        chosen = list(islice(numbers, size))
        for side, passes in sides[place % 3 :] + sides[: place % 3]:
            passes.costs.append(await measured(side, chosen, at_once, bare))
    return row


async def loads(desk: Desk, base: str) -> tuple[list[Row], str]:
    """A row for each plan, and what is to be told of them."""
    jobs = jobs_of(desk, brief_of(desk, VARIANTS))
    ours = Ours(desk, jobs, MAX_TOKENS)
    most = max(at_once for at_once, _, _ in PLANS)
    # No side is measured while the server reads a prompt or a schema for the first time.
    await called(ours, range(len(jobs)), most)
    bare, ours.cut_off = Bare(base, ours.sent()), 0
    await called(bare, range(most), most)
    bare.tokens = 0
    rows = [await compared(ours, bare, len(jobs), plan) for plan in PLANS]
    await ours.aclose()
    await bare.aclose()
    cut = ours.cut_off / sum(size * rounds for _, size, rounds in PLANS)
    counted = sum(cost.tokens for row in rows for passes in (row.bare, row.again) for cost in passes.costs)
    told = f"{cut:.0%} of ours cut off there; of the bare answers the server counted {counted:,.0f} tokens"
    return rows, f"{told}, their `usage` {bare.tokens:,}"
