"""A real Chromium at the pages: what a person waits for, measured in the page itself."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from assistant.domain.person import Role
from benchmarks.desk_data import PASSWORD
from benchmarks.ui_house import House
from benchmarks.ui_tabs import PAUSE_S, Took

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync".split()
SCRIPT = Path(__file__).with_name("ui_seen.js").read_text(encoding="utf-8")
WHOSE: Mapping[str, Role] = {
    "/studio": "marketer",
    "/review": "checker",
    "/calls": "rm",
    "/insights": "lead",
    "/knowledge": "checker",
    "/check": "marketer",
}
SHOWN = "document.querySelector('[data-shown]')?.dataset.shown"
CALLED = "document.querySelector('[data-call]')?.dataset.call"
SAID = f"!document.querySelector('[data-region=script] .cd-waiting') && {CALLED}"
DECIDED = (
    "[...document.querySelectorAll('[data-decided]')].map((one) => one.dataset.decided + one.dataset.version).join()"
)
LOGGED = "document.querySelector('[data-region=after] [role=status]')?.textContent"
CELLS = "[...document.querySelectorAll('.cd-variant')].map((one) => one.dataset.id).join()"
LISTED = "document.querySelector('.cd-shown')?.textContent"


class Eyes:
    """Somebody who looks at a desk. `took`: seconds by measure."""

    def __init__(self, browser: Browser, base: str, house: House, took: Took, rounds: int) -> None:
        self._browser, self._base, self._house, self._took, self._rounds = browser, base, house, took, rounds
        self._draw = random.Random(rounds)

    def everything(self) -> None:
        """All measures, page after page."""
        for page in WHOSE:
            self.content(page)
        self.review()
        self.calls()
        self.studio()

    def content(self, page: str) -> None:
        """Each page for a browser that has seen nothing of the desk yet, and once more for one that has."""
        for _ in range(self._rounds):
            with self._at(WHOSE[page]) as context:
                for kind in ("cold", "warm", "warm"):
                    tab = self._opened(context, page)
                    self._took[f"{kind} {page}"].append(tab.evaluate("bench.content") / 1e3)
                    tab.close()

    def review(self) -> None:
        """The next text, and decisions."""
        with self._at("checker") as context:
            page = self._opened(context, "/review")
            page.wait_for_function(SHOWN)
            for _ in range(4 * self._rounds):
                self._rest()
                self._press(page, "j", {"review: key to next item": SHOWN})
            for _ in range(4 * self._rounds):
                self._rest()
                if page.locator("[data-act=approve]").count():
                    self._press(page, "a", {"review: decision, next item": SHOWN, "review: decision saved": DECIDED})

    def calls(self) -> None:
        """The next call, its outcome, the manager's own words."""
        with self._at("rm") as context:
            page = self._opened(context, "/calls")
            page.wait_for_function(SAID)
            count = page.locator(".cd-queue > li").count()
            for place in range(2 * self._rounds):
                self._rest()
                down = place % (2 * count - 2) < count - 1
                self._press(
                    page, "j" if down else "k", {"calls: key to next item": CALLED, "calls: … its script": SAID}
                )
            for _ in range(self._rounds):
                self._rest()
                page.keyboard.press("1")
                page.locator("[name=note]").fill("spoke for a while")
                self._press(page, "Control+Enter", {"calls: outcome saved": LOGGED, "calls: … the next call": SAID})
            self._rest()
            if page.locator("[data-change]").count():
                page.locator("[data-change]").first.click()
                self._typed(page, "[data-words]:visible", "[data-region^=said-]", "calls")

    def studio(self) -> None:
        """A thousand rows, words that are typed, the first text of a brief."""
        with self._at("marketer") as context:
            page = self._opened(context, f"/studio?run={self._house.run}")
            page.wait_for_function(CELLS)
            for _ in range(max(1, self._rounds // 2)):
                turned = 0.0
                for key in ("next", "next", "next", "next", "previous"):
                    turned += self._press(page, f"[data-key={key}]", {"studio: 200 rows": LISTED}, "click")
                self._took["studio: 1,000 rows, five pages"].append(turned)
                for _ in range(3):
                    self._press(page, "[data-key=previous]", {"studio: 200 rows": LISTED}, "click")
            page.locator("[data-act=edit]").first.click()
            self._typed(page, "[data-draft^='edit:']", "[data-region^=check-]", "studio")
            page.goto(f"{self._base}/studio")
            page.wait_for_selector("#note")
            for place in range(self._rounds):
                self._rest()
                page.locator("#note").fill(f"round {self._draw.random()} {place}")
                self._press(page, "#write", {"studio: first text after Write": CELLS}, "click")
                page.wait_for_selector(".cd-progress.cd-finished")

    def _at(self, role: Role) -> AbstractContextManager[BrowserContext]:
        return guest(self._browser, self._base, self._house.people[role][0])

    def _opened(self, context: BrowserContext, path: str) -> Page:
        self._rest()
        page = context.new_page()
        page.goto(self._base + path)
        return page

    def _rest(self) -> None:
        time.sleep(self._draw.uniform(*PAUSE_S))

    def _press(self, page: Page, what: str, until: dict[str, str], event: str = "keydown") -> float:
        """Press a key, or click; returns what the last of the measures took."""
        for name, read in until.items():
            page.evaluate("([name, event, read]) => bench.arm(name, event, read)", [name, event, read])
        if event == "click":
            page.locator(what).click()
        else:
            page.keyboard.press(what)
        return [self._told(page, name) for name in until][-1]

    def _typed(self, page: Page, field: str, where: str, name: str) -> None:
        page.locator(field).first.focus()
        page.keyboard.press("End")
        for _ in range(3 * self._rounds):
            self._rest()
            told = f"{name}: check while typing"
            page.evaluate("([name, where]) => bench.arm(name, 'input', '', where)", [told, where])
            page.keyboard.type("x")
            self._told(page, told)

    def _told(self, page: Page, name: str) -> float:
        try:
            page.wait_for_function("(name) => bench.took[name].then(() => true)", arg=name, timeout=30_000)
        except TooLate:
            raise SystemExit(f"{name}: nothing came in 30 s at {page.url}.") from None
        seconds = float(page.evaluate("(name) => bench.took[name]", name)) / 1e3
        self._took[name].append(seconds)
        return seconds


@contextmanager
def guest(browser: Browser, base: str, login: str) -> Iterator[BrowserContext]:
    """A browser with nothing kept but somebody's session."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_init_script(SCRIPT)
    form: dict[str, str | float | bool] = {"name": login, "password": PASSWORD, "to": "/check"}
    context.request.post(f"{base}/login", form=form, headers={"origin": base}, max_redirects=0)
    yield context
    context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
