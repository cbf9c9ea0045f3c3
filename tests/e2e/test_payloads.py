"""Script in every text that is ever shown: none runs, none becomes an element, all of it stands there as it was written.

What a person, a customer's row or a pack can bring in holds all payloads of `payloads.yaml`; each page that shows it is
opened in a real Chromium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Reader, served
from tests.e2e.payload_desk import ALL, CAMPAIGN, PRODUCT, Filled, arms, chunks, fill, names, pieces
from tests.e2e.working import QUICKLY, at_desk
from tests.unit.api.staff import PASSWORD

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # a page that holds this much takes a while on a busy machine

SENTINEL = "window.__ran = []; window.r = (n) => window.__ran.push(n)"
RAN = "window.__ran"
LONGEST_NOTE = 500
DRAWN = "() => !document.querySelector('.cd-surface') || document.querySelector('[data-drawn]')"
SHOWN = """() => {
  const page = document.body.cloneNode(true);
  for (const one of page.querySelectorAll("script, style, template")) one.remove();
  const fields = [...document.querySelectorAll("input, textarea")].map((one) => one.value);
  const named = [...document.querySelectorAll("[title], [aria-label], [placeholder]")]
    .flatMap((one) => [one.title, one.ariaLabel, one.getAttribute("placeholder")]);
  return [page.textContent, ...fields, ...named].join("\\n");
}"""
"""Every word of a page: in its elements, its fields, its labels."""
MADE = r"""() => {
  const never = new Set(["iframe", "object", "embed", "portal", "frameset", "frame", "marquee", "plaintext", "math", "video",
                         "audio", "area", "applet", "foreignobject", "animate", "set", "xss", "mglyph", "xmp"]);
  const ours = /\br\(\d|evil\.example|javascript:|vbscript:/i;
  const told = [];
  for (const one of document.querySelectorAll("*")) {
    const say = (why) => told.push(`${why}: ${one.outerHTML.slice(0, 120)}`);
    const own = one.localName;
    if (never.has(own)) say("made");
    if (["script", "style"].includes(own) && !one.nonce && ours.test(one.textContent)) say("made");
    if (own === "img" && !/^(data|blob):|\/(static|assets)\//.test(one.src)) say("made");
    if (["base", "meta", "link"].includes(own) && document.body.contains(one)) say("made");
    if (one.id === "copydesk" || one.getAttribute("name") === "copydesk") say("clobbers");
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name)) say(`handler ${name}`);
      if (/^(href|src|srcdoc|action|formaction|data|xlink:href|style|content|http-equiv)$/i.test(name) && ours.test(value)) say(name);
    }
  }
  return told;
}"""
"""What on a page must have come from a payload."""


@dataclass(frozen=True)
class Served:
    """The desk's address, and what was put where."""

    base: str
    filled: Filled


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[Served]:
    """The desk of `payload_desk`, and briefs whose notes are hostile, which come over the API."""
    home = tmp_path_factory.mktemp("hostile")
    filled = fill(home, index)
    settings = {"COPYDESK_CONTENT": str(home / "content"), "COPYDESK_DATA": str(home / "tables"), **QUICKLY}
    with served(home, index, **settings) as base:
        with httpx.Client(base_url=base, headers={"origin": base}, timeout=60) as client:
            client.post("/login", data={"name": "marketer", "password": PASSWORD, "to": "/check"})
            for note in notes():
                brief = {"campaign": CAMPAIGN, "segments": ["salary"], "channels": ["sms"], "note": note}
                assert client.post("/api/v1/briefs", json=brief).status_code == 201
        yield Served(base, filled)


def notes() -> list[str]:
    """The payloads in as few notes of a brief as hold them."""
    found = [""]
    for one in pieces("brief"):
        if len(found[-1]) + len(one) >= LONGEST_NOTE:
            found.append("")
        found[-1] = f"{found[-1]} {one}".strip()
    return found


def of_campaign() -> list[str]:
    """The payloads in the name of the campaign whose texts are there."""
    return [one for one in pieces("campaign") if one.replace("\0", "") in names()[0]]


def plain(text: str) -> str:
    """Text as a page can show it: HTML has no NUL, and white space is folded."""
    return re.sub(r"\s+", " ", text.replace("\0", "")).replace("\ufffd", "")


def harmless(page: Page, *expected: Sequence[str]) -> None:
    """Nothing ran and nothing was made, in any frame; and all that is expected stands there as it was written."""
    told = plain(str(page.evaluate(SHOWN)))
    missing = [one for group in expected for one in group if plain(one) not in told]
    assert missing == [], (page.url, len(missing))
    assert page.evaluate(MADE) == [], page.url
    assert [frame.evaluate(RAN) for frame in page.frames] == [[]], page.url


def at(reader: Reader, path: str) -> Page:
    """A page of the desk with what its server told."""
    reader.page.add_init_script(SENTINEL)
    page = reader.open(path)
    page.wait_for_function(DRAWN)
    return page


def test_the_payloads_are_many_and_of_many_kinds() -> None:
    assert len(set(ALL)) == len(ALL) >= 84
    assert max(map(len, ALL)) <= 80, "a person's name holds no more"


def test_the_studio(desk: Served, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "marketer") as reader:
        page = at(reader, f"/studio?run={desk.filled.run}")
        expect(page.locator(".cd-variant").first).to_be_visible()
        expect(page.locator(".cd-tags")).to_be_visible()
        harmless(page, pieces("brief"), pieces("campaign"), pieces("tag"), pieces("words"), pieces("wave"))
        page.locator(f'[data-act="compare"][data-text="{desk.filled.edited}"]').click()
        page.locator(f'[data-act="edit"][data-text="{desk.filled.edited}"]').click()
        expect(page.locator("[data-region^=check-] .cd-badge")).to_be_visible()
        page.locator("[data-draft^='wish:']").fill(" ".join(ALL)[:500])
        page.locator("[data-key^='reword:']").click()
        expect(
            page.locator("[data-region^='wished-'], [data-region=notice]").filter(has_text=re.compile(r"\w"))
        ).to_have_count(1)
        lines = "".join(f"{n},{one.replace(',', ' ')},1990-01-01\n" for n, one in enumerate(ALL))
        page.locator("#list").set_input_files(
            {"name": "<img src=x onerror=r(1)>.csv", "mimeType": "text/csv",
             "buffer": f"customer_id,segment,birth_date\n{lines}".encode()})  # fmt: skip
        expect(page.locator('[data-region="list"]')).not_to_be_empty()
        harmless(page, pieces("tag"), pieces("words"))


def test_the_review(desk: Served, chromium: Browser) -> None:
    filled = desk.filled
    with at_desk(chromium, desk.base, "everybody") as reader:
        page = at(reader, "/review")
        expect(page.locator("li[data-package]")).to_be_visible()
        harmless(page, pieces("package"), of_campaign(), pieces("wave"))
        for address, fields in (
            (f"item={filled.edited}", ("words",)),
            (f"item={filled.asked}&state=changes_asked", ("comment", "package", "wave")),
            (f"package={filled.package}", ("package",)),
            ("item=<img src=x onerror=r(1)>", ()),
        ):
            page = at(reader, f"/review?{address}")
            expect(page.locator(".cd-reviewed, [data-shown-package], .cd-trouble").first).to_be_visible()
            harmless(page, *map(pieces, fields))


def test_the_calls(desk: Served, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "everybody") as reader:
        page = at(reader, f"/calls?view=team&item={desk.filled.action}")
        expect(page.locator(".cd-script")).to_be_visible()
        harmless(page, pieces("customer"), pieces("tag"), pieces("outcome"), pieces("manager"))
        page.locator("[data-change]").first.click()
        page.locator("[data-words]:visible").fill(" ".join(ALL))
        expect(page.locator("[data-region^=said-] .cd-badge")).to_be_visible()
        page.locator("[name=outcome][value=interested]").check()
        page.locator("[name=note]").fill(" ".join(ALL)[:2000])
        page.locator("[data-log]").click()
        expect(page.locator(".cd-after")).to_be_visible()
        harmless(page, pieces("customer"))


def test_the_knowledge(desk: Served, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "marketer") as reader:
        page = at(reader, "/knowledge?change=hostile")
        expect(page.locator(".kn-change")).to_be_visible()
        harmless(page, pieces("note"), pieces("decision"), pieces("what"), pieces("mend"))
        page.get_by_role("button", name="Correct it").click()
        expect(page.locator("[data-form]")).to_be_visible()
        harmless(page, pieces("line"), pieces("what"))
        page = at(reader, "/knowledge?view=changes")
        for shown in (120, len(ALL) + 1):
            page.locator(".kn-more").click()
            expect(page.locator("[data-row]")).to_have_count(shown)
        # Who proposed each has a name that is a payload.
        harmless(page, ALL)
        page = at(reader, f"/knowledge?section=campaigns&item={CAMPAIGN}")
        expect(page.locator(".kn-entry")).to_be_visible()
        harmless(page, pieces("campaign"))
        page = at(reader, f"/knowledge?section=products&item={PRODUCT}")
        page.locator("[data-search]").fill("<img src=x onerror=r(1)>")
        expect(page.locator(".kn-aside .cd-empty")).to_be_visible()
        harmless(page, of_campaign())
        harmless(at(reader, "/knowledge?section=products&item=<img src=x onerror=r(1)>"))


@pytest.mark.parametrize(("view", "fields"), [("calendar", ["campaign"]), ("calls", []), ("work", []), ("reach", [])])
def test_the_insights(view: str, fields: list[str], desk: Served, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "admin") as reader:
        page = at(reader, f"/insights?view={view}")
        expect(page.locator(f"#tab-{view}")).to_have_attribute("aria-selected", "true")
        harmless(page, *map(pieces, fields))


def test_the_results(desk: Served, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "admin") as reader:
        page = at(reader, "/insights?view=results")
        expect(page.locator("#insights-view code").first).to_be_visible()
        harmless(page, arms())


def test_the_scores(desk: Served, chromium: Browser) -> None:
    first, ranked = desk.filled.compared
    with at_desk(chromium, desk.base, "evaluator") as reader:
        page = at(reader, f"/score?session={first}")
        expect(page.locator("form[data-pair]")).to_be_visible()
        fields = map(pieces, ("question", "level", "readers", "one", "other", "reason"))
        harmless(page, *fields, chunks("session", 119)[:40])
        page.locator("[data-key=begins] summary").click()
        page.locator("[data-begin] [name=title]").fill(ALL[3])
        hostile = "\n".join(f'{{"item": {n}, {one}' for n, one in enumerate(ALL))
        given = {"name": "<img src=x onerror=r(1)>.jsonl", "mimeType": "text/plain", "buffer": hostile.encode()}
        page.locator("[data-begin] [name=file]").set_input_files(given)
        page.locator("[data-begin] button").click()
        expect(page.locator("[data-beginning]")).to_contain_text("JSON")
        reader.trouble[:] = [one for one in reader.trouble if "status of 400" not in one]
        harmless(page)
        page = at(reader, f"/score?session={ranked}")
        expect(page.get_by_role("table", name="Ranking")).to_be_visible()
        harmless(page, pieces("source"))
        harmless(at(reader, "/score?session=<img src=x onerror=r(1)>"))


def test_a_text_that_is_checked(desk: Served, chromium: Browser) -> None:
    with at_desk(chromium, desk.base, "marketer") as reader:
        page = at(reader, "/check")
        for part in (ALL[::2], ALL[1::2]):
            page.locator("#text textarea").fill("\n".join(part))
            expect(page.locator("#result .cd-text")).to_contain_text(plain(part[0]))
            harmless(page, part)
        page.locator("#check-campaign input").click()
        expect(page.locator("#check-campaign [role=option]").nth(1)).to_be_visible()
        harmless(page, pieces("campaign"))


def test_the_header_and_the_forms_without_script(desk: Served, chromium: Browser) -> None:
    for n in range(0, len(ALL), 11):
        with at_desk(chromium, desk.base, f"p{n}") as reader:
            reader.page.add_init_script(SENTINEL)
            reader.page.goto(f"{desk.base}/password")
            harmless(reader.page, [ALL[n]])
            reader.page.goto(f"{desk.base}/studio")
            harmless(reader.page, [ALL[n]])
            reader.trouble[:] = [one for one in reader.trouble if "status of 403" not in one]
    with at_desk(chromium, desk.base, "marketer") as reader:
        reader.page.add_init_script(SENTINEL)
        reader.page.context.clear_cookies()
        for one in ALL[::11]:
            reader.page.goto(f"{desk.base}/login")
            reader.page.locator("#name").fill(one[:64])
            reader.page.locator("#password").fill("wrong")
            reader.page.locator("main button").click()
            reader.page.locator(".cd-told").wait_for()
            harmless(reader.page, [one[:64]])
        reader.trouble[:] = [one for one in reader.trouble if "status of 401" not in one]


def test_the_sentinel_sees_a_script_that_runs(chromium: Browser) -> None:
    """Else a page on which all of them ran would pass, too."""
    page = chromium.new_page()
    page.add_init_script(SENTINEL)
    page.goto("about:blank")
    page.set_content("".join(ALL[10:24]))
    page.wait_for_function("window.__ran.length > 2")
    assert len(page.evaluate(MADE)) > 10
    page.close()
