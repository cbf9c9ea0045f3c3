"""A desk with released texts of one campaign, and a small town of customers."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.brief import Brief
from assistant.domain.export import Order
from assistant.domain.item import Act
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.review.rules import Wish
from assistant.settings import Settings

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
"""Ten in the morning where the bank is."""
MAKER = Person(login="mei", name="Mei", roles=("marketer",))
CHECKER = Person(login="chen", name="Chen", roles=("checker",))
CUSTOMER = {
    "customer_id": "C1",
    "name": "李敏",
    "sex": "F",
    "birth_date": "1986-03-01",
    "city": "宁波",
    "segment": "salary",
    "risk_rating": "C3",
    "risk_assessed_at": "2026-05-06",
    "risk_assessed_by": "counter",
    "lifecycle": "active",
    "demand_balance": "5294.34",
    "total_assets": "18427.25",
    "tags": "local|wecom_friend",
    "preferred_channel": "sms",
    "marketing_consent": "true",
    "rm_id": "rm-lin",
    "registered_at": "2019-01-04T16:30:00",
    "opened_at": "2019-01-05T10:30:00",
    "payday": "20",
    "id_expires_on": "2035-12-02",
    "satisfaction": "7",
    "risk_light": "green",
    "trusted_contact": "",
    "locale": "zh-Hans",
    "market": "cn",
}


def desk_at(home: Path, bank: Pack, engine: CheckEngine, **more: Any) -> Desk:
    """A desk over a folder."""
    desk = Desk(replace(Settings(home=home), **more))
    desk.__dict__.update(pack=bank, engine=engine)
    return desk


async def _drain(cells: Any) -> None:
    async for _ in cells:
        pass


def write(desk: Desk, campaign: str, ages: tuple[str, ...] = ("35-44", "55-64"), **more: Any) -> None:
    """Have a campaign written."""
    given: dict[str, Any] = {"segments": ("salary",), "channels": ("sms", "email"), "locales": ("zh-Hans", "en")}
    brief = Brief(campaign=campaign, ages=ages, send_on=NOW.date(), **{**given, **more})
    asyncio.run(_drain(desk.matrix.write(brief)))


def release(desk: Desk, ids: Iterable[str]) -> None:
    """Take texts from draft to release."""
    wanted = list(ids)
    for act, by in (("submit", MAKER), ("approve", CHECKER), ("release", MAKER)):
        kind: Act = act  # type: ignore[assignment]
        for told in desk.workflow.do(wanted, Wish(kind, by, comment="read"), NOW):
            assert told.refused is None, told.refused


@pytest.fixture(scope="session")
def released_home(bank: Pack, engine: CheckEngine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk whose texts of B1-TERM2Y are released."""
    desk = desk_at(tmp_path_factory.mktemp("released") / "home", bank, engine)
    write(desk, "B1-TERM2Y")
    release(desk, sorted(row["id"] for row in desk.recalls.drafts()))
    desk.database.close()
    return desk.settings.home


@pytest.fixture
def released(released_home: Path, bank: Pack, engine: CheckEngine, tmp_path: Path) -> Desk:
    """A desk of its own with these texts."""
    shutil.copytree(released_home, tmp_path / "home")
    return desk_at(tmp_path / "home", bank, engine)


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Path]:
    """Writes a list of customers: each a change of one ordinary customer."""

    def listed(*changes: dict[str, Any], name: str = "town.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(CUSTOMER))
            writer.writeheader()
            for number, change in enumerate(changes, 1):
                writer.writerow({**CUSTOMER, "customer_id": f"C{number}", **change})
        return path

    return listed


def order(**more: Any) -> Order:
    """An order for the whole campaign, to be sent now."""
    return Order.model_validate({"campaign": "B1-TERM2Y", "send_at": NOW, **more})


def rows_of(path: str | Path) -> list[dict[str, str]]:
    """The rows of a CSV that was exported."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def refused_of(path: str | Path) -> list[dict[str, str]]:
    """The rows that were refused beside it."""
    return rows_of(Path(path).with_suffix(".refused.csv"))
