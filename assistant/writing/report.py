"""What a matrix will cost, and what it cost: calls, tokens, faults, and how its cells came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.domain.draft import Written

_TOKENS_A_VARIANT = 110
"""About what one variant takes of an answer, JSON around it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A matrix before it is written: calls (repairs not counted), tokens in, those of them that a call shares with the
    one before it, tokens out; `seconds` where the server's speed is known."""

    calls: int
    tokens_in: int
    shared: int
    tokens_out: int
    seconds: float | None = None

    def __str__(self) -> str:
        share = self.shared / self.tokens_in if self.tokens_in else 0.0
        time = f", {_minutes(self.seconds)}" if self.seconds is not None else ""
        return (
            f"about {self.calls:,} calls, {self.tokens_in:,} tokens in ({share:.0%} shared with the call before), "
            f"{self.tokens_out:,} out{time}"
        )


def estimated(
    prompts: Sequence[str], variants: int, count: Callable[[str], int], speed: float | None = None
) -> Estimate:
    """What the calls with these prompts will cost. `speed`: tokens a second that the server gives out."""
    shared = sum(count(_common(one, then)) for one, then in pairwise(prompts))
    out = len(prompts) * variants * _TOKENS_A_VARIANT
    return Estimate(len(prompts), sum(map(count, prompts)), shared, out, out / speed if speed else None)


@dataclass
class Report:
    """A run after it was written. `faults` counts what the model showed, by name, retried ones too."""

    statuses: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    repairs: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    model_seconds: float = 0.0

    def __str__(self) -> str:
        cells = ", ".join(f"{count:,} {status}" for status, count in self.statuses.most_common())
        if not self.calls and not self.faults:
            return f"{sum(self.statuses.values()):,} cells: {cells}"
        cached = self.tokens_cached / self.tokens_in if self.tokens_in else 0.0
        faults = ", ".join(f"{name} {count:,}" for name, count in self.faults.most_common()) or "none"
        mean = self.model_seconds / self.calls if self.calls else 0.0
        return (
            f"{sum(self.statuses.values()):,} cells: {cells}; {self.calls:,} calls ({self.repairs:,} repairs), "
            f"{self.tokens_in:,} tokens in ({cached:.0%} cached), {self.tokens_out:,} out, {mean:.1f} s a call; "
            f"faults: {faults}"
        )


def reported(done: Iterable[Written]) -> Report:
    """What became of the cells of a run."""
    report = Report()
    for written in done:
        report.statuses[written.status] += 1
        report.faults.update(written.faults)
        for call in written.calls:
            report.calls += 1
            report.repairs += call.kind == "repair"
            report.tokens_in += call.tokens_in
            report.tokens_cached += call.tokens_cached
            report.tokens_out += call.tokens_out
            report.model_seconds += call.latency_s
    return report


def _common(one: str, other: str) -> str:
    end = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:end]


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
