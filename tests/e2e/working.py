"""A desk with people and texts, and browsers that are signed in at it."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from assistant.review.rules import Wish
from assistant.settings import Settings
from tests.conftest import QUICK
from tests.e2e.conftest import BEEN_HERE, Reader
from tests.unit.api.staff import PASSWORD, hire, hire_all

QUICKLY = {f"COPYDESK_{name.upper()}": str(value) for name, value in QUICK.items()}
"""The settings of a served desk whose passwords are quick to check."""
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DAY = dt.date(2026, 11, 23)


def settled(home: Path, index: Path) -> Desk:
    """A desk at which one of each role works, and a second checker; it must be closed before it is served."""
    shutil.copytree(index, home / "index")
    desk = Desk(Settings(home=home, **QUICK))
    hire_all(desk)
    hire(desk, "chen", "checker")
    return desk


def texts_of(desk: Desk, **brief: Any) -> list[str]:
    """Have some texts written by the marketer: their ids by cell and place."""
    asked = {"campaign": "B1-TERM2Y", "segments": ("salary",), "ages": ("35-44",), "channels": ("sms", "push"),
             "locales": ("en",), "send_on": DAY, **brief}  # fmt: skip
    found: list[str] = []

    async def write() -> None:
        async for one in desk.matrix.write(Brief(**asked), maker="marketer"):
            found.extend(variant.id for variant in one.variants)

    asyncio.run(write())
    return found


def submit(desk: Desk, ids: list[str], package: str = "") -> str:
    """Have the marketer submit texts, one by one or as a package of one wave, whose id is given back."""
    person, now = desk.people.of_login("marketer"), dt.datetime.now(dt.UTC)
    assert person is not None
    if not package:
        assert all(one.item for one in desk.workflow.do(ids, Wish("submit", person), now))
        return ""
    own = desk.packages.bundle(package, {"first": ids}, "conversions", person, now)
    desk.packages.do_package(own, Wish("submit", person), now)
    return own


@contextmanager
def at_desk(chromium: Browser, base: str, login: str, **options: Any) -> Iterator[Reader]:
    """A browser of somebody who is signed in, and who has been here before unless it is their `first` visit. What went
    wrong on its pages fails the test."""
    options = {"locale": "en-GB", "width": 1280, "height": 900, "theme": "light", "first": False, **options}
    context = chromium.new_context(
        locale=options["locale"],
        viewport={"width": options["width"], "height": options["height"]},
        color_scheme=options["theme"],
        has_touch=options["width"] < 600,
    )
    if not options["first"]:
        context.add_init_script(BEEN_HERE)
    form = {"name": login, "password": PASSWORD, "to": "/check"}
    answer = context.request.post(f"{base}/login", form=form, headers={"origin": base}, max_redirects=0)
    assert answer.status == 303, answer.text()
    one = Reader(context.new_page(), base)
    one.watch()
    yield one
    context.close()
    assert one.trouble == [], one.trouble
