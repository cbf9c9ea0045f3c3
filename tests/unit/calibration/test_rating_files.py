"""People's ratings and a judge's judgements are read from files, and every wrong row is told with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.errors import FileError, InputError
from eval.calibration.bar import load_bar
from eval.calibration.judgements import read_judgements
from eval.calibration.ratings import COLUMNS, majority, read_ratings

GOOD = [("i1", "c1", "mei", "tone", 3), ("i1", "c1", "jun", "tone", 2), ("i2", "c2", "mei", "tone", 4)]


def written(path: Path, rows: list[tuple[object, ...]], heads: tuple[str, ...] = COLUMNS) -> Path:
    if path.suffix == ".csv":
        path.write_text("\n".join(",".join(map(str, row)) for row in [heads, *rows]), "utf-8")
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(dict(zip(heads, row, strict=True))) for row in rows), "utf-8")
    else:
        book = Workbook()
        assert book.active is not None
        for row in [heads, *rows]:
            book.active.append(row)
        book.save(path)
    return path


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_ratings_are_the_same_from_every_kind_of_file(tmp_path: Path, ending: str) -> None:
    found = read_ratings(written(tmp_path / f"r.{ending}", GOOD))
    assert [(row.item, row.rater, row.level) for row in found.rows] == [
        ("i1", "mei", 3),
        ("i1", "jun", 2),
        ("i2", "mei", 4),
    ]
    assert found.digest == read_ratings(written(tmp_path / f"s.{ending}", GOOD[::-1])).digest
    assert found.of("tone").rated_by(2) == ("i1",) and found.criteria == ("tone",)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_every_wrong_row_is_told_with_file_and_row(tmp_path: Path, ending: str) -> None:
    rows = [*GOOD, ("i3", "c1", "mei", "tone", "good"), ("i1", "c1", "mei", "tone", 1), ("i2", "c9", "jun", "tone", 1)]
    with pytest.raises(InputError) as wrong:
        read_ratings(written(tmp_path / f"r.{ending}", rows))
    first = 4 if ending == "jsonl" else 5
    for number, words in ((first, "level"), (first + 1, "already"), (first + 2, "cluster c9")):
        assert any(f"r.{ending}:{number}: " in line and words in line for line in str(wrong.value).splitlines())


def test_a_missing_column_and_an_empty_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column is called cluster"):
        read_ratings(written(tmp_path / "r.csv", [("i", "mei", "tone", 1)], ("item", "rater", "criterion", "level")))
    with pytest.raises(InputError, match="holds no ratings"):
        read_ratings(written(tmp_path / "s.csv", []))
    with pytest.raises(FileError):
        read_ratings(tmp_path / "none.csv")


@pytest.mark.parametrize(("levels", "most"), [([3], 3), ([1, 3, 3], 3), ([1, 2, 4], 2), ([1, 4], 1), ([4, 4, 1, 1], 1)])
def test_the_majority_is_the_most_frequent_level_and_of_several_the_lower_middle_one(
    levels: list[int], most: int
) -> None:
    assert majority(levels) == most


def line(**more: object) -> str:
    return json.dumps({"item": "i", "criterion": "tone", "judge": "j", "model": "m"} | more)


def test_of_two_judgements_on_an_item_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_text("\n".join([line(fault="late", why="too late"), line(level=2)]))
    found = read_judgements(path)
    assert [row.level for row in found.rows] == [2] and (found.judge, found.model) == ("j", "m")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([line()], "has one of level, better and fault"),
        ([line(level=1, fault="late")], "has one of"),
        ([line(better="a")], "each order"),
        ([line(level=1), "{"], "j.jsonl:2: this is not JSON"),
        (["[]"], "no JSON object"),
        ([line(level=1), line(level=1, model="n", item="k")], "several judges"),
        ([], "holds no judgements"),
        ([json.dumps({"item": "i"})], "criterion is missing"),
    ],
)
def test_judgements_that_are_none_are_told(tmp_path: Path, rows: list[str], words: str) -> None:
    (tmp_path / "j.jsonl").write_text("\n".join(rows))
    with pytest.raises(InputError, match=words):
        read_judgements(tmp_path / "j.jsonl")


@pytest.mark.parametrize(
    "edit",
    [
        ("otherwise: fact", "otherwise: vibes"),
        ("items: 250", "items: 0"),
        ("least: 0.75", "least: 2"),
        ("people:", "folk:"),
    ],
)
def test_a_bar_that_is_none_is_told_with_its_file(tmp_path: Path, edit: tuple[str, str]) -> None:
    from eval.calibration.bar import BAR

    path = tmp_path / "bar.yaml"
    path.write_text(BAR.read_text("utf-8").replace(*edit))
    with pytest.raises(FileError, match=r"bar\.yaml is no bar"):
        load_bar(path)
