"""A desk that is served for real, and a real Chromium that looks at it: one server a module."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from filelock import FileLock
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
START_SECONDS = 240
"""On a busy machine a start takes a while."""
BEEN_HERE = "if (location.protocol.startsWith('http')) localStorage.setItem('copydesk-welcome', 'away')"
"""What a browser runs first whose user has put the guide of a first visit away; an empty page has no storage."""


@dataclass
class Reader:
    """A page with what went wrong on it: console errors, uncaught errors, requests to other hosts, dialogs."""

    page: Page
    base: str
    trouble: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note whatever a page must not do."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"uncaught: {error}"))
        self.page.on("request", self._request)
        self.page.on("dialog", lambda dialog: (self.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def open(self, path: str) -> Page:
        """Go to a page of the desk and wait until Gradio has drawn it."""
        self.page.goto(self.base + path)
        self.page.locator(".cd-heading").wait_for()
        return self.page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.trouble.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.trouble.append(f"foreign: {request.url}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A search index that all servers of a test run are given a copy of: it is built once, by whoever comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "indexed"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            environment = {**os.environ, "COPYDESK_HOME": str(shared)}
            command = [sys.executable, "-m", "assistant.cli", "index"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return shared / "index"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """The address of a served desk."""
    with served(tmp_path_factory.mktemp("served"), index) as base:
        yield base


@contextmanager
def served(home: Path, index: Path, moment: str | None = None, **settings: str) -> Iterator[str]:
    """Serve the desk of a folder, with a copy of the index where it has none yet; where a `moment` is given, its pages
    begin there."""
    if not (home / "index").exists():
        shutil.copytree(index, home / "index")
    port = _free_port()
    log = (home / "serve.log").open("w+")
    environment = {**os.environ, "COPYDESK_HOME": str(home), **settings}
    module = ["tests.e2e.at_moment", moment] if moment else ["assistant.cli"]
    command = [sys.executable, "-m", *module, "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        _await(base, process, log.name)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _await(base: str, process: subprocess.Popen[bytes], log: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"The server ended with {process.returncode}:\n{Path(log).read_text()}")
        try:
            if httpx.get(f"{base}/healthz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)  # between two polls; there is nothing else to wait on
    pytest.fail(f"The server was not ready in {START_SECONDS} s:\n{Path(log).read_text()}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is not installed: run scripts/system-packages chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def reader(request: pytest.FixtureRequest, server: str, chromium: Browser) -> Iterator[Reader]:
    """A reader; its parameter says who, such as {"locale": "zh-HK"}. What went wrong on the page fails the test."""
    options = {"locale": "en-GB", "width": 1280, "height": 900, **getattr(request, "param", {})}
    context = chromium.new_context(
        locale=str(options["locale"]),
        viewport={"width": int(options["width"]), "height": int(options["height"])},
        color_scheme="light",
    )
    context.add_init_script(BEEN_HERE)
    one = Reader(context.new_page(), server)
    one.watch()
    yield one
    context.close()
    assert one.trouble == []
