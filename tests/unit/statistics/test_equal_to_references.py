"""Every statistic equals the libraries of others to a millionth: references.json, which make_references.py makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.review.results.statistics import wilson
from eval.statistics import power, student
from eval.statistics.agreement import Agreement, ac1, alpha, kappa
from eval.statistics.clusters import Sums, codes, mean_sums
from eval.statistics.holm import holm
from eval.statistics.intervals import Estimate, mean, plain_error, robust
from eval.statistics.paired import mcnemar
from eval.statistics.ranking import OUTCOMES, Compared, Ranking, ranking
from eval.statistics.sample_ratio import fell

MADE: dict[str, Any] = json.loads(Path(__file__).with_name("references.json").read_text("utf-8"))
NEAR = 1e-6


def near(value: Any) -> Any:
    return pytest.approx(value, rel=NEAR, abs=NEAR)


@pytest.mark.parametrize("one", MADE["student"])
def test_students_t_equals_scipy(one: dict[str, float]) -> None:
    if "t" in one:
        assert student.beyond(one["t"], one["freedom"]) == pytest.approx(one["beyond"], rel=NEAR)
    else:
        assert student.quantile(one["share"], one["freedom"]) == near(one["quantile"])


@pytest.mark.parametrize("one", MADE["means"])
def test_a_mean_and_its_cluster_robust_error_equal_statsmodels_and_the_definition(one: dict[str, Any]) -> None:
    values = np.array(one["values"])
    sums = mean_sums(values, codes(one["clusters"], len(values)))
    found = mean(values, one["clusters"])
    assert isinstance(found, Estimate)
    assert found.value == near(one["mean"])
    # statsmodels makes it larger by (n-1)/(n-1): one unknown is fitted.
    assert plain_error(sums) == near(one["plain_error"])
    assert found.error == near(one["error"])


@pytest.mark.parametrize("one", MADE["means"])
def test_degrees_of_freedom_equal_those_of_the_full_matrices(one: dict[str, Any]) -> None:
    values = np.array(one["values"])
    sums = mean_sums(values, codes(one["clusters"], len(values)))
    for likeness, freedom in one["freedom"].items():
        found = robust(Sums(sums.top, sums.bottom, sums.squares, float(likeness)))
        assert isinstance(found, Estimate)
        assert found.freedom == near(max(1.0, freedom))


@pytest.mark.parametrize("one", MADE["ratings"])
def test_alpha_equals_krippendorff_and_ac1_equals_irrcac(one: dict[str, Any]) -> None:
    for scale, value in one["alpha"].items():
        found = alpha(one["ratings"], scale=scale)
        assert isinstance(found, Agreement)
        assert found.value == near(value)
    first = ac1(one["ratings"])
    assert isinstance(first, Agreement)
    assert first.value == near(one["ac1"])


@pytest.mark.parametrize(
    ("one", "weights"), [(one, weights) for one in MADE["ratings"] for weights in one["kappa"]], ids=str
)
def test_kappa_equals_scikit_learn(one: dict[str, Any], weights: Any) -> None:
    found = kappa(one["ratings"], weights=weights)
    assert isinstance(found, Agreement)
    assert found.value == near(one["kappa"][weights])


@pytest.mark.parametrize("one", MADE["rankings"])
def test_strengths_and_their_errors_equal_a_log_linear_model(one: dict[str, Any]) -> None:
    compared = [Compared(f"n{first}", f"n{second}", OUTCOMES[won]) for first, second, won in one["rows"]]
    plain, clustered = ranking(compared), ranking(compared, one["clusters"])
    assert plain.strengths.tolist() == near(one["strengths"])
    assert plain.ties == (None if one["ties"] is None else near(one["ties"]))
    assert _errors(plain) == near(one["errors"])
    assert _errors(clustered) == near(one["robust_errors"])
    if "choix" in one:
        assert plain.strengths.tolist() == near(one["choix"])


def _errors(found: Ranking) -> list[float]:
    return [float(x) for x in np.sqrt(np.diag(found.covariance))[: len(found.names)]]


@pytest.mark.parametrize("one", MADE["mcnemar"])
def test_mcnemar_equals_statsmodels_and_its_mid_p_scipy(one: dict[str, Any]) -> None:
    found = mcnemar(*one["discordant"])
    assert (found.exact, found.mid) == (near(one["exact"]), near(one["mid"]))


@pytest.mark.parametrize("one", MADE["holm"])
def test_holm_equals_statsmodels(one: dict[str, Any]) -> None:
    assert list(holm({str(at): p for at, p in enumerate(one["given"])}).values()) == near(one["adjusted"])


@pytest.mark.parametrize("one", MADE["wilson"])
def test_wilson_equals_statsmodels(one: dict[str, Any]) -> None:
    found = wilson(one["count"], one["of"])
    assert [found.low, found.high] == near(one["ends"])


@pytest.mark.parametrize("one", MADE["sample_ratio"])
def test_the_sample_ratio_equals_scipys_chi_square(one: dict[str, Any]) -> None:
    seen = {str(at): count for at, count in enumerate(one["seen"])}
    found = fell(seen, {str(at): share for at, share in enumerate(one["planned"])})
    assert found and found.p == near(one["p"])


@pytest.mark.parametrize("one", MADE["sizes"])
def test_cases_before_the_run_equal_statsmodels(one: dict[str, float]) -> None:
    if "pairs" in one:
        assert power.exact_pairs(one["win_rate"], 0.05, 0.8) == near(one["pairs"])
    else:
        assert power.exact_cases(one["change"], one["discordance"], 0.05, 0.8) == near(one["cases"])
