"""The cells that the model benchmarks ask for, and what is sent for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import brief_for
from assistant.writing.drafts import Job
from assistant.writing.model.prompt import Message, Prompt

BRIEF: dict[str, Any] = {
    "campaign": "B1-TERM2Y",
    "segments": ("new", "affluent", "small_business", "dormant"),
    "ages": ("25-34", "35-44", "45-54", "55-64"),
    "channels": ("sms", "push", "email"),
    "locales": ("zh-Hans", "en"),
    "send_on": dt.date(2026, 12, 1),
}
"""96 cells, none of them refused: one campaign, as a marketer would send it to a matrix."""


def jobs_of(desk: Desk, counts: Sequence[int]) -> list[Job]:
    """The brief's cells in the desk's order, as a writer gets them; they ask for so many variants in turn."""
    brief = brief_for(desk.pack, **BRIEF)
    jobs = [desk.job(cell, brief) for cell in brief.cells(desk.pack)]
    written = [job for job in jobs if isinstance(job, Job)]
    assert len(written) == len(jobs), "a cell of the benchmark's brief is refused"
    return [replace(job, count=count) for job, count in zip(written, cycle(counts), strict=False)]


def desk_layout(prompt: Prompt) -> Sequence[Message]:
    """The messages as the desk sends them: what all cells share first, the cell's task last."""
    return prompt.messages


def task_first(prompt: Prompt) -> Sequence[Message]:
    """The same sections, the user's message beginning with the cell's task. The rules stay the system's message."""
    ordered = sorted(prompt.sections, key=lambda section: section[1] != "task")
    return Prompt(prompt.id, prompt.version, tuple(ordered)).messages
