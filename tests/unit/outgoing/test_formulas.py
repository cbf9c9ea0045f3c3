"""Forty formulas through every command and route that gives a table away: none of them arrives as one."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.cli import main
from assistant.commands import export_command
from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Variant, Written
from assistant.domain.finding import Claim, Finding
from tests.conftest import here
from tests.formulas import FORMULAS, cells, is_formula
from tests.unit.outgoing.conftest import NOW

FORMS = ("csv", "xlsx", "jsonl")
RUN = "0123456789abcdef"
CELL = Cell(campaign="B1-TERM2Y", segment="salary", age="35-44", channel="sms", locale="zh-Hans", market="cn")


def hostile() -> list[Written]:
    """A cell whose every text is a formula, and one that says in a formula why there is none."""
    variants = [
        Variant(
            id=f"f{number}", text=one, template=one, angle=one, writer=one, verdict="pass",
            findings=[Finding(rule=one, severity="warn", start=0, end=1, text=one, message=one, reference=one)],
            claims=[Claim(text=one, start=0, end=1, kind="rate", fact=one, status="bound")],
        )
        for number, one in enumerate(FORMULAS)
    ]  # fmt: skip
    none = Written(cell=CELL.model_copy(update={"age": "18-24"}), status="failed", why=FORMULAS[0], variants=[])
    return [Written(cell=CELL, status="written", why="", variants=variants), none]


def test_there_are_forty_formulas() -> None:
    assert len(FORMULAS) == len(set(FORMULAS)) == 40 and sum(map(is_formula, FORMULAS)) >= 37


@pytest.mark.parametrize("form", FORMS)
def test_no_formula_leaves_in_the_table_of_a_run(desk: Desk, tmp_path: Path, form: str) -> None:
    brief = Brief(
        campaign="B1-TERM2Y", segments=("salary",), ages=("35-44",), channels=("sms",), locales=("zh-Hans",),
        send_on=NOW.date(),
    )  # fmt: skip
    desk.drafts.begin(RUN, brief, desk.pack.version, "test")
    for one in hostile():
        desk.drafts.put(RUN, one)
    path = tmp_path / f"run.{form}"
    path.write_bytes(here(api(desk)).get(f"/api/v1/runs/{RUN}/export.{form}").content)
    if form == "jsonl":
        told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert [one["text"] for row in told for one in row["variants"]] == FORMULAS
    else:
        found = list(cells(path))
        assert len(found) > 40 * 10 and not [one for one in found if is_formula(one)]


@pytest.mark.parametrize("form", FORMS)
def test_no_formula_of_a_customers_row_leaves_with_a_message(
    released: Desk, town: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(export_command, "desk_of", lambda _given: released)
    people = town(*({"customer_id": one, "name": one, "rm_id": one} for one in FORMULAS if "\x00" not in one))
    out = tmp_path / "out" / f"may.{form}"
    order = ["--campaign", "B1-TERM2Y", "--send-at", "2026-11-23T10:00", "--customers", str(people), "--out", str(out)]
    assert main(["export", *order]) in (0, 1)
    files = [one for one in out.parent.iterdir() if one.suffix == f".{form}"]
    assert out in files
    if form == "jsonl":
        assert "=1+1" in {json.loads(line)["customer_id"] for line in out.read_text("utf-8").splitlines()}
        return
    found = [one for file in files for one in cells(file)]
    assert "'=1+1" in found and not [one for one in found if is_formula(one)]


def test_a_formula_that_comes_back_with_results_stays_a_word(released: Desk, tmp_path: Path) -> None:
    """Sources and rows are told again by their names; nothing that shows results gives a table away."""
    client: TestClient = here(api(released))
    own = released.shelf.listed(state="released")[0].id
    path = tmp_path / "may.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["文案编号", "日期", "曝光数", "点击数"])
        writer.writerow([own, "2026-11-23", "=1+1", "1"])
    refused: Any = client.post("/api/v1/results/file", params={"name": "may.csv"}, content=path.read_bytes())
    assert refused.status_code == 400 and "=1+1" in refused.json()["detail"]
    assert released.outgoing.results.show()["total"]["count"] in (0, None)
