"""What a task is: it answers a case. `open_task` finds one by its name."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.errors import UnknownId
from eval.cases.case import Case

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a case, as JSON: every text that was written or judged is in `content`. Tokens are the model's,
    0 where none was asked."""

    content: dict[str, Any]
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True)
class Subject:
    """What is evaluated: who writes, by which prompt, over which model. It is kept with every run, and two runs are
    compared by it. `options` hold what else changes an answer."""

    writer: str = "phrases"
    prompt: str = ""
    model: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The subject as JSON."""
        return {"writer": self.writer, "prompt": self.prompt, "model": self.model, **self.options}


@dataclass(frozen=True)
class Room:
    """What a task and a scorer may use: the desk is wired when it is first asked for, so that a suite of plain texts
    starts without it."""

    subject: Subject
    desk_of: Callable[[], Desk]
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        """The wired desk."""
        if "desk" not in self.kept:
            self.kept["desk"] = self.desk_of()
        desk: Desk = self.kept["desk"]
        return desk


Task = Callable[[Case, Room], Awaitable[Answer]]
"""A task is an async function. What it raises of `CopydeskError` becomes the case's fault; it is never lost."""

TASKS = {
    "text": "eval.tasks.text:given_text",
    "lint": "eval.tasks.checking:linted",
    "write": "eval.tasks.writing:written",
    "contrast": "eval.tasks.writing:contrasted",
    "script": "eval.tasks.scripting:scripted",
    "retrieve": "eval.tasks.finding:found",
    "scan": "eval.tasks.scanning:scanned",
    "attack": "eval.tasks.attacking:attacked",
}


def open_task(name: str) -> Task:
    """A task by its name. UnknownId with the nearest names."""
    if name not in TASKS:
        raise UnknownId("task", name, TASKS)
    module, _, function = TASKS[name].partition(":")
    task: Task = getattr(importlib.import_module(module), function)
    return task
