"""A finished run, or a baseline that was kept of one, as what can be compared: values by metric and case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import FileError, InputError
from eval.running.rows import Rows, Run, ScoreRow


@dataclass(frozen=True)
class Side:
    """`values` by metric and case, with None where nothing could be said; `clusters` and `hashes` by case; `scorers`
    with their versions; `faults` are what crashed or hung, in words, by case."""

    name: str
    suite: str
    subject: dict[str, Any]
    clusters: dict[str, str]
    hashes: dict[str, str]
    scorers: dict[str, int]
    values: dict[str, dict[str, float | None]]
    faults: dict[str, str]

    def kept(self) -> str:
        """The side as a baseline: one JSON object, a list of values a metric, in the order of the cases."""
        cases = sorted(self.clusters)
        metrics = {metric: [_short(of.get(case)) for case in cases] for metric, of in sorted(self.values.items())}
        head = {"suite": self.suite, "name": self.name, "subject": self.subject, "scorers": self.scorers}
        told = {"cases": [[case, self.clusters[case], self.hashes[case]] for case in cases], "metrics": metrics}
        lines = [f"{_json(key)}: {_json(value)}" for key, value in {**head, **told}.items()]
        return "{\n" + ",\n".join(lines) + "\n}\n"


def side_of(rows: Rows, run: Run) -> Side:
    """A run's side, made from its rows alone. InputError where the run is not finished."""
    if not run.ended_at:
        raise InputError(f"The run {run.id} is not finished.", f"Go on with it: copydesk eval run {run.suite}.")
    values: dict[str, dict[str, float | None]] = {}
    clusters, hashes, faults, versions = dict[str, str](), dict[str, str](), dict[str, str](), dict[str, int]()
    # Row by row: the answers' texts are never in memory together.
    for row in rows.answers(run.id):
        clusters[row.case_id], hashes[row.case_id] = row.cluster, row.case_hash
        if row.fault:
            faults[row.case_id] = row.fault
    for score in rows.scores(run.id):
        versions[score.scorer] = score.version
        if not score.fault:
            values.setdefault(metric_of(score), {})[score.case_id] = score.value
        else:
            faults.setdefault(score.case_id, score.why)
    return Side(run.id, run.suite, run.subject, clusters, hashes, versions, values, faults)


def metric_of(score: ScoreRow) -> str:
    """A metric's full name: its scorer's, and its own where that differs."""
    return score.metric if score.metric == score.scorer else f"{score.scorer}/{score.metric}"


def read_baseline(file: Path) -> Side:
    """A side from a file. FileError where there is none, InputError where it is no baseline."""
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        cases = raw["cases"]
        values = {metric: dict(zip([c[0] for c in cases], of, strict=True)) for metric, of in raw["metrics"].items()}
        clusters, hashes = {c[0]: c[1] for c in cases}, {c[0]: c[2] for c in cases}
        return Side(raw["name"], raw["suite"], raw["subject"], clusters, hashes, raw["scorers"], values, {})
    except OSError as error:
        mend = "Make one: copydesk eval baseline SUITE."
        raise FileError(f"The baseline {file} cannot be read ({error.strerror}).", mend) from error
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        mend = "Make it anew: copydesk eval baseline SUITE."
        raise InputError(f"{file} is no baseline ({type(error).__name__}: {error}).", mend) from error


def _short(value: float | None) -> float | int | None:
    """Six digits are enough to compare; a whole number is written as one."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 6)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
