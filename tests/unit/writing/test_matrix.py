"""The matrix: each cell once, stopping cleanly, resuming, falling back when the model cannot."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief, brief_for
from assistant.domain.draft import Written
from assistant.domain.finding import Finding
from assistant.errors import ModelUnavailable
from assistant.writing.cells import CellWriter
from assistant.writing.drafts import Draft, Job
from assistant.writing.gate import Gate
from assistant.writing.matrix import Matrix


def brief(desk: Desk, **given: Any) -> Brief:
    """Two segments, two ages, two channels in zh-Hans: eight cells."""
    asked = {
        "campaign": "B1-TERM2Y",
        "segments": ("salary", "senior"),
        "ages": ("25-34", "55-64"),
        "channels": ("sms", "push"),
        "locales": ("zh-Hans",),
        "send_on": dt.date(2026, 12, 1),
    }
    return brief_for(desk.pack, **{**asked, **given})


class Scripted:
    """A model writer that plays a list: drafts, or an error."""

    name = "model:scripted"

    def __init__(self, *answers: list[str] | Exception, mended: list[str] | None = None) -> None:
        self.answers, self.mended = list(answers), mended
        self.told: list[Sequence[Sequence[Finding]]] = []

    async def write(self, job: Job) -> list[Draft]:
        answer = self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return [Draft(text, "gain") for text in answer]

    async def repair(self, job: Job, drafts: Sequence[Draft], findings: Sequence[Sequence[Finding]]) -> list[Draft]:
        self.told.append(findings)
        return [Draft(text, "gain") for text in self.mended or []]


def matrix(desk: Desk, model: Scripted | None = None, **given: Any) -> Matrix:
    """The matrix of a desk, without retrieval."""
    writer = CellWriter(desk.pack, Gate(desk.pack, desk.engine), desk.phrases, lambda *_: (), model)
    return Matrix(desk.pack, writer, desk.drafts, **given)


async def collect(made: Matrix, asked: Brief, stop_after: int | None = None) -> list[Written]:
    """All cells, or until so many are there."""
    done: list[Written] = []
    async for written in made.write(asked, lambda: stop_after is not None and len(done) >= stop_after):
        done.append(written)
    return done


def test_every_cell_comes_once(desk: Desk) -> None:
    done = asyncio.run(collect(matrix(desk), brief(desk)))
    assert len({w.cell.key for w in done}) == len(done) == 8
    assert {w.status for w in done} == {"written", "not_applicable"}
    refused = next(w for w in done if w.cell.segment == "senior" and w.cell.age == "25-34")
    assert refused.why.startswith("audience:") and refused.variants == []


def test_a_second_run_of_the_same_brief_writes_nothing_anew(desk: Desk) -> None:
    first = asyncio.run(collect(matrix(desk), brief(desk)))
    counted = desk.drafts.count()
    same = asyncio.run(collect(matrix(desk), brief(desk)))
    assert {w.cell.key: w for w in same} == {w.cell.key: w for w in first}
    assert desk.drafts.count() == counted


def test_a_stop_keeps_what_is_finished_and_the_next_run_goes_on(desk: Desk) -> None:
    stopped = asyncio.run(collect(matrix(desk, concurrency=1), brief(desk), stop_after=3))
    assert 3 <= len(stopped) < 8
    rest = asyncio.run(collect(matrix(desk), brief(desk)))
    assert len({w.cell.key for w in rest}) == len(rest) == 8
    assert desk.drafts.count()["cells"] == 8


def test_another_note_is_another_run(desk: Desk) -> None:
    made = matrix(desk)
    assert made.run_id(brief(desk)) != made.run_id(brief(desk, note="shorter"))


def test_a_model_that_is_down_is_replaced_and_marked(desk: Desk) -> None:
    model = Scripted(ModelUnavailable("The model refused the connection."))
    done = asyncio.run(collect(matrix(desk, model), brief(desk, segments=("salary",), ages=("25-34",))))
    assert {w.status for w in done} == {"fallback"}
    assert all("refused the connection" in w.why for w in done)
    assert {v.writer for w in done for v in w.variants} == {"phrases"}


def test_a_false_figure_is_repaired_once_with_its_findings(desk: Desk) -> None:
    good = "闲钱存起来，年利率{product.rate}。"
    model = Scripted(
        [good, "存两年，年利率2.9%。", "{product.minimum}起存，先存一点。"], mended=["存上一笔，{product.minimum}起。"]
    )
    asked = brief(desk, segments=("salary",), ages=("25-34",), channels=("sms",))
    (written,) = asyncio.run(collect(matrix(desk, model), asked))
    assert written.status == "written" and len(written.variants) == 3
    assert [[f.rule for f in one] for one in model.told[0]] == [["FIG-WRONG"]]


def test_a_text_that_stays_wrong_gives_way_to_a_phrase(desk: Desk) -> None:
    good = "闲钱存起来，年利率{product.rate}。"
    model = Scripted([good, "存两年，年利率2.9%。", "{product.minimum}起存。"], mended=["年利率还是2.9%。"])
    asked = brief(desk, segments=("salary",), ages=("25-34",), channels=("sms",))
    (written,) = asyncio.run(collect(matrix(desk, model), asked))
    assert written.status == "fallback" and "FIG-WRONG" in written.why
    assert sorted(v.writer for v in written.variants) == ["model:scripted", "model:scripted", "phrases"]
    assert all(v.verdict != "block" for v in written.variants)


def test_ids_of_variants_are_unique_and_stable(desk: Desk) -> None:
    first = asyncio.run(collect(matrix(desk), brief(desk)))
    ids = [v.id for w in first for v in w.variants]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("key", ["segment", "age", "channel", "locale", "market"])
def test_a_line_of_json_has_the_contracts_keys(desk: Desk, key: str) -> None:
    (written, *_) = asyncio.run(collect(matrix(desk), brief(desk, segments=("salary",), ages=("25-34",))))
    line = written.line()
    assert key in line and {"campaign", "status", "why", "variants"} <= set(line)
    (variant, *_) = line["variants"]  # type: ignore[misc]
    assert set(variant) == {"id", "text", "template", "angle", "writer", "verdict", "findings", "claims"}  # type: ignore[arg-type]
