"""Reference values for the statistics from libraries of others: `python tests/unit/statistics/make_references.py`.

Needs scikit-learn, statsmodels, krippendorff, irrCAC, choix, scipy, in an environment of their own; writes
references.json beside this file, with the inputs, the values and each library's version. Nothing of the project is
imported, so neither side can lean on the other.
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import choix
import krippendorff
import numpy as np
import pandas as pd
import statsmodels.api as sm
from irrCAC.raw import CAC
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail
from statsmodels.stats.proportion import proportion_confint

LIBRARIES = ("scikit-learn", "statsmodels", "krippendorff", "irrCAC", "choix", "scipy", "numpy")
RANDOM = np.random.default_rng(20260711)


def student() -> list[dict]:
    """Tails and quantiles, of degrees whole and not, near the middle and far out."""
    asked = [(t, f) for t in (0.0, 0.3, 1.96, 4.5, 40.0) for f in (1.0, 2.7, 19.0, 58.4, 5000.0)]
    quantiles = [(p, f) for p in (0.025, 0.5, 0.8, 0.975, 0.9995) for f in (1.0, 2.7, 19.0, 58.4, 5000.0)]
    return [{"t": t, "freedom": f, "beyond": 2 * stats.t.sf(t, f)} for t, f in asked] + [
        {"share": p, "freedom": f, "quantile": stats.t.ppf(p, f)} for p, f in quantiles
    ]


def means() -> list[dict]:
    """Clusters of one size, of very unequal sizes, two clusters, singles, shares."""
    told = []
    for sizes, kind in (([5] * 20, "normal"), ([1, 1, 2, 3, 40], "normal"), ([7, 3], "normal"), ([1] * 30, "share"),
                        ([2, 9, 4, 4, 1, 15, 6, 6, 3, 12], "share")):  # fmt: skip
        clusters = np.repeat(np.arange(len(sizes)), sizes)
        values = RANDOM.normal(size=len(clusters)) + RANDOM.normal(size=len(sizes))[clusters]
        if kind == "share":
            values = (values > 0.4).astype(float)
        order = RANDOM.permutation(len(values))
        values, clusters = values[order], clusters[order]
        fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": clusters})
        told.append({
            "values": values.tolist(), "clusters": clusters.tolist(), "mean": float(fit.params[0]),
            "plain_error": float(fit.bse[0]), **cr2(values, clusters, (0.0, 0.3, 1.0)),
        })  # fmt: skip
    return told


def cr2(values: np.ndarray, clusters: np.ndarray, likeness: tuple[float, ...]) -> dict:
    """CR2 and its degrees of freedom by the definition's own matrices (Bell and McCaffrey 2002), n × n."""
    count = len(values)
    hat = np.full((count, count), 1 / count)
    rest, columns = np.eye(count) - hat, []
    left, variance = rest @ values, 0.0
    for one in np.unique(clusters):
        rows = np.flatnonzero(clusters == one)
        block = np.eye(len(rows)) - hat[np.ix_(rows, rows)]
        powers, vectors = np.linalg.eigh(block)
        root = vectors @ np.diag(powers**-0.5) @ vectors.T
        variance += float((np.ones(len(rows)) @ root @ left[rows]) ** 2) / count**2
        columns.append(rest[:, rows] @ root @ np.ones(len(rows)) / count)
    basis, freedoms = np.stack(columns, axis=1), {}
    for one in likeness:
        same = clusters[:, None] == clusters[None, :]
        expected = np.eye(count) * (1 - one) + same * one
        powers = np.linalg.eigvalsh(basis.T @ expected @ basis)
        freedoms[str(one)] = float(powers.sum() ** 2 / (powers**2).sum())
    return {"error": variance**0.5, "freedom": freedoms}


def ratings() -> list[dict]:
    """Two and four raters, with labels missing, levels never given, one rater who says one thing."""
    told = []
    for items, raters, levels, missing, lean in ((40, 2, 3, 0.0, 0.6), (60, 2, 5, 0.25, 0.3), (25, 4, 4, 0.3, 0.5),
                                                 (200, 3, 2, 0.1, 0.05), (12, 2, 2, 0.0, 0.9), (30, 5, 5, 0.6, 0.4)):  # fmt: skip
        true = RANDOM.integers(0, levels, items)
        given = np.where(
            RANDOM.random((items, raters)) < lean, RANDOM.integers(0, levels, (items, raters)), true[:, None]
        )
        if items == 12:
            given[:, 1] = 0
            given[0, 0], given[1, 0] = 0, 1
        given = given.astype(float) ** (2 if items == 60 else 1)
        given[RANDOM.random((items, raters)) < missing] = np.nan
        told.append({"ratings": [[None if np.isnan(x) else int(x) for x in row] for row in given], **agreements(given)})
    return told


def agreements(given: np.ndarray) -> dict:
    seen = sorted(set(given[~np.isnan(given)]))
    alphas = {
        scale: krippendorff.alpha(given.T, level_of_measurement=scale) for scale in ("nominal", "ordinal", "interval")
    }
    coefficient = CAC(pd.DataFrame(given), digits=15).gwet()["est"]["coefficient_value"]
    kappas = {}
    if given.shape[1] == 2:
        both = given[~np.isnan(given).any(axis=1)].astype(int).astype(str)
        names = [str(int(one)) for one in seen]
        for name, weights in (("none", None), ("linear", "linear"), ("quadratic", "quadratic")):
            kappas[name] = float(cohen_kappa_score(both[:, 0], both[:, 1], labels=names, weights=weights))
    return {"alpha": alphas, "ac1": float(coefficient), "kappa": kappas}


def rankings() -> list[dict]:
    """With ties and without, each pair met or only neighbours, few and many; clusters of unequal size."""
    told = []
    for names, count, ties, ring in ((4, 120, 0.0, False), (5, 200, 0.3, False), (7, 260, 0.15, True), (3, 40, 0.6, False)):  # fmt: skip
        strength = RANDOM.normal(size=names) * 0.6
        rows = []
        for _ in range(count):
            one = int(RANDOM.integers(names))
            other = (one + 1) % names if ring else int((one + RANDOM.integers(1, names)) % names)
            chance = 1 / (1 + np.exp(strength[other] - strength[one]))
            won = 2 if RANDOM.random() < ties else int(RANDOM.random() > chance)
            rows.append((one, other, won))
        clusters = RANDOM.integers(0, 9, count) ** 2 // 8
        _, clusters = np.unique(clusters, return_inverse=True)
        found = davidson(rows, names, clusters, ties > 0)
        if not ties:
            wins = [(one, other) if won == 0 else (other, one) for one, other, won in rows]
            found["choix"] = choix.opt_pairwise(names, wins, alpha=0.0, method="Newton-CG", tol=1e-14).tolist()
        told.append({"rows": [list(row) for row in rows], "clusters": clusters.tolist(), **found})
    return told


def davidson(rows: list, names: int, clusters: np.ndarray, ties: bool) -> dict:
    """As a log-linear model of counts with a constant for each comparison, the last strength held at 0."""
    outcomes, count = 2 + ties, len(rows)
    design = np.zeros((count * outcomes, names - 1 + ties + count))
    seen = np.zeros(count * outcomes)
    for at, (one, other, won) in enumerate(rows):
        seen[at * outcomes + won] = 1
        for outcome in range(outcomes):
            line = design[at * outcomes + outcome]
            line[names - 1 + ties + at] = 1
            for side, part in ((one, (1, 0, 0.5)[outcome]), (other, (0, 1, 0.5)[outcome])):
                if side < names - 1:
                    line[side] += part
            if outcome == 2:
                line[names - 1] = 1
    model = sm.GLM(seen, design, family=sm.families.Poisson())
    fit = model.fit(tol=1e-14, maxiter=300)
    several = len(np.unique(clusters))
    robust = model.fit(
        tol=1e-14, maxiter=300, cov_type="cluster",
        cov_kwds={"groups": np.repeat(clusters, outcomes), "use_correction": False},
    )  # fmt: skip
    centre = np.vstack([np.eye(names - 1), np.zeros(names - 1)]) - 1 / names
    raw = fit.params[: names - 1]
    plain = centre @ fit.cov_params()[: names - 1, : names - 1] @ centre.T
    wide = centre @ robust.cov_params()[: names - 1, : names - 1] @ centre.T * several / (several - 1)
    return {
        "strengths": (centre @ raw).tolist(),
        "errors": np.sqrt(np.diag(plain)).tolist(),
        "robust_errors": np.sqrt(np.diag(wide)).tolist(),
        "ties": float(fit.params[names - 1]) if ties else None,
    }


def tests() -> dict:
    """McNemar, Holm, Wilson, the sample ratio, cases before the run."""
    pairs = [(0, 0), (0, 5), (5, 0), (3, 3), (12, 25), (1, 300), (480, 521)]
    families = [[0.01, 0.04, 0.03, 0.005], [0.02, 0.02, 0.5], [0.9, 0.8], [1.0, 0.0], [0.049]]
    found = []
    for one, other in pairs:
        exact = mcnemar([[7, one], [other, 9]], exact=True).pvalue if one + other else 1.0
        half = stats.binom.pmf(min(one, other), one + other, 0.5)
        mid = 2 * stats.binom.cdf(min(one, other), one + other, 0.5) - half
        found.append({"discordant": [one, other], "exact": float(exact), "mid": float(mid)})
    shares = [(0, 20), (3, 20), (81, 263), (20, 20), (1, 100000)]
    counts = [([500, 520], [1, 1]), ([900, 1100, 1000], [1, 1, 1]), ([95, 905], [0.1, 0.9])]
    sizes = []
    for rate in (0.55, 0.6, 0.52, 0.4):
        spread = (rate * (1 - rate)) ** 0.5
        sizes.append({"win_rate": rate, "pairs": normal_sample_size_one_tail(rate - 0.5, 0.8, 0.025, 0.5, spread)})
    for change, differing in ((0.03, 0.1), (0.05, 0.1), (0.1, 0.1)):
        spread = (differing - change**2) ** 0.5
        needed = normal_sample_size_one_tail(change, 0.8, 0.025, spread, spread)
        sizes.append({"change": change, "discordance": differing, "cases": needed})
    return {
        "mcnemar": found,
        "holm": [{"given": one, "adjusted": multipletests(one, method="holm")[1].tolist()} for one in families],
        "wilson": [{"count": a, "of": b, "ends": list(proportion_confint(a, b, method="wilson"))} for a, b in shares],
        "sample_ratio": [
            {"seen": a, "planned": b, "p": float(stats.chisquare(a, np.array(b) / sum(b) * sum(a)).pvalue)}
            for a, b in counts
        ],
        "sizes": [{key: float(value) for key, value in one.items()} for one in sizes],
    }


def main() -> None:
    """Make every reference anew and write the file."""
    warnings.simplefilter("ignore")
    told = {
        "made_with": {name: version(name) for name in LIBRARIES},
        "student": student(), "means": means(), "ratings": ratings(), "rankings": rankings(), **tests(),
    }  # fmt: skip
    lines = [f" {json.dumps(key)}: {json.dumps(value, default=float)}" for key, value in told.items()]
    Path(__file__).with_name("references.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
