"""Whoever reads a Chinese page is refused in Chinese: every rule that says no has words in the three languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.api.application import guarded, routes
from assistant.bootstrap.desk import Desk
from assistant.domain.values import LOCALES, Locale
from assistant.errors import CopydeskError, InputError, ModelError, Refused, StoreError, UnknownId
from tests.conftest import ROOT, here
from ui.parts.notice import Worded, refusal
from ui.refusals import shown
from ui.words import words_of

FOLDERS = ("assistant/review", "assistant/api", "assistant/store", "assistant/playbook", "assistant/writing", "ui")


def _codes(tree: ast.AST) -> Iterator[str]:
    """The codes that a module refuses with; one that is worked out is a rule about who may be offered what."""
    for node in ast.walk(tree):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        if named and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def _raised() -> set[str]:
    files = [ROOT / "assistant/errors.py", *(path for one in FOLDERS for path in (ROOT / one).rglob("*.py"))]
    found = {code for path in files for code in _codes(ast.parse(Path(path).read_text(encoding="utf-8")))}
    return found | {"sign_in", "forbidden", "stale"}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_that_pages_can_meet_has_words(locale: Locale) -> None:
    raised, words = _raised(), words_of(locale)
    assert len(raised) > 20 and {"held", "frozen", "busy"} <= raised
    assert not [code for code in sorted(raised) if f"refused.{code}" not in words.table]


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "error",
    [
        Refused("frozen", "A recall has frozen texts.", "Mend them.", "text-1, text-2"), Refused("audience", "Nobody."),
        UnknownId("campaign", "<NO>", ["B1"]), StoreError("The database is locked.", "Try again."),
        ModelError("No answer."),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_the_page_s_language(locale: Locale, error: CopydeskError) -> None:
    told = str(refusal(error, words_of(locale)))
    first = told.split("</p>")[0]
    assert 'lang="en"' not in first and not set("ABCDEFGH") & set(first.split("<code>")[0].replace("NO", ""))
    assert "<NO>" not in told and any("一" <= one <= "鿿" for one in first)


def test_a_refusal_says_where_in_ids_that_read_alike_everywhere() -> None:
    error = Refused("blocked", "The text t-1 breaks CN-1.", "Mend the words first.", where="CN-1")
    assert all("<code>CN-1</code>" in refusal(error, words_of(locale)) for locale in LOCALES)


def test_what_has_no_words_is_told_in_english_and_says_so() -> None:
    for error in (Refused("new_rule", "It may not be.", "Ask."), InputError("The file is odd.", "Mend it.")):
        assert f'<p lang="en">{error.what} {error.mend}</p>' in refusal(error, words_of("zh-Hans"))


def test_what_a_page_words_itself_is_marked_with_its_own_language() -> None:
    told = refusal(Worded("请写下文案。"), words_of("zh-Hans"))
    assert '<p lang="zh-Hans">请写下文案。</p>' in told


def test_a_mistyped_address_is_a_page_for_a_reader_and_a_problem_for_a_program(desk: Desk) -> None:
    client = here(guarded(routes(desk), desk, shown=shown))
    reads = {"accept": "text/html", "accept-language": "zh-TW"}
    page = client.get("/stduio", headers=reads)
    assert page.status_code == 404 and "這個網址沒有內容" in page.text and '<html lang="zh-Hant">' in page.text
    assert client.delete("/studio", headers=reads).status_code == 405
    assert client.get("/stduio").json()["type"] == "urn:copydesk:absent"
    assert client.get("/api/v1/nowhere", headers=reads).json()["type"] == "urn:copydesk:absent"
