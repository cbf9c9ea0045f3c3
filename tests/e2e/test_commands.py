"""The commands as a person runs them: their output, their exit codes, what they say to bad input."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for store and index that the commands of a session share."""
    return tmp_path_factory.mktemp("home")


def copydesk(
    home: Path, *arguments: str, stdin: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    raw = stdin.encode() if isinstance(stdin, str) else stdin
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        cwd=ROOT,
        input=raw,
        capture_output=True,
        env={**kept, "COPYDESK_HOME": str(home), **environment},
        timeout=120,
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Standard output holds JSON lines alone."""
    return [json.loads(row) for row in done.stdout.splitlines()]


WRITE = (
    "write",
    "B1-TERM2Y",
    "--segment",
    "salary",
    "senior",
    "--age",
    "25-34",
    "65+",
    "--channel",
    "sms",
    "--channel",
    "push",
)


@pytest.mark.parametrize(
    ("what", "key"),
    [("products", "type"), ("campaigns", "scenario"), ("rules", "severity"), ("segments", "name"), ("ages", "name"),
     ("channels", "name"), ("locales", "market")],
)  # fmt: skip
def test_list_gives_one_object_a_line_with_its_id_first(home: Path, what: str, key: str) -> None:
    done = copydesk(home, "list", what, "--json")
    rows = lines(done)
    assert done.returncode == 0 and rows
    assert all(next(iter(row)) == "id" and key in row for row in rows)


def test_write_gives_a_cell_a_line_and_progress_stays_off_standard_output(home: Path) -> None:
    done = copydesk(home, *WRITE, "--json")
    cells = lines(done)
    assert done.returncode == 0 and len(cells) == 2 * 2 * 2 * 3
    assert {cell["status"] for cell in cells} == {"written", "not_applicable"}
    assert all(len(cell["variants"]) == 3 for cell in cells if cell["status"] == "written")
    assert all(cell["why"] for cell in cells if cell["status"] == "not_applicable")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_write_saves_a_file_whose_cells_are_no_formulas(home: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    done = copydesk(home, *WRITE, "--locale", "zh-Hans", "--out", str(target))
    assert done.returncode == 0 and target.stat().st_size > 1000
    if ending == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(target)["messages"]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_write_prints_a_table_for_people(home: Path) -> None:
    done = copydesk(home, *WRITE, "--locale", "en")
    assert done.returncode == 0 and "Islet Bank" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("write", "B1-TERM2"), "B1-TERM2Y"),
        (("write", "B1-TERM2Y", "--segment", "salry"), "salary"),
        (("write", "B1-TERM2Y", "--channel", "SMS"), "sms"),
        (("write", "B1-TERM2Y", "--age", "65"), "65+"),
        (("write", "B1-TERM2Y", "--locale", "zh-hant"), "zh-Hant"),
        (("write", "B1-TERM2Y", "--market", "cm"), "cn"),
        (("write", "B1-TERM2Y", "--market", "tw", "--locale", "en"), "speaks zh-Hant only"),
        (("write", "B1-TERM2Y", "-n", "99"), "1 to 10"),
        (("write", "B1-TERM2Y", "--send-on", "tomorrow"), "2026-12-24"),
        (("write", "C2-CREDIT", "--send-on", "2026-03-01"), "--send-on 2026-10-20"),
        (("write", "B1-TERM2Y", "--out", "x.docx"), ".xlsx"),
        (("lint", "no-such-file.txt"), "cannot be read"),
        (("lint", "--channel", "smss"), "sms"),
        (("lint", "--product", "TD-24"), "TD-24M"),
        (("list", "segments", "--pack", "bnak"), "bank"),
        (("check-pack", "no-such-folder"), "pack.yaml is missing"),
        (("import", "no-such.xlsx"), "no-such.xlsx"),
        (("list", "products", "--content", "/nonexistent"), "knowledge/"),
    ],
)
def test_bad_input_is_told_with_the_mend_and_exit_code_2(home: Path, arguments: tuple[str, ...], words: str) -> None:
    done = copydesk(home, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_recurring_campaign_is_written_for_its_next_day(home: Path) -> None:
    done = copydesk(home, "write", "C1-NOTES", "--segment", "new", "--age", "25-34", "--channel", "push", "--json")
    assert done.returncode == 0 and lines(done)


def test_lint_finds_what_is_wrong_and_says_so_with_exit_code_1(home: Path) -> None:
    done = copydesk(
        home, "lint", "-", "--product", "TD-24M", "--json", stdin="云渚两年定期存款，年利率2.9%，稳赚不赔！"
    )
    (result,) = lines(done)
    assert done.returncode == 1 and result["verdict"] == "block"
    assert {"FIG-WRONG", "CN-GUAR"} <= {finding["rule"] for finding in result["findings"]}
    keys = {"rule", "severity", "start", "end", "text", "message", "reference", "mend"}
    assert all(set(finding) == keys for finding in result["findings"])


def test_lint_takes_a_case_a_line(home: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        '{"id": "a", "text": "周末愉快"}\n{"id": "b", "text": "保证收益", "product_type": "wealth"}\n', "utf-8"
    )
    done = copydesk(home, "lint", "--jsonl", str(cases))
    assert [(row["id"], row["verdict"] == "block") for row in lines(done)] == [("a", False), ("b", True)]
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [("{", "not JSON"), ("[1]", "JSON object"), ('{"text": "a", "chanel": "sms"}', "channel"), ('{"text": "a", "age": "old"}', "age"), ('{"id": "x"}', "text")],
)  # fmt: skip
def test_a_broken_case_is_told_with_its_line(home: Path, tmp_path: Path, row: str, words: str) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(f'{{"text": "好"}}\n{row}\n', "utf-8")
    done = copydesk(home, "lint", "--jsonl", str(cases))
    assert done.returncode == 2 and f"{cases}:2" in done.stderr and words in done.stderr


BAD = {
    "a text of 10 MB": ("big.txt", "好".encode() * 3_500_000, "3,500,000 characters", 2),
    "a workbook that is none": ("a.xlsx", b"PK\x03\x04" + b"junk" * 100, "damaged", 2),
    "a workbook with a password": ("b.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password", 2),
    "half a character": ("c.jsonl", b'{"text": "a\\ud800b"}', "lone surrogate", 2),
    "two encodings in a file": ("d.jsonl", '{"text": "好"}\n'.encode() + "利率".encode("gbk"), "not UTF-8", 2),
    "100,000 digits": ("e.txt", "年利率".encode() + b"9" * 99_000, "FIG-UNBOUND", 1),
    "marks that turn the writing round": ("f.txt", "\u202e稳赚不赔\u202c年利率2.9%".encode(), "CN-GUAR", 1),
    "addresses that are none": ("g.txt", b"see http://[::1 and https://u:p@m.islet.example:9999999/x", "FORM-LINK", 1),
    "a zero byte": ("h.txt", "年利率2.9%\x00".encode(), "FIG-WRONG", 1),
}


@pytest.mark.parametrize("kind", BAD)
def test_lint_bears_any_bytes(home: Path, tmp_path: Path, kind: str) -> None:
    name, raw, words, code = BAD[kind]
    path = tmp_path / name
    path.write_bytes(raw)
    where = ("--jsonl", str(path)) if name.endswith(".jsonl") else (str(path), "--product", "TD-24M")
    done = copydesk(home, "lint", *where)
    assert done.returncode == code, done.stderr
    assert words in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_another_customers_name_in_a_table_of_copy_blocks(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.csv"
    path.write_text("姓名,文案\n王芳,王芳女士，您好。\n张伟,王芳女士，您好。\n", "utf-8")
    done = copydesk(home, "lint", str(path), "--json")
    rules = [[finding["rule"] for finding in row["findings"]] for row in lines(done)]
    assert rules == [[], ["HOUSE-OTHER"]]


def test_a_text_in_gbk_is_told(home: Path) -> None:
    done = copydesk(home, "lint", stdin="利率".encode("gbk"))
    assert done.returncode == 2 and "UTF-8" in done.stderr


def test_search_says_why_a_hit_is_not_allowed(home: Path) -> None:
    done = copydesk(home, "search", "消费贷款", "--market", "tw", "--json")
    rows = lines(done)
    assert done.returncode == 0
    assert all(row["allowed"] or row["why"] for row in rows)
    assert any(not row["allowed"] for row in rows)


def test_init_copies_the_content_out_and_the_copy_serves(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "own"
    assert copydesk(home, "init", str(target)).returncode == 0
    done = copydesk(home, "check-pack", str(target / "knowledge" / "bank"))
    assert done.returncode == 0 and "is sound" in done.stderr
    again = copydesk(home, "init", str(target))
    assert again.returncode == 2 and "not empty" in again.stderr


def test_doctor_is_well(home: Path) -> None:
    done = copydesk(home, "doctor", "--json")
    assert done.returncode == 0, done.stdout
    assert {row["part"] for row in lines(done)} >= {"pack", "rules", "index", "database", "disk", "model"}


def test_a_file_where_the_home_folder_should_be_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = copydesk(blocked / "home", *WRITE, "--json")
    assert done.returncode == 2 and "cannot be" in done.stderr and done.stdout == ""


def test_a_locked_database_is_told(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "home"
    assert copydesk(own, "doctor").returncode == 0
    with sqlite3.connect(own / "copydesk.db") as holder:
        holder.execute("BEGIN EXCLUSIVE")
        done = copydesk(own, *WRITE, "--json", COPYDESK_BUSY_SECONDS="0.2")
        holder.rollback()
    assert done.returncode == 2 and "locked" in done.stderr


def test_a_full_disk_is_told_and_nothing_is_half_written(home: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: writing past it fails in the same place."""
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "write", "B1-TERM2Y", "--segment", "salary", "--age", "25-34", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "COPYDESK_HOME": str(tmp_path / "h")},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""


def test_a_model_that_cannot_be_reached_gives_way_to_phrases(home: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        asked = (
            "write",
            "B6-BIRTHDAY",
            "--segment",
            "new",
            "--age",
            "25-34",
            "--channel",
            "sms",
            "--locale",
            "zh-Hans",
            "--json",
        )
        done = copydesk(home, *asked, COPYDESK_MODEL_URL=url, COPYDESK_MODEL_NAME="m", COPYDESK_MODEL_TIMEOUT="3")
    (cell,) = lines(done)
    assert (cell["status"], len(cell["variants"])) == ("fallback", 3) and cell["why"]


def test_a_note_that_is_not_understood_is_told(home: Path) -> None:
    done = copydesk(home, *WRITE, "--locale", "en", "--json", "--note", "more purple")
    assert done.returncode == 0 and "does not understand the note “more purple”" in done.stderr


def test_a_typing_slip_in_a_setting_is_told(home: Path) -> None:
    done = copydesk(home, "list", "segments", COPYDESK_MODLE_URL="x")
    assert done.returncode == 2 and "COPYDESK_MODEL_URL" in done.stderr
