"""A file of pairs is read whole, in three kinds, or refused by row."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from assistant.domain.rating import Half, Pair
from assistant.errors import InputError
from eval.rating import sheets
from eval.rating.pairs_file import NEEDED, read_file
from tests.unit.rating.conftest import MEI, Begun, liking

ROW = {"item": "p1", "cluster": "c1", "language": "zh-Hans", "readers": "Salaried people", "a": "甲", "source_a": "model",
       "b": "乙", "source_b": "phrases"}  # fmt: skip
PAIR = Pair(id="p1", cluster="c1", language="zh-Hans", readers="Salaried people", a=Half(text="甲", source="model"),
            b=Half(text="乙", source="phrases"))  # fmt: skip


def written(path: Path, *rows: dict[str, Any]) -> Path:
    """A file of the kind that its name says."""
    if path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
        return path
    heads = ("Item", "cluster", "Source A", "source b", "Text A", "text b", "readers", "language", "remark")
    keys = ("item", "cluster", "source_a", "source_b", "a", "b", "readers", "language", "remark")
    table = [heads, *([row.get(key, "") for key in keys] for row in rows)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
        return path
    book = Workbook()
    for line in table:
        book.worksheets[0].append(list(line))
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["may.jsonl", "may.csv", "may.xlsx"])
def test_each_kind_of_file_says_the_same_pairs(tmp_path: Path, name: str) -> None:
    assert read_file(written(tmp_path / name, ROW, {**ROW, "item": "p2"})) == (
        PAIR,
        PAIR.model_copy(update={"id": "p2"}),
    )


@pytest.mark.parametrize("name", ["may.jsonl", "may.csv", "may.xlsx"])
def test_every_row_that_is_wrong_is_told_by_its_place_and_none_is_read(tmp_path: Path, name: str) -> None:
    rows = (ROW, ROW, {**ROW, "item": "p3", "b": ""}, {**ROW, "item": "p" * 200})
    with pytest.raises(InputError) as refused:
        read_file(written(tmp_path / name, *rows))
    told = str(refused.value)
    first = 1 if name.endswith("jsonl") else 2
    assert f"{name}:{first + 1}: the pair p1 stands at {name}:{first} already" in told
    assert f"{name}:{first + 2}: text b missing" in told and f"{name}:{first + 3}: id: " in told
    assert str(tmp_path) not in told


def test_a_file_without_the_columns_or_without_rows_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("item,cluster\np1,c1\n")
    with pytest.raises(InputError, match=f"no row of heads has {', '.join(NEEDED)}"):
        read_file(tmp_path / "x.csv")
    (tmp_path / "x.jsonl").write_text("\n")
    with pytest.raises(InputError, match="holds no pairs"):
        read_file(tmp_path / "x.jsonl")


def test_the_workbook_of_what_was_said_begins_another_session(begun: Begun, tmp_path: Path) -> None:
    scoring = begun()
    liking(scoring, MEI, "model")
    sheets.write_said(tmp_path / "said.xlsx", *scoring.said(MEI))
    found = read_file(tmp_path / "said.xlsx")
    assert len(found) == 40 and {(one.a.source, one.b.source) for one in found} == {("model:qwen", "phrases")}


def test_pairs_that_were_harvested_are_read_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "edits.jsonl"
    file.write_text(PAIR.model_dump_json(), "utf-8")
    assert read_file(file) == (PAIR,)
