"""A desk with accounts, served for real: the form, the cookie, the pages of each role, tabs that are another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.api.allowed import ALLOWED, Row
from assistant.bootstrap.desk import Desk
from assistant.domain.person import ROLES
from assistant.settings import Settings
from tests.conftest import QUICK
from tests.e2e.conftest import served
from tests.unit.api.staff import PASSWORD, hire_all

WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
QUICKLY = {f"COPYDESK_{name.upper()}": str(value) for name, value in QUICK.items()}


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[str]:
    """The address of a desk at which one of each role works."""
    home: Path = tmp_path_factory.mktemp("staffed")
    desk = Desk(Settings(home=home, **QUICK))
    hire_all(desk)
    desk.database.close()
    with served(home, index, **QUICKLY) as base:
        yield base


def signed_in(base: str, login: str) -> httpx.Client:
    client = httpx.Client(base_url=base, headers={"origin": base}, timeout=60)
    answer = client.post("/login", data={"name": login, "password": PASSWORD, "to": "/check"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/check")
    return client


def status(client: httpx.Client, row: Row, tab: str) -> int:
    """The status of an answer; streams are left as soon as they begin."""
    given = {"locale": "en", "path": "theme.css", "name": "predict", "session_hash": tab, "ending": "csv"}
    given |= {"run": "0123456789abcdef", "own": "0123456789abcdef"}
    path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda match: given.get(match[1], "x"), row.path)
    body = {"session_hash": tab, "data": []} if row.method == "POST" else None
    params = {"session_hash": tab} if path.endswith("queue/data") else None
    with client.stream(row.method, path, json=body, params=params) as answer:
        return answer.status_code


def test_the_form_lets_in_and_its_cookie_is_no_script_s(staffed: str) -> None:
    client = httpx.Client(base_url=staffed, headers={"origin": staffed, "accept": "text/html"}, timeout=60)
    away = client.get("/studio?item=7")
    assert (away.status_code, away.headers["location"]) == (303, "/login?to=%2Fstudio%3Fitem%3D7")
    form = client.get(away.headers["location"])
    assert 'name="to" value="/studio?item=7"' in form.text and form.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in form.headers["content-security-policy"]
    wrong = client.post("/login", data={"name": "marketer<b>", "password": "wrong"})
    assert wrong.status_code == 401 and 'role="alert"' in wrong.text and "marketer&lt;b&gt;" in wrong.text
    right = client.post("/login", data={"name": "marketer", "password": PASSWORD, "to": "/studio?item=7"})
    assert (right.status_code, right.headers["location"]) == (303, "/studio?item=7")
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    page = client.get("/studio")
    assert page.status_code == 200 and "Sign out" in page.text and page.headers["x-frame-options"] == "DENY"
    assert "'nonce-" in page.headers["content-security-policy"] and page.headers["cache-control"] == "no-store"
    assert "server" not in page.headers


def test_a_form_from_elsewhere_signs_nobody_in_or_out(staffed: str) -> None:
    client = signed_in(staffed, "marketer")
    client.headers["origin"] = "https://elsewhere.example"
    assert client.post("/login", data={"name": "rm", "password": PASSWORD}).status_code == 403
    assert client.post("/logout").status_code == 403
    client.headers["origin"] = staffed
    assert client.get("/api/v1/me").json()["login"] == "marketer"


def test_a_long_form_is_not_read(staffed: str) -> None:
    answer = httpx.post(f"{staffed}/login", content=b"name=" + b"x" * 20_000, timeout=60)
    assert answer.status_code == 400 and "8192" in answer.json()["detail"]


def test_signing_out_ends_the_session_wherever_its_cookie_is(staffed: str) -> None:
    client = signed_in(staffed, "marketer")
    kept = dict(client.cookies)
    assert client.post("/logout").headers["location"] == "/login"
    assert httpx.get(f"{staffed}/api/v1/me", cookies=kept).status_code == 401


def test_every_role_at_every_address_as_the_table_says(staffed: str) -> None:
    """API, pages, and every call that a page's script makes."""
    rows = [row for row in ALLOWED.rows if row.roles and row.path != "/"]
    nobody = httpx.Client(base_url=staffed, headers={"origin": staffed}, timeout=60)
    assert {status(nobody, row, "tab-nobody") for row in rows} == {401}
    for role in ROLES:
        client = signed_in(staffed, role)
        for row in rows:
            found = status(client, row, f"tab-{role}")
            assert (found == 403) == (role not in row.roles), (role, row.method, row.path, found)
            assert found != 401, (role, row)


def test_a_page_of_a_neighbouring_host_reads_nothing(staffed: str) -> None:
    """Gradio would let a page of any host read its answers, and a neighbour's requests carry the cookie."""
    client = signed_in(staffed, "marketer")
    client.headers["origin"] = "https://neighbour.desk.example"
    client.headers["host"] = "desk.example"
    for path in ("/studio/en/config", "/studio/en/theme.css", "/api/v1/me"):
        answer = client.get(path)
        assert answer.status_code == 200 and not [one for one in answer.headers if one.startswith("access-control")]
    assert client.options("/studio/en/gradio_api/queue/join").status_code == 405


def test_a_tab_is_its_owner_s(staffed: str) -> None:
    """Gradio alone would give whoever names a tab its results."""
    mine, other = signed_in(staffed, "marketer"), signed_in(staffed, "checker")
    below, tab = "/check/en/gradio_api", {"session_hash": "tab-of-the-marketer"}
    join = {**tab, "data": ["", "", "", "", ""], "fn_index": 0}
    with mine.stream("GET", f"{below}/heartbeat/{tab['session_hash']}") as answer:
        assert answer.status_code == 200
    for attempt in range(25):
        assert other.post(f"{below}/queue/join", json=join).status_code == 403, attempt
        assert other.get(f"{below}/queue/data", params=tab).status_code == 403
    assert other.get(f"{below}/heartbeat/{tab['session_hash']}").status_code == 403
    assert other.post(f"{below}/run/predict", json=join).status_code == 403
    assert other.post(f"{below}/cancel", json={**tab, "fn_index": 0, "event_id": "e"}).status_code == 403
    both = [("session_hash", "own"), ("session_hash", tab["session_hash"])]
    assert other.get(f"{below}/queue/data", params=both).status_code == 403
    assert other.post(f"{below}/run/predict", content="no json").status_code == 400
    assert mine.post(f"{below}/run/predict", json=join).status_code != 403
    again = signed_in(staffed, "marketer")
    assert again.post(f"{below}/run/predict", json=join).status_code != 403


def test_a_password_is_changed_on_its_page_and_ends_the_other_sessions(staffed: str) -> None:
    here, there = signed_in(staffed, "evaluator"), signed_in(staffed, "evaluator")
    new = "a kettle left on the stairs"
    assert here.post("/password", data={"old": "wrong", "new": new}).status_code == 403
    assert here.post("/password", data={"old": PASSWORD, "new": "short"}).status_code == 400
    done = here.post("/password", data={"old": PASSWORD, "new": new})
    assert done.status_code == 200 and "is changed" in done.text
    assert here.get("/api/v1/me").status_code == 200 and there.get("/api/v1/me").status_code == 401
    assert here.post("/password", data={"old": new, "new": PASSWORD}).status_code == 200


def test_a_page_of_another_role_says_so_and_names_the_pages_that_are_theirs(staffed: str) -> None:
    client = signed_in(staffed, "checker")
    client.headers["accept"] = "text/html"
    page = client.get("/studio")
    assert page.status_code == 403 and 'href="/check"' in page.text and 'href="/studio"' not in page.text
    assert client.get("/").headers["location"] == "/review"


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_phone_signs_in_in_its_language_with_and_without_scripts(
    staffed: str, chromium: Browser, script: bool
) -> None:
    context = chromium.new_context(
        locale="zh-HK", viewport={"width": 390, "height": 844}, color_scheme="dark", java_script_enabled=script
    )
    page, trouble = context.new_page(), list[str]()
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.goto(f"{staffed}/studio")
    expect(page.locator("h1")).to_have_text("登入")
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    if script:
        assert page.evaluate(WIDE) <= 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 20, 24)"
        assert page.evaluate("document.activeElement.id") == "name"
    page.get_by_label("使用者名稱").fill("marketer")
    page.get_by_label("密碼").fill(PASSWORD)
    page.get_by_role("button", name="登入").click()
    page.wait_for_url(f"{staffed}/studio")
    if script:
        page.locator(".cd-heading").wait_for()
        expect(page.locator('[data-region="count"]')).to_contain_text("=")
        assert page.evaluate(WIDE) <= 0
        page.get_by_role("button", name="登出").click()
        expect(page.locator("h1")).to_have_text("登入")
    context.close()
    assert trouble == []
