"""What comes back is kept once, counted right, and shows no small group."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import CHECKER, MAKER, NOW, order

from assistant.bootstrap.desk import Desk
from assistant.domain.result import Result
from assistant.domain.rollout import Rollout
from assistant.errors import FileError, Forbidden, InputError, UnknownId
from assistant.review.results.taking import Results
from assistant.store.audit import AuditStore

DAY = dt.date(2026, 11, 23)
CHINESE = "文案编号,分组,日期,发送数,曝光数,点击数,转化数\n"


def items(desk: Desk) -> list[str]:
    return [one.id for one in desk.shelf.listed(state="released")]


def results(desk: Desk) -> Results:
    made: Results = desk.outgoing.results
    return made


def row(item: str, **more: Any) -> Result:
    return Result.model_validate({"item": item, "day": DAY, "exposures": 100, "clicks": 10, **more})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_a_delivery_is_kept_once_however_often_it_comes(released: Desk, tmp_path: Path, encoding: str) -> None:
    own, path = items(released)[0], tmp_path / "may.csv"
    path.write_bytes((CHINESE + f"{own},A,2026-11-23,1000,900,90,9\n").encode(encoding))
    assert results(released).read(path, "hub", MAKER, NOW) == {"new": 1, "changed": 0, "known": 0}
    assert results(released).read(path, "hub", MAKER, NOW) == {"new": 0, "changed": 0, "known": 1}
    shown = results(released).show(item=own)
    assert [(step["step"], step["count"]) for step in shown["funnel"]] == [
        ("sent", 1000), ("exposures", 900), ("clicks", 90), ("conversions", 9),
    ]  # fmt: skip


def test_a_later_count_of_the_same_row_takes_the_place_of_the_earlier(released: Desk) -> None:
    own = items(released)[0]
    results(released).take([row(own, row="7", clicks=10)], "hub", MAKER, NOW)
    told = results(released).take([row(own, row="7", clicks=12), row(own, row="8")], "hub", MAKER, NOW)
    assert told == {"new": 1, "changed": 1, "known": 0}
    assert results(released).show(criterion="clicks")["total"]["count"] == 22
    other = results(released).take([row(own, row="7")], "another system", MAKER, NOW)
    assert other["new"] == 1


def test_a_workbook_with_english_or_traditional_headings_is_read(released: Desk, tmp_path: Path) -> None:
    from openpyxl import Workbook

    own = items(released)
    for number, names in enumerate(
        (["Item ID", "Date", "Exposed", "Clicked"], ["文案編號", "日期", "曝光數", "點擊數"])
    ):
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(names)
        sheet.append([own[number], DAY, 100, 5])
        book.save(tmp_path / "a.xlsx")
        assert results(released).read(tmp_path / "a.xlsx", f"hub{number}", MAKER, NOW)["new"] == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("{own},A,23/11/2026,1000,900,90,9", "C2: “23/11/2026” is no date"),
        ("{own},A,2026-11-23,1000,900,many,9", "F2: “many” is no"),
        ("{own},A,2026-11-23,1000,900,-5,9", "F2"),
        ("{own},A,2026-11-23,1000,900,901,9", "901 clicks of 900 reached"),
        ("{own},A,2026-11-23,1000,1900,9,9", "1900 exposures of 1000 sent"),
        ("{own},A,2026-11-23,,,,", "nothing is counted"),
        (",A,2026-11-23,1000,900,90,9", "no item"),
        ("{own},A,,1000,900,90,9", "no day"),
        ("=1+1,A,2026-11-23,1000,900,90,9", "A2: “=1+1” is no id"),
        ("nosuch,A,2026-11-23,1000,900,90,9", "There is no text “nosuch”"),
        ("{own},A,2026-11-23,1,1,1,1\n{own},A,2026-11-23,1,1,1,1", "stands twice"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_kept(released: Desk, tmp_path: Path, cells: str, said: str) -> None:
    own, path = items(released)[0], tmp_path / "may.csv"
    good = f"{own},B,2026-11-22,10,9,8,7\n"
    path.write_text(CHINESE + good + cells.format(own=own), "utf-8")
    with pytest.raises(InputError) as told:
        results(released).read(path, "hub", MAKER, NOW)
    assert said.replace("2:", "3:").replace("F2", "F3") in str(told.value)
    assert results(released).show()["counted"] == []


def test_a_file_that_is_no_delivery_is_told(released: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age\nx,1\n")
    with pytest.raises(FileError, match="no table of results"):
        results(released).read(tmp_path / "a.csv", "hub", MAKER, NOW)
    (tmp_path / "b.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(FileError, match="password"):
        results(released).read(tmp_path / "b.xlsx", "hub", MAKER, NOW)


def test_a_checker_brings_no_results_and_who_does_stands_in_the_audit(released: Desk) -> None:
    with pytest.raises(Forbidden):
        results(released).take([row(items(released)[0])], "hub", CHECKER, NOW)
    results(released).take([row(items(released)[0])], "hub", MAKER, NOW)
    told = list(AuditStore(released.database).rows(subject="results:hub"))
    assert [(one.who, one.body["new"]) for one in told] == [("mei", 1)]


def test_groups_are_counted_by_what_their_texts_were_made_for(released: Desk) -> None:
    texts = released.shelf.listed(state="released")
    rows = [row(one.id, clicks=30 if one.cell.channel == "sms" else 5) for one in texts]
    results(released).take(rows, "hub", MAKER, NOW)
    shown = results(released).show(("channel", "age"), "clicks")
    by = {one["key"]: one for one in shown["by"]["channel"]}
    assert by["sms"]["rate"] == pytest.approx(0.3) and by["email"]["rate"] == pytest.approx(0.05)
    assert by["sms"]["low"] < 0.3 < by["sms"]["high"]
    assert sum(one["of"] for one in shown["by"]["age"]) == shown["total"]["of"] == 100 * len(texts)
    with pytest.raises(UnknownId, match="segment"):
        results(released).show(("segmnt",))
    with pytest.raises(UnknownId, match="clicks"):
        results(released).show((), "clcks")


def test_what_is_not_counted_is_not_zero(released: Desk) -> None:
    one, other = items(released)[:2]
    results(released).take([row(one, clicks=None, conversions=7), row(other, clicks=20)], "hub", MAKER, NOW)
    assert results(released).show((), "conversions")["total"]["of"] == 100
    assert results(released).show((), "clicks")["total"]["rate"] == pytest.approx(0.2)


def test_a_small_group_is_hidden_and_cannot_be_worked_out_from_the_rest(released: Desk) -> None:
    texts = items(released)[:3]
    sizes = (5, 40, 900)
    rows = [row(own, exposures=size, clicks=2) for own, size in zip(texts, sizes, strict=True)]
    results(released).take(rows, "hub", MAKER, NOW)
    shown = {one["key"]: one for one in results(released).show(("item",), "clicks")["by"]["item"]}
    assert [shown[own]["hidden"] for own in texts] == [True, True, False]
    assert shown[texts[0]]["of"] is None and shown[texts[1]]["count"] is None
    (alone,) = results(released).show(("item",), "clicks", item=texts[0])["by"]["item"]
    assert alone["hidden"] and '"count": 2' not in json.dumps(alone)
    assert results(released).show((), "clicks", item=texts[0])["total"]["of"] is None


def experiment(desk: Desk, tmp_path: Path) -> tuple[str, str]:
    one, other = [t.id for t in desk.shelf.listed(state="released") if t.cell.key.endswith("35-44/sms/zh-Hans/cn")][:2]
    arms = [{"name": "A", "share": 500, "texts": (one,)}, {"name": "B", "share": 500, "texts": (other,)}]
    rollout = Rollout.model_validate({"experiment": "may", "stage": "ab", "arms": arms})
    desk.outgoing.exports.make(order(rollout=rollout, campaign=None, items=(one, other)), MAKER, NOW)
    return one, other


def arm(own: str, name: str, sent: int, clicks: int) -> Result:
    return row(own, experiment="may", arm=name, sent=sent, exposures=sent, clicks=clicks)


def test_arms_are_compared_where_people_fell_to_them_as_planned(released: Desk, tmp_path: Path) -> None:
    one, other = experiment(released, tmp_path)
    results(released).take([arm(one, "A", 1010, 100), arm(other, "B", 990, 160)], "hub", MAKER, NOW)
    shown = results(released).compare("may", "clicks")
    assert shown["trusted"] and shown["sample_ratio"]["p"] > 0.5
    (told,) = shown["differences"]
    assert (told["arm"], told["against"]) == ("B", "A") and 0.03 < told["low"] < told["value"] < told["high"] < 0.1


def test_no_difference_is_told_of_a_broken_sample(released: Desk, tmp_path: Path) -> None:
    one, other = experiment(released, tmp_path)
    results(released).take([arm(one, "A", 1300, 100), arm(other, "B", 990, 160)], "hub", MAKER, NOW)
    shown = results(released).compare("may", "clicks")
    assert not shown["trusted"] and shown["differences"] == [] and shown["sample_ratio"]["p"] < 0.001
    with pytest.raises(UnknownId):
        results(released).compare("june")
