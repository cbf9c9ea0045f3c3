"""The phrase writer over a sample of the pack; `make sweep` takes all of it."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Cell
from assistant.writing.likeness import jaccard, trigrams
from assistant.writing.phrases.search import best_first
from assistant.writing.phrases.writer import PhraseWriter, wish_of
from eval.sweep import Tally, sweep

ON = dt.date(2026, 12, 1)


def cell(**given: str) -> Cell:
    """A cell of the two-year deposit's campaign, SMS to new customers of 25 to 34 in zh-Hans."""
    usual = {"segment": "new", "age": "25-34", "channel": "sms", "locale": "zh-Hans", "market": "cn"}
    return Cell.model_validate({"campaign": "B1-TERM2Y", **usual, **given})


@pytest.fixture(scope="module")
def tally(bank: object, engine: object) -> Tally:
    """Every 37th cell of every third campaign."""
    desk = Desk.__new__(Desk)
    desk.__dict__.update(pack=bank, engine=engine, phrases=PhraseWriter(bank))  # type: ignore[arg-type]
    return sweep(desk, list(bank.campaigns.values())[::3], every=37)  # type: ignore[attr-defined]


def test_a_cell_is_written_or_refused_by_a_named_rule(tally: Tally) -> None:
    assert tally.cells["written"] > 100
    assert not tally.failures, tally.examples
    assert "" not in tally.refusals


def test_nothing_is_blocked_and_no_slot_is_left(tally: Tally) -> None:
    assert [key for key in tally.findings if key.startswith("block")] == []
    assert tally.unfilled == 0


def test_variants_differ_and_texts_do_not_repeat(tally: Tally) -> None:
    assert tally.worst <= 0.6
    assert tally.within_segment == 0
    assert tally.repeated <= 0.02


def test_variants_of_a_cell_have_angles_of_their_own(bank: object) -> None:
    drafts = PhraseWriter(bank).sheet(cell(), 3, "", ON)[cell()]  # type: ignore[arg-type]
    assert len({draft.angle for draft in drafts}) == 3


def test_the_same_campaign_reads_differently_for_22_and_for_68(bank: object) -> None:
    sheet = PhraseWriter(bank).sheet(cell(), 3, "", ON)  # type: ignore[arg-type]
    young, old = sheet[cell(age="18-24")], sheet[cell(age="65+")]
    assert max(jaccard(trigrams(a.template), trigrams(b.template)) for a in young for b in old) < 0.7
    assert not {draft.template for draft in young} & {draft.template for draft in old}


def test_a_cell_does_not_depend_on_what_was_asked_before(bank: object) -> None:
    first, second = PhraseWriter(bank), PhraseWriter(bank)  # type: ignore[arg-type]
    second.sheet(cell(locale="en", channel="push"), 3, "", ON)
    second.sheet(cell(campaign="B6-ANNIV"), 3, "", ON)
    assert first.sheet(cell(), 3, "", ON) == second.sheet(cell(), 3, "", ON)


def test_a_wish_for_shorter_texts_shortens_them(bank: object) -> None:
    writer = PhraseWriter(bank)  # type: ignore[arg-type]
    usual, short = (writer.sheet(cell(), 3, note, ON)[cell()] for note in ("", "短一点"))
    assert sum(len(d.template) for d in short) < sum(len(d.template) for d in usual)


@pytest.mark.parametrize(
    ("note", "short", "angle", "understood"),
    [
        ("", False, None, True),
        ("warmer, shorter", True, "warmth", True),
        ("更温暖", False, "warmth", True),
        ("purple", False, None, False),
    ],
)
def test_a_note_is_read_or_said_to_be_unread(
    bank: object, note: str, short: bool, angle: str | None, understood: bool
) -> None:
    wish = wish_of(bank, "en", note)  # type: ignore[arg-type]
    assert (wish.short, wish.angle, wish.understood) == (short, angle, understood)


def test_combinations_come_best_first() -> None:
    sums = [a + b for a, b in best_first([range(5), range(5)], 25)]
    assert sums == sorted(sums) and len(sums) == 25


def test_an_unknown_campaign_for_the_book_fails_with_a_reason(bank: object) -> None:
    from assistant.errors import ModelAnswer
    from assistant.writing.drafts import Job

    job = Job(cell(), None, (), 10, "", ON)
    nobody = job.cell.model_copy(update={"segment": "senior", "age": "18-24"})
    with pytest.raises(ModelAnswer, match="Add clauses"):
        asyncio.run(PhraseWriter(bank).write(Job(nobody, None, (), 3, "", ON)))  # type: ignore[arg-type]
