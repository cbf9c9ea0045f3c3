"""The checks find what is broken on purpose, and leave lawful texts alone; floors below the measured figures."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.bootstrap.desk import Desk
from eval.law import judge
from eval.mutations.run import Report, run
from eval.mutations.source import KINDS, sources


@pytest.fixture(scope="module")
def report(bank: object, engine: object, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Mutants of a few texts of each locale."""
    from assistant.settings import Settings

    desk = Desk(Settings(home=tmp_path_factory.mktemp("home")))
    desk.__dict__.update(pack=bank, engine=engine)
    return run(desk.engine, sources(desk, 16, 7, dt.date(2026, 11, 23)), 6, 7)


def test_there_are_at_least_twenty_five_ways_to_break_a_text(report: Report) -> None:
    assert len(KINDS) >= 25 and len(report.made) >= 25


def test_nearly_every_mutant_is_caught(report: Report) -> None:
    assert report.share >= 0.97, [(name, case.text) for name, case in report.misses]


def test_approved_texts_are_not_flagged(report: Report) -> None:
    assert report.flagged == []


def test_strangers_texts_are_judged_as_their_writers_judged_them(desk: Desk) -> None:
    judged = judge(desk)
    unlawful = [one for one in judged if not one.lawful]
    lawful = [one for one in judged if one.lawful]
    assert len(unlawful) == len(lawful) == 300
    assert sum(one.right for one in unlawful) / 300 >= 0.95
    assert sum(not one.right for one in lawful) / 300 <= 0.03
