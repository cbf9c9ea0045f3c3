"""A list of customers is read in whatever form it comes; a row that cannot be used is told by its number."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assistant.domain.pack import Pack
from assistant.errors import FileError, InputError
from assistant.playbook.readers import Reader, readers

NOW = dt.datetime(2026, 11, 23, 10, 0)
Town = Callable[..., Path]
SAMPLE = Path(__file__).parents[3] / "knowledge" / "bank" / "sample"


def read(pack: Pack, path: Path | None, place: Path | None = None, **more: Any) -> tuple[list[Reader], list[str]]:
    with readers(pack, place, path, NOW, more.get("refused", frozenset())) as found:
        return list(found.found), [str(one) for one in found.problems]


def test_a_reader_is_what_their_row_says(bank: Pack, town: Town) -> None:
    ((one,), told) = read(bank, town({}))
    assert told == [] and (one.row, one.customer, one.age, one.risk, one.consent) == (2, "C1", 40, "C3", True)
    assert one.assessed_on == dt.date(2026, 5, 6) and one.tags == {"local", "wecom_friend"} and one.silences == ()
    assert one.first_contact is None and one.professional is None


@pytest.mark.parametrize("form", ["gbk", "utf-16", "semicolon", "xlsx", "parquet"])
def test_every_form_of_a_list_says_the_same(bank: Pack, town: Town, tmp_path: Path, form: str) -> None:
    plain = town({}, {"name": "王芳", "risk_light": "red"}, {"birth_date": ""})
    expected, path = read(bank, plain), tmp_path / f"list.{form if form in ('xlsx', 'parquet') else 'csv'}"
    rows = list(csv.reader(plain.open(encoding="utf-8", newline="")))
    if form == "parquet":
        duckdb.sql(f"copy (select * from read_csv('{plain}', all_varchar = true)) to '{path}' (format parquet)")
    elif form == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    else:
        mark = ";" if form == "semicolon" else ","
        text = "\n".join(mark.join(row) for row in rows)
        path.write_bytes(text.encode("utf-8" if form == "semicolon" else form))
    found = read(bank, path)
    shift = 1 if form == "parquet" else 0
    assert [(one.row + shift, *told(one)) for one in found[0]] == [(one.row, *told(one)) for one in expected[0]]


def told(one: Reader) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in Reader.__slots__ if name != "row")


def test_rows_that_cannot_be_used_are_told_by_number_and_the_others_are_read(bank: Pack, town: Town) -> None:
    found, said = read(bank, town({}, {"risk_rating": "C9"}, {}, {"birth_date": "yesterday"}, {"customer_id": ""}))
    assert [(one.row, one.customer) for one in found] == [(2, "C1"), (4, "C3")]
    assert {line.split(":")[1] for line in said} == {"3", "5", "6"}


def test_a_customer_who_stands_twice_is_written_to_once(bank: Pack, town: Town) -> None:
    found, said = read(bank, town({}, {"customer_id": "C1", "risk_rating": "C1"}))
    assert [(one.customer, one.risk) for one in found] == [("C1", "C1")] and any(
        "stands more than once" in one for one in said
    )


def test_a_list_of_numbers_takes_the_rest_from_the_institutions_tables(bank: Pack, tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("customer_id\nC0002\nC0001\nNOBODY\n")
    found, _ = read(bank, path, SAMPLE)
    assert [one.customer for one in found] == ["C0002", "C0001", "NOBODY"]
    assert [one.segment for one in found] == ["salary", "salary", None]
    assert found[0].first_contact is not None and found[0].manager == "林悦"


def test_silences_come_from_the_row_the_events_and_the_desk(bank: Pack, town: Town) -> None:
    people, _ = read(bank, town({"risk_light": "amber"}, {}), refused=frozenset({"C2"}))
    assert [one.silences for one in people] == [("risk_light",), ("contact_refused",)]
    everybody, _ = read(bank, None, SAMPLE)
    assert {"open_complaint", "fraud_question"} & {own for one in everybody for own in one.silences}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"name,age\nx,1\n", "no column customer_id"),
        ("a.csv", b"", "is empty"),
        ("a.parquet", b"no parquet", "cannot be read"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("a.pdf", b"%PDF-1.7", "neither XLSX nor CSV"),
    ],
)
def test_what_is_no_list_is_told(bank: Pack, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises((FileError, InputError), match=said):
        read(bank, tmp_path / name)


def test_a_missing_list_is_told(bank: Pack, tmp_path: Path) -> None:
    for name in ("none.csv", "none.parquet"):
        with pytest.raises(FileError):
            read(bank, tmp_path / name)
