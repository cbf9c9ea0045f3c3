"""The suites that ship: each loads, names its tasks and scorers, has clusters and enough cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.errors import PackError
from assistant.settings import Settings
from eval.cases.case import Suite
from eval.cases.load import load_suite, suite_names
from eval.scorers.seam import open_scorer
from eval.tasks.seam import open_task

AT_LEAST = {
    "ages": (500, 30),
    "bindings": (500, 30),
    "copy": (2500, 30),
    "injections": (300, 60),
    "law": (600, 60),
    "law_unseen": (300, 30),
    "locales": (200, 30),
    "playbook": (80, 30),
    "retrieval": (240, 60),
    "rules": (1000, 60),
    "scripts": (400, 40),
    "sentences": (1140, 19),
}
"""Cases and clusters that a suite has at the least."""


@pytest.fixture(scope="module")
def suites(bank: Pack, engine: object, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Suite]:
    """Every suite, loaded over one desk."""
    desk = Desk(Settings(home=tmp_path_factory.mktemp("home")))
    desk.__dict__.update(pack=bank, engine=engine)
    return {name: load_suite(name, desk_of=lambda: desk) for name in suite_names()}


def test_every_suite_is_expected_here_and_has_its_cases(suites: dict[str, Suite]) -> None:
    assert set(suites) == set(AT_LEAST)
    small = {
        name: (len(suite.cases), len({case.cluster for case in suite.cases}))
        for name, suite in suites.items()
        if len(suite.cases) < AT_LEAST[name][0] or len({case.cluster for case in suite.cases}) < AT_LEAST[name][1]
    }
    assert small == {}


def test_no_case_of_a_suite_stands_there_twice(suites: dict[str, Suite]) -> None:
    for name, suite in suites.items():
        hashes = [case.hash for case in suite.cases]
        twice = (
            [case.id for case in suite.cases if hashes.count(case.hash) > 1] if len(set(hashes)) < len(hashes) else []
        )
        assert twice == [], name


def test_every_task_scorer_and_margin_is_known(suites: dict[str, Suite]) -> None:
    for suite in suites.values():
        assert callable(open_task(suite.task))
        for name in suite.scorers:
            one = open_scorer(name)
            assert (one.name, one.version >= 1) == (name, True)
        assert suite.margins and all(0 <= margin <= 0.2 for margin in suite.margins.values())


def test_the_same_knowledge_gives_the_same_suite(
    bank: Pack, engine: object, tmp_path: Path, suites: dict[str, Suite]
) -> None:
    desk = Desk(Settings(home=tmp_path))
    desk.__dict__.update(pack=bank, engine=engine)
    assert load_suite("rules", desk_of=lambda: desk).hash == suites["rules"].hash


@pytest.mark.parametrize("maker", ["eval.cases_from.rules:none", "eval.nowhere:cases", "eval.cases_from.rules", ":"])
def test_a_maker_of_cases_that_is_not_there_is_told_with_its_file(tmp_path: Path, desk: Desk, maker: str) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(f'suite: odd\ntask: lint\nscorers: [as_expected]\ncases_from: "{maker}"\n', "utf-8")
    with pytest.raises(PackError, match=r"odd\.yaml:1: .*cannot be asked"):
        load_suite(str(file), desk_of=lambda: desk)
