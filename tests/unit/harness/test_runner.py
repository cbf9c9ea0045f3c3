"""A run keeps every row, goes on where it was stopped, and bears tasks and scorers that fail."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import InputError, ModelError, StoreError, UnknownId
from eval.cases.case import Case
from eval.running.rows import Rows
from eval.running.run import Runner
from eval.running.side import read_baseline, side_of
from eval.running.summary import summary
from eval.scorers.seam import Score
from eval.statistics.intervals import Estimate
from eval.tasks.seam import Answer, Room
from tests.unit.harness.suites_made import ROOM, echo, length, ran, scores, suite


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    made = Rows(tmp_path / "eval.db")
    yield made
    made.close()


def test_every_case_has_its_answer_its_scores_and_what_it_cost(rows: Rows) -> None:
    side = ran(rows, suite(50))
    answers = list(rows.answers(side.name))
    assert [row.case_id for row in answers] == sorted(f"k{n}" for n in range(50))
    assert all((row.tokens_in, row.tokens_out, row.fault) == (3, 2, "") and row.seconds >= 0 for row in answers)
    assert side.values["length"]["k7"] == 1.0 and side.values["length"]["k12"] == 2.0
    [line] = [line for line in summary(side) if line.metric == "length"]
    assert isinstance(line.estimate, Estimate) and line.estimate.value == pytest.approx(1.8)


def test_a_run_that_was_stopped_goes_on_with_what_it_lacks(rows: Rows) -> None:
    runner, run = Runner(rows, 4), Runner(rows).opened(suite(50), ROOM)

    def falters(done: int, total: int) -> None:
        if done >= 12:
            raise InputError("Stopped.")

    with pytest.raises(ExceptionGroup):
        asyncio.run(runner.go(run, suite(50), echo, (scores(length),), ROOM, falters))
    before = {row.case_id for row in rows.answers(run.id)}
    assert not rows.run(run.id).ended_at and 12 <= len(before) < 20
    with pytest.raises(InputError, match="is not finished"):
        side_of(rows, run)
    again = ran(rows, suite(50))
    assert again.name == run.id and len(again.values["length"]) == 50
    assert ran(rows, suite(50)).name != run.id, "a finished run is not gone on with"


def test_what_is_kept_is_not_asked_again_but_scored_by_a_new_version(rows: Rows) -> None:
    runner, asked = Runner(rows, 4), list[str]()
    run = runner.opened(suite(10), ROOM)

    async def once(case: Case, room: Room) -> Answer:
        asked.append(case.id)
        return await echo(case, room)

    def twice(case: Case, answer: Answer, room: Room) -> list[Score]:
        return [Score("length", 2.0 * len(answer.content["text"]))]

    for one in (scores(length), scores(length), scores(twice, version=2)):
        asyncio.run(runner.go(run, suite(10), once, (one,), ROOM, lambda done, total: None))
    assert len(asked) == 10
    assert {(score.version, score.value) for score in rows.scores(run.id) if score.scorer == "length"} == {(2, 2.0)}


def test_a_task_that_fails_is_a_result_of_its_case(rows: Rows) -> None:
    async def fails(case: Case, room: Room) -> Answer:
        if case.id == "k3":
            raise ModelError("The model is down.", "Start it.")
        if case.id == "k4":
            raise ZeroDivisionError("by zero")
        return await echo(case, room)

    side = ran(rows, suite(10), fails)
    assert side.faults == {"k3": "The model is down. Start it.", "k4": "The task failed: ZeroDivisionError: by zero"}
    assert side.values["answered"]["k3"] == 0.0 and "k3" not in side.values["length"]
    assert len(side.values["length"]) == 8


def test_a_scorer_that_crashes_is_a_result_and_the_others_go_on(rows: Rows) -> None:
    def crashes(case: Case, answer: Answer, room: Room) -> list[Score]:
        return [Score("half", 1 / (int(answer.content["text"]) - 3))]

    side = ran(rows, suite(6), echo, scores(crashes, "half"), scores(length))
    assert side.faults == {"k3": "The scorer half failed: ZeroDivisionError: division by zero"}
    assert len(side.values["half"]) == 5 and len(side.values["length"]) == 6


def hangs(case: Case, answer: Answer, room: Room) -> list[Score]:
    if case.id == "k2":
        re.fullmatch(r"(a+)+b", "a" * 40)
    return [Score("patience", 1.0)]


def test_a_scorer_that_hangs_is_left_and_the_others_go_on(rows: Rows) -> None:
    side = ran(rows, suite(4), echo, scores(hangs, "patience"), scores(length), limit_s=0.2)
    assert side.faults == {"k2": "The scorer patience was not done in 0.2 s."}
    assert len(side.values["length"]) == 4


def test_a_scorer_is_waited_for_no_longer_on_another_thread_either(tmp_path: Path) -> None:
    let_go, told = threading.Event(), list[dict[str, str]]()

    def waits(case: Case, answer: Answer, room: Room) -> list[Score]:
        if case.id == "k1":
            let_go.wait(30)
        return [Score("patience", 1.0)]

    def elsewhere() -> None:
        rows = Rows(tmp_path / "other.db")
        # The runner ends only when the thread that it left behind does.
        threading.Timer(1.0, let_go.set).start()
        told.append(ran(rows, suite(2), echo, scores(waits, "patience"), limit_s=0.1).faults)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert told == [{"k1": "The scorer patience was not done in 0.1 s."}]


def test_two_processes_do_not_work_at_one_run(rows: Rows) -> None:
    runner = Runner(rows)
    run = runner.opened(suite(3), ROOM)

    async def meanwhile(case: Case, room: Room) -> Answer:
        with pytest.raises(StoreError, match="under way in another process"):
            await Runner(rows).go(run, suite(3), echo, (scores(length),), ROOM, lambda done, total: None)
        return await echo(case, room)

    asyncio.run(runner.go(run, suite(3), meanwhile, (scores(length),), ROOM, lambda done, total: None))
    assert not side_of(rows, rows.run(run.id)).faults


def test_a_run_is_found_by_how_it_begins(rows: Rows) -> None:
    name = ran(rows, suite(3)).name
    assert rows.run(name[:-2]).id == name
    ran(rows, suite(3))
    with pytest.raises(InputError, match="the beginning of 2 runs"):
        rows.run("made")
    with pytest.raises(UnknownId, match="There is no run “other”"):
        rows.run("other")


def test_a_baseline_says_what_its_run_said(rows: Rows, tmp_path: Path) -> None:
    side = ran(rows, suite(12))
    file = tmp_path / "made.json"
    file.write_text(side.kept(), encoding="utf-8")
    again = read_baseline(file)
    assert (again.values, again.clusters, again.hashes) == (side.values, side.clusters, side.hashes)
    for text in ("{", "[]", '{"suite": "x"}', file.read_text().replace("[[", "[[1], [")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="is no baseline"):
            read_baseline(file)
