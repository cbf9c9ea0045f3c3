"""How many customers there are is told by group, a few are told as few, and nothing of any one of them is told."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from assistant.domain.pack import Pack
from assistant.errors import InputError, UnknownId
from assistant.playbook.sizes import sizes, sizes_of_list
from tests.conftest import BANK

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
PEOPLE = [
    *((f"C{n}", "salary", "1986-03-01", "local|wecom_friend", "cn") for n in range(5)),
    ("C4", "salary", "1986-03-01", "local|wecom_friend", "cn"),
    *((f"D{n}", "senior", "1950-11-23", "local", "") for n in range(4)),
    ("E1", "", "", "", ""),
]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    with (tmp_path / "customers.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("customer_id", "segment", "birth_date", "tags", "market", "name"))
        rows.writerows((*one, f"Name of {one[0]}") for one in PEOPLE)
    (tmp_path / "holdings.csv").write_text("customer_id,product_id,amount,opened_on,matures_on\n")
    (tmp_path / "events.csv").write_text("event_id,customer_id,at,kind,amount,attributes\n")
    return tmp_path


def test_customers_are_counted_once_by_segment_age_market_and_tag(bank: Pack, town: Path) -> None:
    def counted(*by: str, **where: str) -> list[tuple[object, ...]]:
        return [tuple(one.values()) for one in sizes(bank, town, NOW, by, where)]

    assert counted("segment") == [("salary", 5), ("senior", "<5"), (None, "<5")]
    assert counted("segment", "age") == [("salary", "35-44", 5), ("senior", "65+", "<5"), (None, None, "<5")]
    assert counted("market") == [("cn", 10)]
    assert counted("tag") == [("local", 9), ("wecom_friend", 5)]
    assert counted("segment", tag="local") == [("salary", 5), ("senior", "<5")]
    assert counted("tag", segment="senior") == [("local", "<5")]
    assert counted("age", segment="senior") == [("65+", "<5")]


def test_no_word_of_a_customer_is_told(bank: Pack, town: Path) -> None:
    assert "Name" not in str(sizes(bank, town, NOW, ("segment", "age", "market", "tag"), {}))


def test_the_samples_sizes_add_up(bank: Pack) -> None:
    groups = sizes(bank, BANK / "sample", NOW, ("segment",), {})
    assert sum(one["size"] for one in groups) == 500


def test_what_cannot_be_counted_is_told(bank: Pack, town: Path) -> None:
    for by, where, near in ((("segmnt",), {}, "segment"), (("age",), {"segment": "salry"}, "salary")):
        with pytest.raises(UnknownId) as unknown:
            sizes(bank, town, NOW, by, where)
        assert unknown.value.close[0] == near
    with pytest.raises(InputError, match="COPYDESK_DATA"):
        sizes(bank, None, NOW, ("segment",), {})
    assert sizes(bank, town, NOW, ("segment",), {"tag": "x' or true --"}) == []


def listed(town: Path, text: str, name: str = "list.csv") -> Path:
    path = town / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_counted_by_segment_and_age_and_its_bad_rows_are_named_once_each(bank: Pack, town: Path) -> None:
    rows = "".join(f"N{n},salary,1986-03-01,C3\n" for n in range(6))
    path = listed(
        town, f"customer_id,segment,birth_date,risk_rating\n{rows}N7,senior,never,C9\nN8,senior,1950-01-01,C2\n"
    )
    found = sizes_of_list(bank, None, path, NOW)
    assert found.customers == 7 and found.left_out == 1
    assert [tuple(one.values()) for one in found.segments] == [("salary", 6), ("senior", "<5")]
    assert [tuple(one.values()) for one in found.ages] == [("35-44", 6), ("65+", "<5")]
    assert {one.row for one in found.problems} == {8} and len(found.problems) == 2


def test_a_list_of_numbers_alone_is_looked_up_in_the_customer_table(bank: Pack, town: Path) -> None:
    path = listed(town, "customer_id\n" + "".join(f"C{n}\n" for n in range(5)) + "X1\n")
    found = sizes_of_list(bank, town, path, NOW)
    assert [tuple(one.values()) for one in found.segments] == [("salary", 5), (None, "<5")]
    assert found.customers == 6 and found.left_out == 0
    with pytest.raises(InputError, match="customer_id"):
        sizes_of_list(bank, town, listed(town, "name,segment\nLi,salary\n"), NOW)
