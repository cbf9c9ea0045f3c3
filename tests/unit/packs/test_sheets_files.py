"""Files that cannot be imported say why, and odd but honest ones are read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from test_sheets_kit import headings, new_value, only_problem, workbook, write_pack

from assistant.errors import FileError
from assistant.packs.loader import load_pack
from assistant.packs.sheets import csvfile, guard, xlsx
from assistant.packs.sheets.change import ImportPlan
from assistant.packs.sheets.plan import plan_import

ROWS = [["产品编号", "年利率"], ["TD-24M", "2.4%"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def plan(path: Path) -> ImportPlan:
    return plan_import(path, load_pack(write_pack(path.parent)), headings())


def refused(path: Path, content: bytes | None = None) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        plan(path)
    assert caught.value.mend
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7 something", "neither XLSX nor CSV"),
        ("a.xlsx", b"this is no zip", "not a workbook"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "old Excel"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\r\n ,,\r\n", "empty"),
        ("a.csv", b"<html><body>", "web page"),
        ("a.csv", b"\x00\x01\x02", "no text"),
        ("a.csv", b'id,rate\n"TD-24M,2.4%\n', "no CSV"),
        ("a.csv", b"\xff\xfe\x00", "no encoding"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    assert said in refused(tmp_path / name, content)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "cannot be read" in refused(tmp_path / "none.xlsx")


def test_a_workbook_cut_short_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    assert "damaged" in refused(path, path.read_bytes()[:-400])


def test_a_workbook_with_broken_xml_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    _replace_part(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")
    assert "damaged" in refused(path)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "not an XLSX workbook" in refused(tmp_path / "a.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", bytes(5_000_000))
    assert "zip bomb" in refused(path)
    monkeypatch.setattr(guard, "MAX_UNPACKED", 4_000_000)
    assert "unpack to 5 MB" in refused(path)


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    _replace_part(path, "xl/worksheets/sheet1.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>')
    assert "XML entities" in refused(path)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert "is empty" in refused(workbook(tmp_path / "a.xlsx", []))


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    monkeypatch.setattr(csvfile, "MAX_ROWS", 3)
    rows = [["产品编号", "年利率"], *([f"P-{number}", "1%"] for number in range(20))]
    assert "more than 3 rows" in refused(workbook(tmp_path / "a.xlsx", rows))
    assert "more than 3 rows" in refused(tmp_path / "a.csv", "\n".join(map(",".join, rows)).encode())


def test_values_far_to_the_right_are_refused_and_not_dropped(tmp_path: Path) -> None:
    far = [*["TD-24M", "2.4%"], *[None] * 300, "beware"]
    assert "Sheet1!KQ2 lies beyond column 256" in refused(workbook(tmp_path / "a.xlsx", [ROWS[0], far]))
    assert "row 2 has more than 256 columns" in refused(tmp_path / "a.csv", b"id,rate\n" + b"," * 300 + b"x\n")


def test_a_formula_is_read_by_its_stored_value_and_is_an_error_without_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["产品编号", "年利率"], ["TD-24M", "=0.012*2"]], {"B2": "0.00%"})
    assert "Sheet1!B2: the formula has no stored value" in only_problem(plan(path))
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    _replace_part(path, "xl/worksheets/sheet1.xml", re.sub(rb"</f><v ?/>", b"</f><v>0.024</v>", xml))
    assert new_value(plan(path), "facts.rate") == {"rate": "2.40%"}


def test_an_error_value_in_a_cell_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["产品编号", "年利率"], ["TD-24M", "#REF!"]])
    assert "the cell shows the error #REF!" in only_problem(plan(path))


def test_merged_cells_are_an_error_that_names_them(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(tmp_path / "a.xlsx", [*ROWS, ["WM-1", None]])
    book = load_workbook(path)
    book["Sheet1"].merge_cells("B2:B3")
    book.save(path)
    assert "Sheet1!B2: the cells B2:B3 are merged" in only_problem(plan(path))


def test_dates_of_a_1904_workbook_are_the_days_that_excel_shows(tmp_path: Path) -> None:
    import datetime as dt

    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["产品编号", "开始日期"])
    sheet.append(["TD-24M", dt.date(2026, 3, 1)])
    book.save(tmp_path / "a.xlsx")
    assert new_value(plan(tmp_path / "a.xlsx"), "window") == "2026-03-01/"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_a_csv_is_read_in_every_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes("产品编号,产品名称\r\nTD-24M,两年好存\r\n".encode(encoding))
    assert new_value(plan(tmp_path / "a.csv"), "name.zh-Hans") == "两年好存"


def test_a_big5_csv_is_not_taken_for_gbk(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("產品編號,產品名稱\r\nTD-24M,兩年好存\r\n".encode("cp950"))
    assert new_value(plan(tmp_path / "a.csv"), "name.zh-Hant") == "兩年好存"


@pytest.mark.parametrize(
    "text",
    ["产品编号\t年利率\nTD-24M\t2.4%\n", "产品编号;年利率\nTD-24M;2.4%\n", "sep=;\n产品编号;年利率\nTD-24M;2.4%"],
)
def test_a_csv_may_be_parted_by_tabs_or_semicolons(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert new_value(plan(tmp_path / "a.csv"), "facts.rate") == {"rate": "2.40%"}


def test_a_problem_of_a_csv_names_the_cell_without_a_sheet(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("产品编号,年利率\nTD-24M,2.4\n", encoding="utf-8")
    assert only_problem(plan(tmp_path / "a.csv")).startswith("a.csv: B2: ")


def test_hidden_sheets_and_sheets_of_notes_are_left_out_and_told(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(tmp_path / "a.xlsx", ROWS, 说明=[["请勿外传"]], 草稿=[["产品编号", "年利率"], ["WM-1", "9%"]])
    book = load_workbook(path)
    book["草稿"].sheet_state = "hidden"
    book.save(path)
    found = plan(path)
    assert [change.id for change in found.changes] == ["TD-24M"]
    assert found.skipped == ("草稿 (hidden)", "说明 (no heading is known)")


def _replace_part(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, body in parts.items():
            archive.writestr(member, body)
