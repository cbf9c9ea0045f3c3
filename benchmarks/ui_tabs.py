"""Tabs without a browser: each asks the server what its page's script would ask, and rests between two acts.

A manager opens another call, and a checker the next text, far more often here than people do: what stands between two
acts is `PAUSE_S`, whatever the act is.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

from benchmarks.desk_data import CAMPAIGN, PASSWORD

PAUSE_S = (1.0, 3.0)
ACTS: Mapping[str, Mapping[str, int]] = {
    "/studio": {"check": 10, "count": 5, "sheet": 3, "picture": 1, "load": 1},
    "/review": {"next": 9, "decide": 8, "open": 2, "load": 1},
    "/calls": {"check": 12, "look": 5, "call": 2, "load": 1},
    "/insights": {"show": 9, "load": 1},
    "/knowledge": {"entry": 8, "listed": 4, "load": 1},
    "/check": {"check": 19, "load": 1},
}
"""What is done on each page, and how often."""
VIEWS = ("calendar", "work", "reach", "calls", "results")
SENTENCES = (
    "我们的定期存款年利率为1.5%，保本保息。",
    "Our deposit is guaranteed and pays the most.",
    "这款产品稳赚不赔。",
)
Took = dict[str, list[float]]
"""Seconds by page and act."""


@dataclass
class Seen:
    """What a tab has before it: ids that its acts are about."""

    texts: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    run: str = ""
    script: str = ""
    place: int = 0


class Tab:
    """One tab of one person."""

    def __init__(self, client: httpx2.AsyncClient, page: str, seen: Seen, draw: random.Random, took: Took) -> None:
        self._client, self._page, self.seen, self._draw, self._took = client, page, seen, draw, took
        self._hash, self._config = secrets.token_hex(5), dict[str, Any]()

    async def load(self) -> None:
        """Load the page, and ask what its script asks first."""
        answer = await self._timed("load", self._client.get(self._page))
        text = answer.text
        self._config, _ = json.JSONDecoder().raw_decode(text, text.index("{", text.index("window.gradio_config")))
        self._root = re.findall(r'<base href="([^"]+)"', text)[0]
        self._hash = secrets.token_hex(5)
        first: Mapping[str, tuple[str, Mapping[str, Any]]] = {
            "/studio": ("open", {"run": self.seen.run, "brief": ""}),
            "/review": ("open", {"state": "submitted", "after": "", "mine": []}),
            "/calls": ("look", {}),
            "/insights": ("show", {}),
            "/knowledge": ("open", {}),
        }
        if self._page not in first:
            return
        told = await self.ask(*first[self._page])
        if self._page == "/calls":
            self.seen.calls = re.findall(r'<li data-item="([0-9a-f]+)"', told["regions"]["queue"])
            await self._call()
        if self._page == "/studio" and self.seen.run:
            await self._sheet(0)

    @asynccontextmanager
    async def streaming(self) -> AsyncIterator[bool]:
        """Hold the page's event stream open, where it has one."""
        if not self._config.get("connect_heartbeat"):
            yield False
            return
        async with self._client.stream("GET", f"{self._root}gradio_api/heartbeat/{self._hash}", timeout=None):
            yield True

    async def act(self) -> None:
        """Do something that the page is for, drawn by how often people do it."""
        acts = ACTS[self._page]
        (name,) = self._draw.choices(list(acts), list(acts.values()))
        if name == "load":
            return await self.load()
        await getattr(self, f"_{self._page[1:]}_{name}")()

    async def ask(self, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Ask a function of the page's surface."""
        component = next(one["id"] for one in self._config["components"]
                         if one["props"].get("elem_id") == self._page[1:])  # fmt: skip
        body = {"data": given, "component_id": component, "fn_name": name, "session_hash": self._hash}
        asked = self._client.post(f"{self._root}gradio_api/component_server/", json=body)
        told: dict[str, Any] = (await self._timed(name, asked)).json()
        if told.get("refused") in ("input", "desk"):
            raise SystemExit(f"{self._page} {name}: {told['told'][:300]}")
        return told

    async def _timed(self, name: str, asked: Any) -> httpx2.Response:
        begun = time.perf_counter()
        answer: httpx2.Response = await asked
        self._took[f"{self._page} {name}"].append(time.perf_counter() - begun)
        if answer.status_code != 200:
            raise SystemExit(f"{self._page} {name}: {answer.status_code} {answer.text[:300]}")
        return answer

    async def _studio_check(self) -> None:
        if self.seen.texts:
            words = self._draw.choice(SENTENCES) + "。" * self._draw.randint(1, 9)
            await self.ask("preview", {"own": self._draw.choice(self.seen.texts), "text": words})

    async def _studio_count(self) -> None:
        chosen = {"segments": ["salary", "affluent"], "ages": ["35-44"], "channels": ["sms"], "locales": ["en"]}
        await self.ask("count", {"campaign": CAMPAIGN, **chosen, "variants": self._draw.randint(1, 5)})

    async def _studio_sheet(self) -> None:
        await self._sheet(self._draw.randint(0, 4))

    async def _studio_picture(self) -> None:
        await self.ask("picture", {"own": ""})

    async def _sheet(self, page: int) -> None:
        view = {"run": self.seen.run, "page": page, "open": [], "fresh": {}}
        self.seen.texts = (await self.ask("sheet", view))["texts"]

    async def _review_next(self) -> None:
        own = self._draw.choice(self.seen.texts)
        await self.ask("text", {"id": own})
        await self.ask("take", {"id": own})

    async def _review_decide(self) -> None:
        if len(self.seen.texts) > 1:
            texts = [{"id": self.seen.texts.pop(), "version": None}]
            await self.ask("decide", {"act": "approve", "texts": texts, "comment": "read", "mine": []})

    async def _review_open(self) -> None:
        await self.ask("open", {"state": self._draw.choice(("submitted", "approved")), "after": "", "mine": []})

    async def _calls_look(self) -> None:
        await self.ask("look", {"again": True})

    async def _calls_call(self) -> None:
        await self._call()

    async def _call(self) -> None:
        if self.seen.calls:
            own = self._draw.choice(self.seen.calls)
            await self.ask("pick", {"item": own})
            told = await self.ask("script", {"item": own})
            self.seen.script = own if "data-words" in told["regions"]["script"] else ""
            self.seen.place = int((re.findall(r'data-words="(\d+)"', told["regions"]["script"]) or ["0"])[0])

    async def _calls_check(self) -> None:
        if self.seen.script:
            place = self.seen.place
            words = {str(place): self._draw.choice(SENTENCES) + "。" * self._draw.randint(1, 9)}
            await self.ask("check", {"item": self.seen.script, "place": place, "words": words})

    async def _insights_show(self) -> None:
        campaign = self._draw.choice(("", CAMPAIGN))
        await self.ask("show", {"view": self._draw.choice(VIEWS), "campaign": campaign})

    async def _knowledge_entry(self) -> None:
        await self.ask("entry", {"section": "products", "item": "TD-24M"})

    async def _knowledge_listed(self) -> None:
        await self.ask("listed", {"section": "products", "words": "deposit"})

    async def _check_check(self) -> None:
        words = self._draw.choice(SENTENCES) + "。" * self._draw.randint(1, 9)
        body = {"data": [words, "", "", "", ""], "fn_index": self._config["dependencies"][0]["id"],
                "session_hash": self._hash}  # fmt: skip
        await self._timed("check", self._client.post(f"{self._root}gradio_api/run/predict", json=body))


@asynccontextmanager
async def signed_in(base: str, login: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A client with somebody's session."""
    headers = {"origin": base, "accept-language": "en"}
    # The server ends what was idle for five seconds; a request on its way at that moment would be lost.
    limits = httpx2.Limits(keepalive_expiry=2)
    async with httpx2.AsyncClient(base_url=base, headers=headers, timeout=120, limits=limits) as client:
        form = {"name": login, "password": PASSWORD, "to": "/check"}
        answer = await client.post("/login", data=form)
        if answer.status_code != 303:
            raise SystemExit(f"{login} is not let in: {answer.status_code}")
        yield client


async def worked(base: str, login: str, page: str, seen: Seen, until: asyncio.Event, took: Took, seed: int) -> None:
    """Work in one tab until it is over."""
    draw = random.Random(seed)
    async with signed_in(base, login) as client:
        tab = Tab(client, page, seen, draw, took)
        await asyncio.sleep(draw.uniform(0, PAUSE_S[1]))  # people do not come all at once
        await tab.load()
        async with tab.streaming():
            while not until.is_set():
                try:
                    await asyncio.wait_for(until.wait(), draw.uniform(*PAUSE_S))
                except TimeoutError:
                    await tab.act()


def fresh() -> Took:
    """A place for what is measured."""
    return defaultdict(list)
