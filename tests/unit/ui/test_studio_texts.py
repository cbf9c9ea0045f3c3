"""The studio's texts without a browser: edited, checked while typed, worded anew, compared, submitted as a package."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from assistant.errors import Forbidden, InputError, Refused, Stale
from assistant.settings import Settings
from tests.conftest import QUICK
from tests.unit.ui.studio_desk import LIN, Hand, Page, by_hand, plain

SMALL = {"segments": ["salary"], "ages": ["35-44"], "channels": ["sms"], "locales": ["en"], "variants": 3}
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
CHEN = Person(login="chen", name="Chen", roles=("checker",))


@pytest.fixture(scope="module")
def warm(bank: Pack, engine: CheckEngine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What takes a desk seconds to make and hangs on nothing but the pack: the phrase book, the search."""
    made = Desk(Settings(home=tmp_path_factory.mktemp("warm"), **QUICK))  # type: ignore[arg-type]
    made.__dict__.update(pack=bank, engine=engine)
    return {"phrases": made.phrases, "search": made.search}


@pytest.fixture
def page(desk: Desk, warm: dict[str, Any]) -> Page:
    desk.__dict__.update(warm)
    return Page(desk)


@pytest.fixture
def run(page: Page) -> str:
    """Three texts that the phrase book wrote."""
    return page.write(**SMALL)


def words_of(page: Page, own: str) -> str:
    return str(page.desk.shelf.rows([own])[own]["text"])


def save(page: Page, run: str, own: str, text: str, version: int = 0) -> str:
    return str(page.ask("save", own=own, text=text, version=version, view={"run": run})["regions"][f"text-{own}"])


def test_words_that_are_typed_are_checked_and_nothing_is_kept(page: Page, run: str) -> None:
    own = page.texts(run)[0]
    before = words_of(page, own)
    region = f"check-{own}"
    same = page.region(region, "preview", own=own, text=before)
    assert "Passes" in same and "Nothing is changed yet" in same and "proven" in same
    worse = page.region(region, "preview", own=own, text=before + " Guaranteed profit of 9.9%.")
    assert "Blocked" in worse and "FIG-" in worse and "9.9%" in worse and "Nothing is changed" not in worse
    evil = page.region(region, "preview", own=own, text=before + EVIL)
    assert "<script" not in evil and "<img" not in evil
    assert words_of(page, own) == before


def test_words_that_are_saved_keep_their_proof_and_their_place(page: Page, run: str) -> None:
    own = next(one for one in page.texts(run) if "2.2%" in words_of(page, one))
    drawn = save(page, run, own, words_of(page, own).replace("。", ".") + EVIL)
    assert "<script" not in drawn and "&lt;script&gt;" in drawn and "Edit" in drawn and "<textarea" not in drawn
    row = page.desk.shelf.rows([own])[own]
    assert "{product:TD-24M.rate}" in row["template"] and row["writer"] == "person:mei"
    assert own in page.texts(run) and len(page.texts(run)) == 3
    open_ = page.region(f"text-{own}", "text", own=own, view={"run": run, "open": [own]})
    assert 'data-version="1"' in open_ and "&lt;script&gt;" in open_ and "<script" not in open_


def test_a_text_that_somebody_else_changed_is_not_overwritten(page: Page, run: str) -> None:
    own = page.texts(run)[0]
    save(page, run, own, words_of(page, own) + "!")
    with pytest.raises(Stale, match="changed by mei"):
        save(page, run, own, "other words")
    with pytest.raises(Forbidden, match="mei's"):
        save(Page(page.desk, LIN), run, own, "other words", 1)
    assert "Edit" not in plain(Page(page.desk, LIN).region("sheet", "sheet", run=run)), (
        "what cannot be done is not offered"
    )


def test_a_megabyte_and_nothing_at_all_are_refused_in_words(page: Page, run: str) -> None:
    own = page.texts(run)[0]
    told = page.region(f"check-{own}", "preview", own=own, text="x" * 10_001, size=1_000_000)
    assert "1000000 characters; at most 10000" in told
    for text, why in (("x" * 10_001, "at most 10000"), ("  \n", "Write some words")):
        with pytest.raises(InputError, match=why):
            save(page, run, own, text)


def test_a_wish_puts_another_wording_beside_the_text(page: Page, run: str) -> None:
    own = max(page.texts(run), key=lambda one: len(words_of(page, one)))
    with pytest.raises(InputError, match="Say what you wish"):
        page.ask("wish", own=own, note=" ")
    fresh = page.ask("wish", own=own, note="shorter")["fresh"]
    assert len(words_of(page, fresh)) < len(words_of(page, own))
    shown = page.region("sheet", "sheet", run=run, fresh={fresh: ["shorter", own]})
    assert "New: “shorter”" in shown and "<del>" in shown and len(page.texts(run)) == 4
    with pytest.raises(Forbidden, match="mei's"):
        Page(page.desk, LIN).ask("wish", own=own, note="shorter")


def test_a_wish_that_cannot_be_met_says_why(page: Page, run: str) -> None:
    own = page.texts(run)[0]
    for _ in range(12):
        answer = page.ask("wish", own=own, note="shorter")
        if "fresh" not in answer:
            break
        own = answer["fresh"]
    assert "There is no other wording" in answer["regions"][f"wished-{own}"]
    with pytest.raises(InputError, match="model"):
        page.ask("wish", own=own, note="in the manner of a sea shanty")


def test_up_to_six_texts_stand_side_by_side_with_what_differs(page: Page, run: str) -> None:
    first, other, _ = page.texts(run)
    shown = page.region("compare", "compare", texts=[first, other])
    assert shown.count('class="cd-side"') == 2 and "<del>" in shown and "<ins>" in shown
    assert page.region("compare", "compare", texts=[]) == ""
    with pytest.raises(InputError, match="At most 6"):
        page.ask("compare", texts=[first] * 7)


def basket(run: str, *waves: tuple[str, list[str]], **more: str) -> dict[str, object]:
    named = [{"name": name, "texts": texts} for name, texts in waves]
    return {"run": run, "basket": {"waves": named, "name": "Autumn", **more}}


def test_a_package_of_two_waves_is_submitted_with_what_measures_it(page: Page, run: str) -> None:
    texts = page.ask("passing", run=run)["texts"]
    assert "Submit 3 texts" in plain(page.region("package", "basket", **basket(run, ("", texts[:1]), ("", texts[1:]))))
    done = page.ask("submit", **basket(run, ("", texts[:1]), ("offer", texts[1:]), criterion="clicks"))
    assert done["submitted"] and "3 texts are submitted" in done["told"]
    [package] = page.desk.shelf.packages()
    assert (package["name"], package["criterion"], package["maker"]) == ("Autumn", "clicks", "mei")
    items = page.desk.shelf.listed(package=package["id"])
    assert {one.state for one in items} == {"submitted"} and {one.wave for one in items} == {"Wave 1", "offer"}
    sheet = plain(page.region("sheet", "sheet", run=run))
    assert "Waits for approval" in sheet and "Wave: offer" in sheet and "Submit this text" not in sheet
    assert page.ask("passing", run=run)["texts"] == []


def test_a_package_without_texts_or_name_or_with_a_name_twice_is_refused(page: Page, run: str) -> None:
    one, two, _ = page.texts(run)
    for given, why in (
        (basket(run, ("", [])), "Tick at least one"),
        (basket(run, ("", [one]), name=" "), "Give the package a name"),
        (basket(run, ("a", [one]), ("a", [two])), "Two waves"),
    ):
        with pytest.raises(InputError, match=why):
            page.ask("submit", **given)
    assert page.desk.shelf.packages() == []


def test_a_blocked_text_holds_its_package_and_is_named(page: Page, run: str) -> None:
    own, other, _ = page.texts(run)
    save(page, run, own, "Guaranteed profit of 9.9%.")
    form = page.region("package", "basket", **basket(run, ("", [own, other])))
    assert "1 ticked text is blocked" in form and f'data-text="{own}"' in form
    assert form.count(" disabled") == 1, "it cannot be submitted"
    told = page.ask("submit", **basket(run, ("", [own, other])))
    assert "submitted" not in told and "These stand against it" in told["told"] and own in told["told"]
    assert page.desk.shelf.packages() == [], "neither made nor submitted"
    assert "changes" not in plain(page.region("sheet", "sheet", run=run))
    assert own not in page.ask("passing", run=run)["texts"]


def test_who_is_no_marketer_submits_nothing(page: Page, run: str) -> None:
    with pytest.raises((Forbidden, Refused)):
        Page(page.desk, CHEN).ask("submit", **basket(run, ("", page.texts(run))))
    assert page.desk.shelf.packages() == []


def test_what_is_submitted_can_be_changed_and_is_a_draft_again(page: Page, run: str) -> None:
    own = page.texts(run)[0]
    page.ask("submit", **basket(run, ("", [own])))
    version = page.desk.shelf.standing([own])[own].version
    void = page.region(f"text-{own}", "text", own=own, view={"run": run, "open": [own]})
    assert "an approval ends" in void
    save(page, run, own, words_of(page, own) + "!", version)
    assert page.desk.shelf.chosen([own])[0].state == "draft"


def test_a_hostile_text_is_text_everywhere(desk: Desk) -> None:
    page = by_hand(desk, Hand())
    run = page.write(note=EVIL)
    own = page.texts(run)[0]
    save(page, run, own, EVIL)
    page.ask("submit", **basket(run, (EVIL[:40], page.texts(run)[1:]), name=EVIL))
    shown = [
        page.region("sheet", "sheet", run=run, open=[own], fresh={own: [EVIL, page.texts(run)[1]]}),
        page.region("compare", "compare", texts=page.texts(run)[:2]),
        page.region("package", "basket", **basket(run, (EVIL[:40], [own]), name=EVIL)),
        page.region("form", "open", run=run),
        page.region("kept", "open", run=run),
    ]
    assert all("<script" not in one and "<img" not in one for one in shown)
    assert "&lt;script&gt;" in shown[0] and "&lt;script&gt;" in shown[3]
