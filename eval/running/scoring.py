"""Scoring an answer: a scorer that crashes or hangs is a result, and the others go on."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from eval.cases.case import Case
from eval.running.rows import ScoreRow
from eval.scorers.seam import Scorer
from eval.tasks.seam import Answer, Room

LIMIT_S = 10.0
"""How long one scorer may take over one answer."""


class Overdue(Exception):
    """A scorer that did not come to an end."""


async def scored(case: Case, answer: Answer, room: Room, scorers: Sequence[Scorer], limit_s: float) -> list[ScoreRow]:
    """Every score of an answer. On the main thread a scorer is interrupted where it stands; on another it can only be
    left behind, and is waited for no longer."""
    if threading.current_thread() is threading.main_thread():
        return [row for one in scorers for row in _one(case, answer, room, one, limit_s)]
    rows = []
    for one in scorers:
        try:
            rows += await asyncio.wait_for(asyncio.to_thread(_all, case, answer, room, one), limit_s)
        except TimeoutError:
            rows.append(_hung(case, one, limit_s))
    return rows


def _one(case: Case, answer: Answer, room: Room, one: Scorer, limit_s: float) -> list[ScoreRow]:
    try:
        with _within(limit_s):
            return _all(case, answer, room, one)
    except Overdue:
        return [_hung(case, one, limit_s)]


def _all(case: Case, answer: Answer, room: Room, one: Scorer) -> list[ScoreRow]:
    return list(_said(case, answer, room, one))


def _said(case: Case, answer: Answer, room: Room, one: Scorer) -> Iterator[ScoreRow]:
    try:
        for score in one.score(case, answer, room):
            yield ScoreRow(case.id, one.name, one.version, score.metric, score.value, score.why, score.evidence)
    except Overdue:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a scorer raises is told as its result
        why = f"The scorer {one.name} failed: {type(error).__name__}: {error}"
        yield ScoreRow(case.id, one.name, one.version, one.name, None, why, fault=True)


def _hung(case: Case, one: Scorer, limit_s: float) -> ScoreRow:
    why = f"The scorer {one.name} was not done in {limit_s:g} s."
    return ScoreRow(case.id, one.name, one.version, one.name, None, why, fault=True)


@contextmanager
def _within(limit_s: float) -> Iterator[None]:
    """Raise Overdue within the block where it lasts longer; main thread only."""

    def late(signum: int, frame: FrameType | None) -> None:
        raise Overdue

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
