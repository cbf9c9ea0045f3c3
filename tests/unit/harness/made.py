"""What the tests of tasks and scorers share: a room over a desk, scores by metric."""

from __future__ import annotations

import asyncio
from typing import Any

from assistant.bootstrap.desk import Desk
from eval.cases.case import Case
from eval.scorers.seam import Score, open_scorer
from eval.tasks.seam import Answer, Room, Subject, open_task


def room_of(desk: Desk, **options: Any) -> Room:
    """A room in which the phrase writer is the subject."""
    return Room(Subject(options=options), lambda: desk)


def case_with(given: dict[str, Any], **expected: Any) -> Case:
    """A case of that content."""
    return Case("one", "cluster", given, expected, "here:1")


def answered(task: str, given: dict[str, Any], room: Room) -> Answer:
    """What a task answers."""
    return asyncio.run(open_task(task)(case_with(given), room))


def scored(scorer: str, case: Case, content: dict[str, Any], room: Room) -> dict[str, Score]:
    """A content's scores by metric."""
    return {one.metric: one for one in open_scorer(scorer).score(case, Answer(content), room)}


def judged(scorer: str, task: str, given: dict[str, Any], room: Room, **expected: Any) -> dict[str, float | None]:
    """Answer and score a case: values by metric."""
    case = case_with(given, **expected)
    scores = scored(scorer, case, answered(task, given, room).content, room)
    return {metric: one.value for metric, one in scores.items()}
