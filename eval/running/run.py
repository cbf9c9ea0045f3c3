"""The runner: many cases at once, every row kept as it comes, and what a kill left undone is done by the next start."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from filelock import FileLock, Timeout

from assistant.errors import CopydeskError, StoreError
from eval.cases.case import Case, Suite
from eval.running.rows import AnswerRow, Rows, Run, ScoreRow
from eval.running.scoring import LIMIT_S, scored
from eval.scorers.seam import Scorer
from eval.tasks.seam import Answer, Room, Task

Done = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Came:
    """A case's row on its way; `kept` is set when it is in the file."""

    answer: AnswerRow
    scores: list[ScoreRow]
    kept: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Runner:
    """Runs suites into `rows`. `at_once`: cases under way at a time; `limit_s`: how long a scorer may take."""

    rows: Rows
    at_once: int = 32
    limit_s: float = LIMIT_S

    def opened(self, suite: Suite, room: Room, *, anew: bool = False) -> Run:
        """The run to go on with: an unfinished one of the same cases and subject, unless `anew`, else a new one."""
        subject = room.subject.told()
        for run in self.rows.runs(suite.name):
            if not anew and not run.ended_at and (run.suite_hash, run.subject) == (suite.hash, subject):
                return run
        begun = _now()
        run = Run(f"{suite.name}-{begun[:10]}-{secrets.token_hex(3)}", suite.name, suite.hash, subject, begun)
        self.rows.begin(run)
        return run

    async def go(self, run: Run, suite: Suite, task: Task, scorers: Sequence[Scorer], room: Room, done: Done) -> None:
        """Answer and score what the run lacks. `done` is told how many cases of how many have their row."""
        with self._alone(run):
            kept = {row.case_id: row for row in self.rows.answers(run.id)}
            versions = {one.name: one.version for one in scorers}
            stale = {row.case_id for row in self.rows.scores(run.id) if versions.get(row.scorer) != row.version}
            cases = [case for case in suite.cases if case.id not in kept or case.id in stale]
            queue: asyncio.Queue[Came] = asyncio.Queue()
            waiting = iter(cases)

            async def work() -> None:
                for case in waiting:
                    answer = kept.get(case.id) or await _answered(case, task, room)
                    came = Came(answer, await self._scores(case, answer, scorers, room))
                    queue.put_nowait(came)
                    # Until its row is kept, a case is under way: what a kill costs is never more than that.
                    await came.kept.wait()

            async with asyncio.TaskGroup() as group:
                for _ in range(min(self.at_once, len(cases))):
                    group.create_task(work())
                group.create_task(self._keep(run.id, queue, len(cases), len(suite.cases), done))
            self.rows.end(run.id, _now())

    async def _keep(self, run: str, queue: asyncio.Queue[Came], left: int, total: int, done: Done) -> None:
        """Keep what has come, in one transaction: a slow model's rows one by one, fast checks' by the batch."""
        while left:
            batch = [await queue.get()]
            while not queue.empty():
                batch.append(queue.get_nowait())
            self.rows.put(run, ((came.answer, came.scores) for came in batch))
            for came in batch:
                came.kept.set()
            left -= len(batch)
            done(total - left, total)

    async def _scores(self, case: Case, row: AnswerRow, scorers: Sequence[Scorer], room: Room) -> list[ScoreRow]:
        answered = ScoreRow(case.id, "answered", 1, "answered", 0.0 if row.fault else 1.0, row.fault)
        if row.fault:
            return [answered]
        answer = Answer(row.content, row.tokens_in, row.tokens_out)
        return [answered, *await scored(case, answer, room, scorers, self.limit_s)]

    @contextmanager
    def _alone(self, run: Run) -> Iterator[None]:
        lock = FileLock(self.rows.file.with_name(f"{run.id}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                f"The run {run.id} is under way in another process.", "Wait for it, or stop it."
            ) from error
        try:
            yield
        finally:
            lock.release()


async def _answered(case: Case, task: Task, room: Room) -> AnswerRow:
    began, fault, answer = time.perf_counter(), "", Answer({})
    try:
        answer = await task(case, room)
    except CopydeskError as error:
        fault = str(error)
    except Exception as error:  # noqa: BLE001 - a task that crashes is a result of its case
        fault = f"The task failed: {type(error).__name__}: {error}"
    took = time.perf_counter() - began
    tokens = (answer.tokens_in, answer.tokens_out)
    return AnswerRow(case.id, case.hash, case.cluster, answer.content, fault, took, *tokens)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
