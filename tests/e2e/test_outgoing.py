"""From a released text to what came of it, by the commands that a person runs."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from test_commands import copydesk, lines

from assistant.bootstrap.desk import Desk
from assistant.domain.item import Act
from assistant.domain.person import Person
from assistant.review.rules import Wish
from assistant.settings import Settings
from tests.conftest import BANK

MAKER = Person(login="mei", name="Mei", roles=("marketer",))
CHECKER = Person(login="chen", name="Chen", roles=("checker",))
STEPS: list[tuple[Act, Person]] = [("submit", MAKER), ("approve", CHECKER), ("release", MAKER)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with released text messages of one campaign."""
    home = tmp_path_factory.mktemp("outgoing")
    done = copydesk(home, "write", "B1-TERM2Y", "--segment", "salary", "--age", "35-44", "--channel", "sms",
                    "--locale", "zh-Hans", "--json")  # fmt: skip
    assert done.returncode == 0
    desk = Desk(Settings(home=home))
    ids = [row["id"] for row in desk.recalls.drafts()]
    for act, by in STEPS:
        told = desk.workflow.do(ids, Wish(act, by, comment="read"), dt.datetime.now(dt.UTC))
        assert all(one.refused is None for one in told)
    desk.database.close()
    return home


def test_a_released_text_leaves_comes_back_as_a_number_and_is_found_again(home: Path, tmp_path: Path) -> None:
    day = dt.date.today() + dt.timedelta(days=1)
    out = tmp_path / "may.csv"
    done = copydesk(home, "export", "--campaign", "B1-TERM2Y", "--per-customer", "--send-at", f"{day}T10:00", "--out",
                    str(out), "--json", COPYDESK_DATA=str(BANK / "sample"))  # fmt: skip
    (export,) = lines(done)
    assert done.returncode == 1 and export["counts"]["rows"] > 0 < export["counts"]["refused"], done.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == export["counts"]["rows"] and {row["age"] for row in rows} == {"35-44"}
    result = tmp_path / "may-results.csv"
    result.write_text(f"Item,Date,Exposed,Clicked\n{rows[0]['item']},{day},500,50\n")
    (taken,) = lines(copydesk(home, "results", "import", str(result), "--source", "hub", "--json"))
    assert taken == {"new": 1, "changed": 0, "known": 0}
    (shown,) = lines(copydesk(home, "results", "show", "--by", "item", "--criterion", "clicks", "--json"))
    assert shown["by"]["item"][0]["rate"] == 0.1
    found = lines(copydesk(home, "assets", "search", "定期", "--json"))
    assert found and any(one["how"] and one["how"]["count"] == 50 for one in found)
    made = copydesk(home, "assets", "reuse", rows[0]["item"], "--segment", "affluent", "--json")
    (reused,) = lines(made)
    assert reused["segment"] == "affluent" and reused["variants"][0]["writer"].startswith("asset:")


def test_a_scheduled_export_is_listed_and_stopped_by_a_recall(home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(home, tmp_path / "home"))
    day = dt.date.today() + dt.timedelta(days=9)
    made = copydesk(home, "export", "--campaign", "B1-TERM2Y", "--schedule", "--send-at", str(day), "--json")
    (kept,) = lines(made)
    assert kept["stand"] == "scheduled" and made.returncode == 0
    assert kept["id"] in {one["id"] for one in lines(copydesk(home, "export", "list", "--json"))}
    copydesk(home, "init", str(tmp_path / "own"))
    link = next((tmp_path / "own").rglob("campaigns/growth.yaml"))
    link.write_text(
        link.read_text("utf-8").replace("https://m.islet.example/b1", "https://m.islet.example/b1x"), "utf-8"
    )
    done = copydesk(home, "recall", "--content", str(tmp_path / "own"), "--json")
    told = [json.loads(row) for row in done.stdout.splitlines()]
    assert kept["id"] in {one.get("export") for one in told}, done.stdout
    assert copydesk(home, "export", "run", kept["id"]).returncode == 2
