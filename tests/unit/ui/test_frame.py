"""The document: our language, our header, nothing from elsewhere; the languages' addresses."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

from assistant.domain.values import LOCALES, Locale
from ui.app import _language
from ui.document import Documents
from ui.frame import Frame, versioned
from ui.languages import COOKIE

GRADIO = """<!doctype html><html lang="en"><head><base href="./" />
<meta property="og:image" content="https://elsewhere.example/x.jpg" /><link rel="manifest" href="/manifest.json" />
<script>window.gradio_config = {};</script></head><body><gradio-app></gradio-app></body></html>"""
HOUSE: dict[Locale, str] = {"zh-Hans": "云渚银行", "zh-Hant": "雲渚銀行", "en": "Islet <Bank>"}


@pytest.fixture
def client() -> TestClient:
    """A site of one page whose inner documents say which they are."""
    app = FastAPI()
    for locale in LOCALES:
        app.get(f"/studio/{locale}/")(lambda: HTMLResponse(GRADIO))
    app.get("/language/{locale}")(_language)
    app.get("/studio/en/call")(lambda: "untouched")
    app.add_middleware(Documents, frame=Frame(("/studio", "/check"), HOUSE))
    return TestClient(app, follow_redirects=False)


def test_the_page_comes_in_the_browser_s_language_with_nothing_from_elsewhere(client: TestClient) -> None:
    answer = client.get("/studio?item=1", headers={"accept-language": "zh-HK"})
    assert answer.headers["content-language"] == "zh-Hant"
    assert '<html lang="zh-Hant">' in answer.text and '<base href="/studio/zh-Hant/" />' in answer.text
    assert "elsewhere.example" not in answer.text and "manifest" not in answer.text
    assert "寫文案" in answer.text and "雲渚銀行" in answer.text


def test_every_script_carries_the_nonce_of_the_policy(client: TestClient) -> None:
    answer = client.get("/studio")
    policy = answer.headers["content-security-policy"]
    found = re.search(r"'nonce-([^']+)'", policy)
    assert found is not None and "frame-ancestors 'none'" in policy
    scripts = re.findall(r"<script[^>]*>", answer.text)
    assert scripts and all(f'nonce="{found[1]}"' in one for one in scripts)
    assert client.get("/studio").headers["content-security-policy"] != policy


def test_the_institution_s_name_is_escaped(client: TestClient) -> None:
    assert "Islet &lt;Bank&gt;" in client.get("/studio").text


def test_a_page_is_not_kept_and_other_addresses_pass_through(client: TestClient) -> None:
    assert client.get("/studio").headers["cache-control"] == "no-store"
    assert client.get("/studio/en/call").json() == "untouched"


def test_the_reader_s_choice_is_kept_and_only_our_pages_are_gone_back_to(client: TestClient) -> None:
    answer = client.get("/language/zh-Hant?to=/check")
    assert answer.status_code == 303 and answer.headers["location"] == "/check"
    assert f"{COOKIE}=zh-Hant" in answer.headers["set-cookie"]
    assert client.get("/language/en?to=https://elsewhere.example").status_code == 404
    assert client.get("/language/fr").status_code == 422


def test_an_asset_s_address_changes_with_it() -> None:
    assert re.fullmatch(r"tokens\.css\?v=[0-9a-f]{12}", versioned("tokens.css"))
