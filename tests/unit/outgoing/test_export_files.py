"""The files of an export: no formula in any form, nothing half-written, readable by what reads such files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.export import Form
from assistant.review.exporting.files import sink
from assistant.review.exporting.staging import drafted, publish
from assistant.text.cells import safe
from tests.formulas import FORMULAS, SIGNS

TABLES = {"messages": ("id", "text"), "refused": ("id", "why")}


def texts(form: Form, path: Path) -> Iterator[tuple[str, Any]]:
    """The texts of a file as a program reads them, with what kind of cell each is."""
    if form == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from ((row["text"], "s") for row in csv.DictReader(file))
    elif form == "jsonl":
        yield from ((json.loads(row)["text"], "json") for row in path.read_text("utf-8").splitlines())
    else:
        from openpyxl import load_workbook

        for row in load_workbook(path)["messages"].iter_rows(min_row=2):
            yield row[1].value, row[1].data_type


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_leaves_as_a_text(tmp_path: Path, form: Form, formula: str) -> None:
    into = sink(form, tmp_path / f"a.{form}", TABLES, {})
    into.put("messages", {"id": "1", "text": formula})
    into.put("refused", {"id": "2", "why": formula})
    into.close()
    ((found, kind),) = texts(form, tmp_path / f"a.{form}")
    if form == "jsonl":
        assert found == formula
    else:
        assert kind in ("s", "inlineStr") and not found.lstrip().startswith(SIGNS)


@given(st.text())
def test_a_safe_cell_begins_no_formula_and_holds_nothing_that_breaks_a_file(value: str) -> None:
    plain = safe(value)
    assert not plain.lstrip().startswith(SIGNS) and not plain.startswith(("\t", "\r", "\n"))
    plain.encode()
    assert not any(ord(one) < 32 and one not in "\t\r\n" for one in plain)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_a_workbook_gives_back_what_was_put_into_it(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    into = sink("xlsx", path, TABLES, {"label": value})
    into.put("messages", {"id": 7, "text": value})
    into.close()
    from openpyxl import load_workbook

    (row,) = load_workbook(path)["messages"].iter_rows(min_row=2, values_only=True)
    # XML reads every line's end as a line feed.
    expected = safe(value).replace("\r\n", "\n").replace("\r", "\n")
    assert row == (7, expected or None)


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_what_fails_half_way_leaves_the_old_file_and_no_other(tmp_path: Path, form: Form) -> None:
    path = tmp_path / f"may.{form}"
    path.write_text("old")
    with pytest.raises(RuntimeError), drafted(path, "1") as draft:
        sink(form, draft, TABLES, {}).put("messages", {"id": "1", "text": "new"})
        raise RuntimeError
    assert path.read_text() == "old" and [one.name for one in tmp_path.iterdir()] == [path.name]


def test_what_an_earlier_export_refused_does_not_stay_beside_the_next(tmp_path: Path) -> None:
    path = tmp_path / "may.csv"
    for refused in (True, False):
        with drafted(path, "1") as draft:
            into = sink("csv", draft, TABLES, {})
            if refused:
                into.put("refused", {"id": "1", "why": "x"})
            into.close()
            publish(draft, path)
        assert (tmp_path / "may.refused.csv").exists() == refused
