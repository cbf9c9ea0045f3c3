"""What a suite can show, said before it is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases.case import Case, Suite
from eval.running.side import Side
from eval.running.tellable import LIKENESS, metrics, sentence, tellable
from eval.statistics.undefined import Undefined
from tests.commanding import commanding


def suite(clusters: int, each: int) -> Suite:
    cases = [Case(f"{c}-{n}", str(c), {"n": n}, {}, "here:1") for c in range(clusters) for n in range(each)]
    return Suite("s", "text", ("asserts",), tuple(cases), {})


def side(values: dict[str, float | None], clusters: dict[str, str]) -> Side:
    return Side("run", "s", {}, clusters, {case: "h" for case in clusters}, {"m": 1}, {"m": values}, {})


def test_more_clusters_show_smaller_changes_than_more_cases_of_the_same_ones() -> None:
    few, larger, many = (tellable(suite(*size)).share(0.2) for size in ((20, 10), (20, 20), (40, 10)))
    assert isinstance(few, float) and isinstance(larger, float) and isinstance(many, float)
    assert many < larger < few


def test_a_suite_of_one_cluster_shows_nothing_and_says_so() -> None:
    can = tellable(suite(1, 500))
    assert isinstance(can.share(0.1), Undefined)
    assert "10% → none" in sentence("s", can)


def test_how_alike_cases_are_is_taken_from_a_run_that_saw_it_and_else_assumed() -> None:
    made = suite(10, 4)
    clusters = {case.id: case.cluster for case in made.cases}
    alike = side({case: float(int(cluster) % 2) for case, cluster in clusters.items()}, clusters)
    apart = side({case: float(case.endswith(("0", "1"))) for case in clusters}, clusters)
    level = side({case: 1.0 for case in clusters}, clusters)
    assert tellable(made, alike).likeness == pytest.approx(1.0) and tellable(made, alike).seen
    assert tellable(made, apart).likeness == 0.0
    assert (tellable(made, level).likeness, tellable(made, level).seen) == (LIKENESS, False)
    assert metrics(level) == []


def test_the_command_tells_each_suite_and_refuses_a_share_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    command = commanding(monkeypatch, capsys)
    code, out, _ = command("eval", "power", "law", "--json", "--differ", "0.05")
    told = json.loads(out)
    assert (code, told["suite"], told["cases"]) == (0, "law", 600)
    assert 0 < told["least"]["0.05"] < 0.05
    code, _, err = command("eval", "power", "law", "--differ", "5")
    assert code == 2 and "Write a share above 0" in err
