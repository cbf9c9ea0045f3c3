"""The studio without a browser: what a form comes to, writing, stopping, filtering, turning pages."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Variant, Written
from assistant.domain.pack import Pack
from assistant.errors import InputError, StoreError
from assistant.writing.offers import size_of
from assistant.writing.room import WritingRoom
from ui.studio.acts import Acts
from ui.studio.asked import Asked
from ui.studio.counts import counts
from ui.studio.session import PAGE, Session
from ui.words import words_of

TODAY = dt.date(2026, 5, 20)
ASKED = Asked("B1-TERM2Y", ["salary", "senior"], ["25-34", "65+"], ["sms", "push"], ["en"], 3)


def written(cell: Cell, verdict: str = "pass", many: int = 1) -> Written:
    """A cell with so many variants."""
    words = {"template": "", "angle": "gain", "writer": "phrases", "findings": [], "claims": [], "verdict": verdict}
    variants = [
        Variant.model_validate({**words, "id": f"{cell.key}-{n}", "text": f"text of {cell.channel}"})
        for n in range(many)
    ]
    return Written(cell=cell, status="written", why="", variants=variants)


class FakeMatrix:
    """Writes a cell a time; `before` is called with how many are written."""

    def __init__(self, pack: Pack, before: Callable[[int], None]) -> None:
        self.pack = pack
        self.before = before

    def run_id(self, brief: Brief) -> str:
        """Any run."""
        return "0123456789abcdef"

    async def write(
        self, brief: Brief, stop: Callable[[], bool] = lambda: False, maker: str | None = None
    ) -> AsyncIterator[Written]:
        """The cells, until it is told to stop."""
        for place, cell in enumerate(brief.cells(self.pack)):
            self.before(place)
            if stop():
                return
            yield written(cell)


def acts_of(bank: Pack, before: Callable[[int], None]) -> Acts:
    """The studio's handlers over a fake matrix."""
    desk: Any = SimpleNamespace(pack=bank, matrix=FakeMatrix(bank, before))
    return Acts(desk, words_of("en"), WritingRoom())


def play(acts: Acts, session: Session, asked: Asked) -> list[tuple[str, str]]:
    """Everything that writing showed."""

    async def all_shown() -> list[tuple[str, str]]:
        return [(str(progress), str(sheet)) async for progress, sheet in acts.write(session, asked)]

    return asyncio.run(all_shown())


def test_a_form_counts_what_can_be_written_and_what_cannot(bank: Pack) -> None:
    size = size_of(bank, ASKED.brief(bank, TODAY))
    assert (size.possible, size.forbidden) == (4, 4)
    html = str(counts(ASKED, bank, words_of("en"), TODAY))
    assert "= 12 messages" in html and "4 combinations are not possible" in html and 'role="status"' in html


def test_an_empty_group_means_nothing_not_everything(bank: Pack) -> None:
    empty = Asked("B1-TERM2Y", [], ["65+"], ["sms"], ["en"])
    assert "Choose at least one" in str(counts(empty, bank, words_of("en"), TODAY))
    with pytest.raises(InputError):
        empty.brief(bank, TODAY)


def test_the_same_boxes_in_another_order_are_the_same_brief(bank: Pack) -> None:
    other = Asked("B1-TERM2Y", ["senior", "salary"], ["65+", "25-34"], ["push", "sms"], ["en"], 3.0)
    assert other.brief(bank, TODAY) == ASKED.brief(bank, TODAY)


@pytest.mark.parametrize("variants", [0, 11, 2.5, None])
def test_a_number_of_variants_that_cannot_be_is_refused(bank: Pack, variants: float | None) -> None:
    with pytest.raises(InputError):
        Asked("B1-TERM2Y", ["salary"], ["25-34"], ["sms"], ["en"], variants).brief(bank, TODAY)


def test_a_campaign_out_of_season_is_written_for_its_next_day(bank: Pack) -> None:
    seasonal = next(one for one in bank.campaigns.values() if one.period.recurs and not bank.runs(one, TODAY))
    brief = Asked(seasonal.id, ["salary"], ["25-34"], ["sms"], ["en"]).brief(bank, TODAY)
    assert bank.runs(seasonal, brief.send_on) and brief.send_on > TODAY


def test_writing_shows_progress_and_ends_with_the_export(bank: Pack) -> None:
    session = Session()
    shown = play(acts_of(bank, lambda place: None), session, ASKED)
    assert "Writing: 0 of 8" in shown[0][0] and "export" not in shown[0][0]
    assert "Written: 8 of 8" in shown[-1][0]
    assert "/api/v1/runs/0123456789abcdef/export.xlsx" in shown[-1][0]
    assert session.run is not None and not session.run.writing


def test_stop_keeps_what_is_finished(bank: Pack) -> None:
    session = Session()
    acts = acts_of(bank, lambda place: session.stop() if place == 3 else None)
    shown = play(acts, session, ASKED)
    assert "Stopped at 3 of 8" in shown[-1][0]
    assert session.run is not None and len(session.run.done) == 3


def test_one_reader_s_stop_is_not_another_s(bank: Pack) -> None:
    one, other = Session(), Session()
    play(acts_of(bank, lambda place: other.stop()), one, ASKED)
    assert one.run is not None and len(one.run.done) == 8


def test_an_error_in_the_midst_is_told_and_what_is_finished_stays(bank: Pack) -> None:
    def fail(place: int) -> None:
        if place == 2:
            raise StoreError("The disk is full.", "Free some space.")

    session = Session()
    progress, _sheet = play(acts_of(bank, fail), session, ASKED)[-1]
    assert "The disk is full. Free some space." in progress and "Stopped at 2 of 8" in progress
    assert session.run is not None and len(session.run.done) == 2


def test_a_wrong_brief_is_told_and_nothing_is_begun(bank: Pack) -> None:
    session = Session()
    unknown = Asked("B1-TERM2Y", ["salary"], ["25-34"], ["smoke"], ["en"])
    [(progress, _sheet)] = play(acts_of(bank, lambda place: None), session, unknown)
    assert "There is no channel" in progress and session.run is None


def test_the_filter_shows_only_what_is_asked_for(bank: Pack) -> None:
    session = Session()
    acts = acts_of(bank, lambda place: None)
    play(acts, session, ASKED)
    assert "text of push" not in str(acts.filter(session, "sms", "", ""))
    assert "No text matches" in str(acts.filter(session, "", "", "block"))
    assert "Texts 1–8 of 8" in str(acts.filter(session, "", "en", "pass"))


def test_pages_turn_and_stay_within_what_there_is(bank: Pack) -> None:
    session = Session()
    cells = list(ASKED.brief(bank, TODAY).cells(bank))
    run = session.begin("0123456789abcdef", cells)
    run.done.update((cell.key, written(cell, many=10)) for cell in cells)
    acts = acts_of(bank, lambda place: None)
    assert "Texts 51–80 of 80" in str(acts.turn(session, 1))
    assert "Texts 51–80 of 80" in str(acts.turn(session, 1))
    assert f"Texts 1–{PAGE} of 80" in str(acts.turn(session, -1))
