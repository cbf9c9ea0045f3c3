"""The studio without a browser: what a form comes to, writing, stopping, going on, filtering, turning pages."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.errors import Forbidden, InputError, StoreError, UnknownId
from assistant.settings import Settings
from assistant.writing.audience import scenarios, suited
from tests.conftest import BANK, QUICK
from tests.unit.ui.studio_desk import ASKED, LIN, NOW, Hand, Page, by_hand, plain
from ui.studio.asked import Asked, as_asked
from ui.studio.view import PAGE
from ui.words import words_of


def brief(desk: Desk, **more: Any) -> Any:
    asked = Asked.model_validate({**ASKED, **more})
    return desk.briefs.asked_for(asked.values(desk.pack, words_of("en")), NOW)


def test_a_form_counts_what_can_be_written_and_what_cannot(desk: Desk) -> None:
    told = Page(desk).region("count", "count", **{**ASKED, "variants": 3})
    assert "= 12 messages" in told and "4 combinations are not possible" in told and 'role="status"' in told
    assert "no cost" in Page(desk).region("cost", "count", **ASKED)


def test_an_empty_group_means_nothing_not_everything(desk: Desk) -> None:
    assert "Choose at least one" in Page(desk).region("count", "count", **{**ASKED, "segments": []})
    with pytest.raises(InputError, match="Choose at least one"):
        Page(desk).ask("write", asked={**ASKED, "segments": []})


def test_the_same_boxes_in_another_order_are_the_same_brief(desk: Desk) -> None:
    other = {"segments": ["senior", "salary"], "ages": ["65+", "25-34"], "channels": ["push", "sms"], "variants": 1.0}
    assert brief(desk, **other) == brief(desk)


@pytest.mark.parametrize("variants", [0, 11, 2.5, None, ""])
def test_a_number_of_variants_that_cannot_be_is_refused(desk: Desk, variants: object) -> None:
    with pytest.raises(InputError, match="1 to 10"):
        brief(desk, variants=variants)
    assert "1 to 10" in Page(desk).region("count", "count", **{**ASKED, "variants": variants})


def test_a_wish_of_a_megabyte_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(InputError, match=r"1000000 characters; at most 500"):
        Page(desk).ask("write", asked={**ASKED, "note": "x" * 501, "size": 1_000_000})


def test_a_campaign_out_of_season_is_written_for_its_next_day(desk: Desk) -> None:
    today = NOW.date()
    seasonal = next(one for one in desk.pack.campaigns.values() if one.period.recurs and not desk.pack.runs(one, today))
    found = brief(desk, campaign=seasonal.id)
    assert desk.pack.runs(seasonal, found.send_on) and found.send_on > today
    named = {**ASKED, "campaign": seasonal.id, "send_on": str(today)}
    assert "does not run on" in Page(desk).region("count", "count", **named)


def test_every_scenario_fills_in_a_brief_that_can_be_written(desk: Desk, bank: Pack) -> None:
    page = Page(desk)
    assert set(scenarios(bank)) >= {one.scenario for one in bank.campaigns.values()}
    for own in scenarios(bank):
        filled = page.ask("scenario", own=own)["regions"]
        assert " checked" in filled["form"] and "= 0 messages" not in filled["count"], own
    with pytest.raises(UnknownId, match="scenario"):
        page.ask("scenario", own="Z9")


def test_whom_a_campaign_fits_is_what_can_be_written_for(bank: Pack) -> None:
    fits = suited(bank, "B1-LARGECD", NOW.date())
    assert set(fits.segments) == {"affluent", "private", "small_business", "senior"}
    assert fits.segments == tuple(own for own in bank.segments if own in fits.segments)


def test_a_kept_brief_is_opened_again_as_it_was_asked(desk: Desk) -> None:
    page = by_hand(desk, Hand())
    own = page.ask("keep", **{**ASKED, "note": "warmer"})["brief"]
    opened = page.ask("open", brief=own)
    assert opened["brief"] == own and opened["run"] == "" and "warmer</textarea>" in opened["regions"]["form"]
    kept = plain(opened["regions"]["kept"])
    assert "not written yet" in kept and "mei" in kept and "4 texts" in kept
    run = page.ask("write", asked={**ASKED, "note": "warmer"}, own=own)
    page.wait(run["run"])
    assert run["brief"] == own, "the same brief is written, not another like it"
    assert as_asked(desk.runs.brief(run["run"])).note == "warmer"
    assert page.ask("open", run=run["run"])["brief"] == own
    changed = page.ask("write", asked=ASKED, own=own)
    assert changed["brief"] != own and changed["run"] != run["run"]
    page.wait(changed["run"])


def test_an_address_that_names_nothing_says_so_and_shows_the_form(desk: Desk) -> None:
    for wanted in ({"run": "0123456789abcdef"}, {"brief": "nosuch"}):
        told = Page(desk).ask("open", **wanted)
        assert "There is no" in told["told"] and "campaign" in told["regions"]["form"] and "run" not in told


def test_writing_shows_progress_and_ends_with_the_export(desk: Desk) -> None:
    gate = threading.Event()
    page = by_hand(desk, Hand(lambda place: None if place == 0 else gate.wait(60) and None))
    first = page.ask("write", asked=ASKED)
    assert first["writing"] and "of 8" in first["regions"]["progress"] and "export" not in first["regions"]["progress"]
    gate.set()
    page.wait(first["run"])
    last = page.ask("progress", run=first["run"])
    assert "Written: 8 of 8" in last["regions"]["progress"] and not last["writing"]
    assert f"/api/v1/runs/{first['run']}/export.xlsx" in last["regions"]["progress"]
    assert "Retry" not in last["regions"]["progress"]


def test_pressing_write_twice_writes_once(desk: Desk) -> None:
    gate, hand = threading.Event(), Hand(lambda place: gate.wait(60) and None)
    page = by_hand(desk, hand)
    runs = {page.ask("write", asked=ASKED)["run"] for _ in range(2)}
    gate.set()
    page.wait(*runs)
    assert hand.written == 8 and desk.drafts.count()["runs"] == 1


def test_stop_keeps_what_is_finished_and_going_on_writes_the_rest(desk: Desk) -> None:
    hand = Hand()
    page = by_hand(desk, hand)
    run = desk.matrix.run_id(brief(desk))
    hand.before = lambda place: page.ask("stop", run=run) and None if place == 2 else None
    page.write()
    stopped = page.region("progress", "progress", run=run)
    assert "Stopped at 3 of 8" in stopped and "Go on" in stopped
    hand.before = lambda place: None
    page.wait(page.ask("again", run=run)["run"])
    assert "Written: 8 of 8" in page.region("progress", "progress", run=run) and hand.written == 8


def test_one_person_s_stop_is_not_another_s(desk: Desk) -> None:
    gate = threading.Event()
    page = by_hand(desk, Hand(lambda place: gate.wait(60) and None))
    run = page.ask("write", asked=ASKED)["run"]
    with pytest.raises(Forbidden, match="mei has this written"):
        Page(desk, LIN).ask("stop", run=run)
    gate.set()
    page.wait(run)
    assert "Written: 8 of 8" in page.region("progress", "progress", run=run)


def test_an_error_in_the_midst_is_told_and_what_is_finished_stays(desk: Desk) -> None:
    def fail(place: int) -> None:
        if place == 2:
            raise StoreError("The disk is full.", "Free <b>some</b> space.")

    page = by_hand(desk, Hand(fail))
    run = page.write()
    told = page.region("progress", "progress", run=run)
    assert "The disk is full. Free &lt;b&gt;some&lt;/b&gt; space." in told and "Stopped at 2 of 8" in told
    assert len(page.texts(run)) == 2


def test_what_failed_is_counted_and_tried_again(desk: Desk) -> None:
    hand = Hand(failing=2)
    page = by_hand(desk, hand)
    run = page.write()
    told, shown = (page.region(name, name, run=run) for name in ("progress", "sheet"))
    assert "2 failed" in told and "Retry failed" in told
    assert "2 combinations failed" in shown and "&lt;i&gt;no&lt;/i&gt; clauses" in shown
    hand.failing = 0
    page.wait(page.ask("again", run=run)["run"])
    assert "failed" not in plain(page.region("progress", "progress", run=run)) and hand.written == 10


def test_a_wrong_brief_is_told_and_nothing_is_begun(desk: Desk) -> None:
    with pytest.raises(UnknownId, match="There is no channel"):
        Page(desk).ask("write", asked={**ASKED, "channels": ["smoke"]})
    assert desk.drafts.count()["runs"] == 0 and desk.briefs.store.listed() == []


def test_the_filter_shows_only_what_is_asked_for(desk: Desk) -> None:
    page = by_hand(desk, Hand())
    run = page.write()
    assert "of push" not in page.region("sheet", "sheet", run=run, channel="sms")
    assert "No text matches" in page.region("sheet", "sheet", run=run, verdict="block")
    assert "Texts 1–8 of 8" in page.region("sheet", "sheet", run=run, locale="en", verdict="pass")
    assert len(page.texts(run, segment="senior")) == 4


def test_pages_of_two_hundred_turn_and_stay_within_what_there_is(desk: Desk) -> None:
    page = by_hand(desk, Hand(many=30))
    run = page.write()
    assert PAGE == 200
    assert "Texts 201–240 of 240" in page.region("sheet", "sheet", run=run, page=1)
    beyond = page.ask("sheet", run=run, page=9)
    assert beyond["page"] == 1 and len(beyond["texts"]) == 40
    first = page.ask("sheet", run=run)
    assert len(first["texts"]) == 200 and set(first["texts"]).isdisjoint(beyond["texts"])


def test_sizes_and_tags_are_drawn_from_the_customers_and_few_are_not_counted_out(desk: Desk) -> None:
    assert "no sizes are shown" in Page(desk).region("tags", "picture")
    desk.settings = Settings(home=desk.settings.home, data=str(BANK / "sample"), **QUICK)  # type: ignore[arg-type]
    shown = Page(desk).ask("picture")["regions"]
    assert "150" in shown["size-segments-salary"] and "width:100%" in shown["size-segments-salary"]
    assert "500 customers in all" in shown["tags"] and "&lt;5" in shown["tags"]
    tagged = Page(desk).ask("picture", own="local")["regions"]
    assert 'aria-pressed="true"' in tagged["tags"] and tagged["size-segments-salary"] != shown["size-segments-salary"]


def test_a_list_is_drawn_with_what_was_left_out_and_nothing_of_it_is_markup(desk: Desk) -> None:
    evil = "<script>alert(1)</script>"
    listed = {
        "customers": 12,
        "segments": [
            {"segment": "salary", "size": 7},
            {"segment": evil, "size": "<5"},
            {"segment": None, "size": "<5"},
        ],
        "ages": [{"age": "35-44", "size": 12}],
        "left_out": 3,
        "problems": [{"row": 4, "column": evil, "what": evil}],
    }
    shown = Page(desk).region("list", "listed", **listed)
    assert "12 customers on the list" in shown and 'data-segments="salary"' in shown and 'data-ages="35-44"' in shown
    assert "3 rows were left out" in shown and "Row 4" in shown and "more of the same" in shown
    assert "<script" not in shown and "&lt;script&gt;" in shown
