"""What goes out to be scored elsewhere is blind, and what comes back is kept whole or refused by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from assistant.domain.rating import Half, Pair
from assistant.errors import FileError, InputError, UnknownId
from eval.calibration.ratings import Rating, read_ratings
from eval.rating import label_studio, sheets
from eval.rating.rules import load_rules
from eval.rating.scoring import Scoring
from tests.unit.rating.conftest import JUN, MEI, NOW, Begun, liking

CHOSEN = {1: "left", 2: "neither", 3: "right"}


def annotated(tasks: list[dict[str, Any]], choose: Any, kind: str = "choices") -> list[dict[str, Any]]:
    """Tasks as Label Studio gives them back."""
    made = []
    for task in tasks:
        side = choose(task["data"])
        value = {"selected": side} if kind == "pairwise" else {"choices": [side]}
        results = [
            {"id": "a", "from_name": "better", "to_name": "left", "type": kind, "value": value},
            {
                "id": "b",
                "from_name": "reasons",
                "to_name": "left",
                "type": "choices",
                "value": {"choices": ["clearer"]},
            },
        ]
        kept = {"id": 1, "completed_by": 7, "was_cancelled": False, "result": results}
        made.append({**task, "annotations": [{**kept, "was_cancelled": True, "result": []}, kept], "predictions": []})
    return made


def by_model(data: dict[str, Any]) -> str:
    return "left" if "model" in data["left"] else "right"


@pytest.mark.parametrize("kind", ["choices", "pairwise"])
def test_tasks_go_out_blind_and_annotations_come_back_as_if_scored_here(
    begun: Begun, tmp_path: Path, kind: str
) -> None:
    scoring = begun()
    tasks = label_studio.pair_tasks(scoring.turns(MEI), scoring.session(MEI).rubric)
    assert len(tasks) == 42 and not any(word in json.dumps(tasks) for word in ("qwen", 'phrases"', "pair-", "repeat"))
    path = tmp_path / "back.json"
    label_studio.write_json(path, annotated(tasks, by_model, kind))
    assert scoring.keep(MEI, label_studio.read_pairs(path), NOW) == 42 and scoring.next(MEI) is None
    assert scoring.keep(MEI, label_studio.read_pairs(path), NOW) == 0, "twice the same is once"
    said = scoring.store.standing(scoring.own or "")
    assert {row.better for row in said} == {"a"} and {row.reasons for row in said} == {("clearer",)}


def test_the_configuration_is_xml_that_names_what_comes_back() -> None:
    from eval.judge.criteria import load_criteria

    tree = ElementTree.fromstring(label_studio.pair_config(load_rules().rubric(load_criteria().one("tone")), "zh-Hans"))
    assert {one.get("name") for one in tree} == {None, "left", "right", "better", "reasons"}
    assert [one.get("value") for one in tree.findall("Choices[@name='better']/Choice")] == ["left", "neither", "right"]


def test_what_was_said_goes_out_with_who_wrote_what_and_without_repeats(begun: Begun) -> None:
    scoring = begun()
    liking(scoring, MEI, "model")
    scoring.close(MEI, NOW)
    tasks = label_studio.pair_annotations(*scoring.said(JUN))
    assert len(tasks) == 40 and tasks[0]["data"]["left_source"] == "model:qwen"
    assert {len(task["annotations"]) for task in tasks} == {1}
    assert tasks[0]["annotations"][0]["result"][0]["value"] == {"choices": ["left"]}


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ({"a": 1}, "no list of tasks"),
        ([{"pair": "x"}], "task 1 has no data"),
        ([], "no answers"),
        (
            [{"data": {"pair": "x"}, "annotations": [{"result": []}]}],
            "task 1, annotation 1: the choice is not one of left",
        ),
        ([{"data": {}, "annotations": [{"result": []}]}], "no pair is named"),
    ],
)
def test_what_is_no_export_is_told(tmp_path: Path, tasks: Any, words: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(tasks))
    with pytest.raises(InputError, match=words):
        label_studio.read_pairs(path)
    path.write_text("{")
    with pytest.raises(FileError, match="not JSON"):
        label_studio.read_pairs(path)


def test_one_strange_pair_keeps_the_whole_file_out(begun: Begun, tmp_path: Path) -> None:
    scoring = begun()
    turns = scoring.turns(MEI)
    said = {turn.name: (1, ()) for turn in turns[:3]}
    with pytest.raises(UnknownId):
        scoring.keep(MEI, said | {"strange": (1, ())}, NOW)
    assert scoring.progress(MEI).done == 0


def test_levels_go_through_label_studio_and_come_back(tmp_path: Path) -> None:
    rows = [Rating(item=f"i{n}", cluster="c", rater=who, criterion=by, level=n + 1)
            for n in range(2) for who in ("mei@bank", "jun@bank") for by in ("tone", "clarity")]  # fmt: skip
    items = [{"item": f"i{n}", "cluster": "c", "text": f"Text {n}"} for n in range(2)]
    label_studio.write_json(tmp_path / "l.json", label_studio.level_annotations(items, rows))
    found = label_studio.read_levels(tmp_path / "l.json")
    assert sorted(map(str, found)) == sorted(map(str, rows))
    tasks = json.loads((tmp_path / "l.json").read_text())
    tasks[0]["annotations"][0]["result"][0]["value"] = {"choices": ["fine"]}
    tasks[1]["annotations"][0] |= {"completed_by": 7}
    tasks[1]["annotations"][0]["result"][0]["value"] = {"choices": ["3 clear at once"]}
    (tmp_path / "l.json").write_text(json.dumps(tasks[1:]))
    assert ("7", 3) in {(row.rater, row.level) for row in label_studio.read_levels(tmp_path / "l.json")}
    (tmp_path / "l.json").write_text(json.dumps(tasks))
    with pytest.raises(InputError, match="task 1, annotation 1"):
        label_studio.read_levels(tmp_path / "l.json")


def filled(path: Path, choose: Any) -> None:
    """Fill a workbook in as a person does."""
    book = load_workbook(path)
    sheet = book["pairs"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        left, right = (sheet.cell(row, heads[side]).value for side in ("left", "right"))
        value = choose(left, right)
        if value is not None:
            sheet.cell(row, heads["choice"]).value = value
            sheet.cell(row, heads["reasons"]).value = "clearer, warmer"
    book.save(path)


def written(scoring: Scoring, path: Path) -> Path:
    sheets.write_pairs(path, scoring.turns(MEI), scoring.session(MEI).rubric)
    return path


def test_a_workbook_goes_out_blind_and_comes_back_filled_in_or_half(begun: Begun, tmp_path: Path) -> None:
    scoring = begun()
    path = written(scoring, tmp_path / "mei.xlsx")
    cells = [str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert not any(word in cell for cell in cells for word in ("qwen", "pair-", "source"))
    filled(path, lambda left, right: 1 if "model" in left else None)
    half = scoring.keep(MEI, sheets.read_pairs(path), NOW)
    filled(path, lambda left, right: 3 if "model" in right else 1)
    assert 0 < half < 42 and scoring.keep(MEI, sheets.read_pairs(path), NOW) == 42 - half
    said = scoring.store.standing(scoring.own or "")
    assert {(row.better, row.reasons) for row in said} == {("a", ("clearer", "warmer"))}


@pytest.mark.parametrize("value", ["left", 4, 1.5])
def test_a_choice_that_is_none_is_told_with_its_row(begun: Begun, tmp_path: Path, value: object) -> None:
    path = written(begun(), tmp_path / "mei.xlsx")
    filled(path, lambda left, right: value)
    with pytest.raises(InputError, match=r"mei\.xlsx:2: the choice is not 1, 2 or 3"):
        sheets.read_pairs(path)


def test_what_is_no_filled_in_workbook_is_told(begun: Begun, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no answers"):
        sheets.read_pairs(written(begun(), tmp_path / "mei.xlsx"))
    (tmp_path / "x.csv").write_text("pair,choice\n")
    with pytest.raises(InputError, match="no workbook"):
        sheets.read_pairs(tmp_path / "x.csv")


def test_no_text_becomes_a_formula(begun: Begun, tmp_path: Path) -> None:
    scoring = begun()
    evil = '=HYPERLINK("http://x","y")'
    pairs = [Pair(id=evil, cluster="+1", readers="@x", a=Half(text=evil, source="=1"), b=Half(text="-2+3", source="b"))]
    own = scoring.begin("B", pairs, scoring.session(MEI).rubric, MEI, NOW)
    other = Scoring(scoring.store, scoring.rules, own)
    sheets.write_pairs(tmp_path / "p.xlsx", other.turns(MEI), other.session(MEI).rubric)
    liking(other, MEI, "HYPER")
    sheets.write_said(tmp_path / "s.xlsx", *other.said(MEI))
    for name in ("p.xlsx", "s.xlsx"):
        for sheet in load_workbook(tmp_path / name):
            for row in sheet.iter_rows():
                assert all(
                    cell.data_type != "f" and not str(cell.value or "").startswith(("=", "+", "@")) for cell in row
                )


def test_what_was_said_is_a_file_that_a_calibration_reads(begun: Begun, tmp_path: Path) -> None:
    scoring = begun()
    for by in (MEI, JUN):
        liking(scoring, by, "model")
    sheets.write_said(tmp_path / "said.xlsx", *scoring.said(MEI))
    panel = read_ratings(tmp_path / "said.xlsx").of("clarity")
    assert len(panel.rated_by(2)) == 40 and set(panel.majority(panel.levels).values()) == {1}
