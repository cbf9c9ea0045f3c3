"""The API: health, and a run as a file."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.domain.brief import brief_for
from assistant.domain.draft import Variant, Written
from tests.conftest import here

RUN = "0123456789abcdef"


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """The API over a desk with one finished run, stored in no particular order."""
    brief = brief_for(
        desk.pack, campaign="B1-TERM2Y", segments=["salary"], ages=["25-34"], channels=["sms", "push"],
        locales=["zh-Hans", "en"], send_on=dt.date(2026, 5, 20),
    )  # fmt: skip
    desk.drafts.begin(RUN, brief, desk.pack.version, "phrases")
    for cell in reversed(list(brief.cells(desk.pack))):
        variant = Variant(
            id=cell.channel + cell.locale, text="=1+1", template="", angle="gain", writer="phrases",
            verdict="pass", findings=[], claims=[],
        )  # fmt: skip
        desk.drafts.put(RUN, Written(cell=cell, status="written", why="", variants=[variant]))
    return here(api(desk))


def test_health_names_the_knowledge(client: TestClient, desk: Desk) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "pack": "bank", "version": desk.pack.version}


def test_a_run_comes_as_jsonl_in_the_order_of_the_pack(client: TestClient) -> None:
    answer = client.get(f"/api/v1/runs/{RUN}/export.jsonl")
    cells = [json.loads(line) for line in answer.text.splitlines()]
    assert [(one["locale"], one["channel"]) for one in cells] == [
        ("zh-Hans", "sms"), ("zh-Hans", "push"), ("en", "sms"), ("en", "push"),
    ]  # fmt: skip
    assert answer.headers["cache-control"] == "no-store"
    assert f"B1-TERM2Y-{RUN}.jsonl" in answer.headers["content-disposition"]


def test_a_run_comes_as_a_spreadsheet_safe_from_formulas(client: TestClient) -> None:
    sheet = load_workbook(io.BytesIO(client.get(f"/api/v1/runs/{RUN}/export.xlsx").content)).active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert len(rows) == 4 and {row[header.index("text")] for row in rows} == {"'=1+1"}
    assert "'=1+1" in client.get(f"/api/v1/runs/{RUN}/export.csv").text


def test_an_unknown_run_is_not_found(client: TestClient) -> None:
    answer = client.get("/api/v1/runs/fedcba9876543210/export.csv")
    assert answer.status_code == 404 and "There is no run" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path", ["../../etc/export.csv", f"{RUN}/export.exe", "0123/export.csv", f"{RUN}'--/export.csv"]
)
def test_what_is_no_run_or_no_kind_of_file_is_refused(client: TestClient, path: str) -> None:
    assert client.get(f"/api/v1/runs/{path}").status_code in (404, 422)
