"""What `check-pack` says of a trigger's SQL."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from assistant.domain.pack import Pack
from assistant.packs.loader import Reading
from assistant.playbook.checking import faults, on_sample, sample_problems
from tests.conftest import BANK


def told(bank: Pack, **change: object) -> list[str]:
    """The faults of the pack after a change of G1-INFLOW."""
    trigger = bank.triggers["G1-INFLOW"].model_copy(update=change)
    pack = dataclasses.replace(bank, triggers={"G1-INFLOW": trigger})
    return [f"{own} {key}: {what}" for _, own, key, what, _ in faults(pack)]


def test_the_packs_own_conditions_run(bank: Pack) -> None:
    assert list(faults(bank)) == []


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("e.amount >", "it is no SQL"),
        ("e.amount > (select max(amount) from events)", "a subquery"),
        ("true) union select customer_id from (customers", "it is"),
        ("row_number() over () = 1", "a window over other rows"),
        ("true; drop table events", "it is no SQL"),
        ("e.amout > 5", "the condition cannot run"),
        ("read_text('/etc/hostname') is not null", "the condition cannot run"),
        ("past.no_such_measure > 1", "the condition cannot run"),
    ],
)
def test_a_condition_that_is_broken_or_reaches_too_far_is_refused(bank: Pack, when: str, said: str) -> None:
    found = told(bank, when=when)
    assert len(found) == 1
    assert said in found[0]


def test_a_condition_is_told_at_its_key(bank: Pack) -> None:
    assert told(bank, value="nonsense(") == [next(one for one in told(bank, value="nonsense(") if "value" in one)]


def test_a_condition_that_runs_on_nothing_and_not_on_the_sample_is_refused(bank: Pack) -> None:
    """Whether every counterparty is a number shows only where there is one."""
    assert told(bank, when="e.counterparty::integer > 5") == []
    trigger = bank.triggers["G1-INFLOW"].model_copy(update={"when": "e.counterparty::integer > 5"})
    pack = dataclasses.replace(bank, triggers={"G1-INFLOW": trigger})
    found, _ = on_sample(pack, BANK / "sample")
    assert [(section, own, key) for section, own, key, _, _ in found] == [("triggers", "G1-INFLOW", "when")]
    assert "Could not convert" in found[0][3]


def test_a_bad_row_of_the_sample_is_a_problem_of_the_pack(bank: Pack, tmp_path: Path) -> None:
    pack = dataclasses.replace(bank, root=str(tmp_path))
    assert list(sample_problems(pack, Reading(tmp_path))) == []
    shutil.copytree(BANK / "sample", tmp_path / "sample")
    lines = len((tmp_path / "sample" / "holdings.csv").read_text(encoding="utf-8").splitlines())
    with (tmp_path / "sample" / "holdings.csv").open("a", encoding="utf-8") as file:
        file.write("C0001,TD-24M,much,2024-01-01,\n")
    (problem,) = sample_problems(pack, Reading(tmp_path))
    assert (problem.file, problem.line) == ("sample/holdings.csv", lines + 1)
    assert problem.what.startswith("amount: “much” cannot be used")
    (tmp_path / "sample" / "events.csv").unlink()
    (problem,) = sample_problems(pack, Reading(tmp_path))
    assert "no events.csv" in problem.what
