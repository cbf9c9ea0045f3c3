"""What the acts share: where runs are kept, which subject is meant, a suite run to its end."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError, SettingsError
from assistant.settings import read_settings
from eval.cases.case import Suite
from eval.running.rows import Rows, Run
from eval.running.run import Runner
from eval.running.side import Side, read_baseline, side_of
from eval.scorers.seam import open_scorer
from eval.tasks.seam import Room, Subject, open_task

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

BASELINES = Path(__file__).parents[1] / "baselines"
"""The baselines that the project's own gate compares with."""


def subject_options(parser: argparse.ArgumentParser) -> None:
    """Who is evaluated, and how many cases at a time."""
    parser.add_argument("--writer", choices=["phrases", "model"], default="phrases", help="who writes (phrases)")
    parser.add_argument("--model", metavar="NAME", help="the model's name, in place of COPYDESK_MODEL_NAME")
    parser.add_argument("--prompt", metavar="TASK.vN", help="a prompt in this version, such as write.v1")
    parser.add_argument("--at-once", type=int, default=32, metavar="N", help="cases under way at a time (32)")
    parser.add_argument("--anew", action="store_true", help="begin anew, also where an unfinished run could go on")


def rows_of() -> Rows:
    """The runs of this desk's folder."""
    return Rows(read_settings().home / "eval.db")


def room_of(given: argparse.Namespace) -> Room:
    """What the tasks of a run may use. SettingsError where the model is asked for and none is set."""
    settings = read_settings().over(content=Path(given.content) if given.content else None, model_name=given.model)
    modelled = given.writer == "model"
    if modelled and settings.model_url is None and settings.model_path is None:
        raise SettingsError("No model is set.", "Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME, or --writer phrases.")
    if not modelled:
        settings = replace(settings, model_url=None, model_path=None)
    versions = _versions(given.prompt)
    named = settings.model_name or (settings.model_path.name if settings.model_path else "")

    def desk_of() -> Desk:
        from assistant.bootstrap.desk import Desk

        return Desk(settings, given.pack, _say, versions)

    subject = Subject(given.writer, given.prompt or "", named or "" if modelled else "", {"pack": given.pack})
    return Room(subject, desk_of)


def run_suite(rows: Rows, suite: Suite, room: Room, given: argparse.Namespace) -> Run:
    """Run a suite to its end, or what an earlier start left of it; progress goes to standard error."""
    if given.at_once < 1:
        raise InputError(f"--at-once is {given.at_once}.", "Write 1 or more.")
    runner = Runner(rows, given.at_once)
    task, scorers = open_task(suite.task), [open_scorer(name) for name in suite.scorers]
    run = runner.opened(suite, room, anew=given.anew)
    asyncio.run(_go(runner, run, suite, task, scorers, room))
    return rows.run(run.id)


async def _go(runner: Runner, run: Run, suite: Suite, task: Any, scorers: Any, room: Room) -> None:
    try:
        await runner.go(run, suite, task, scorers, room, _progress(suite.name))
    finally:
        desk = room.kept.get("desk")
        if desk is not None and vars(desk).get("structured") is not None:
            await desk.structured.aclose()


def _progress(name: str) -> Callable[[int, int], None]:
    if not sys.stderr.isatty():
        return lambda done, total: None

    def told(done: int, total: int) -> None:
        print(f"\r{name}: {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return told


def before_of(rows: Rows, suite: str) -> Side | None:
    """What is known of a suite before it is run: its baseline, else its newest finished run."""
    file = BASELINES / f"{suite}.json"
    if file.exists():
        return read_baseline(file)
    finished = next((run for run in rows.runs(suite) if run.ended_at), None)
    return side_of(rows, finished) if finished else None


def side_named(rows: Rows, name: str) -> Side:
    """A side by a run's id, a baseline's file, or a suite's name, which means its newest finished run."""
    if name.endswith(".json"):
        return read_baseline(Path(name))
    finished = [run for run in rows.runs(name) if run.ended_at]
    return side_of(rows, finished[0] if finished else rows.run(name))


def _versions(prompt: str | None) -> dict[str, int]:
    if not prompt:
        return {}
    task, _, version = prompt.rpartition(".v")
    if not task or not version.isdigit():
        raise InputError(f"“{prompt}” is no prompt.", "Write it as write.v1.")
    return {task: int(version)}


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
