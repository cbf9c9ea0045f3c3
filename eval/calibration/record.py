"""The record of a calibration, which a judge's runs must show: without it a score is marked, and decides nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import FileError, Refused, unwritable
from eval.calibration.bar import Bar
from eval.calibration.calibrate import Calibrated
from eval.calibration.figures import told
from eval.calibration.judgements import Judgements
from eval.calibration.passing import Passing, corrected
from eval.calibration.ratings import Ratings
from eval.statistics.agreement import Draw
from eval.statistics.undefined import Undefined

Mark = Literal["admitted", "refused", "uncalibrated"]


class Verdict(BaseModel):
    """What came of one criterion. `errors`: cluster → how often the judge was right with what people pass, of how many,
    and with what they fail, of how many: what a later pass rate is corrected by."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    admitted: bool
    kind: str
    reasons: tuple[str, ...]
    items: int
    figures: dict[str, Any]
    errors: dict[str, tuple[int, int, int, int]] = Field(default_factory=dict)


class Standing(BaseModel):
    """What a judge's score by a criterion is worth, and why in words."""

    model_config = ConfigDict(frozen=True)
    mark: Mark
    why: str


class Record(BaseModel):
    """A judge, the bar it was held to, the files it was held against, and what came of each criterion. `digest` is over
    all the rest: it shows an edit by hand, and is no proof against somebody who means harm."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    made_at: dt.datetime
    judge: str
    model: str
    bar: str
    ratings: str
    judgements: str
    criteria: dict[str, Verdict]
    digest: str = ""

    def sealed(self) -> Record:
        """The record with its digest."""
        return self.model_copy(update={"digest": self._digest()})

    def whole(self) -> bool:
        """Whether nobody changed it since it was made."""
        return self.digest == self._digest()

    def _digest(self) -> str:
        plain = json.dumps(self.model_dump(mode="json", exclude={"digest"}), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()[:16]

    def passing(self, criterion: str, run: Iterable[tuple[str, bool]], bar: Bar) -> Passing | Undefined:
        """The pass rate of a run, corrected for the judge's error. `run`: each text's cluster and whether it passed."""
        verdict = self.criteria.get(criterion)
        if verdict is None:
            return Undefined(f"The judge was not calibrated by {criterion}.")
        return corrected(verdict.errors, run, Draw(bar.resamples, bar.confidence, bar.seed))


def record_of(
    ratings: Ratings, judgements: Judgements, bar: Bar, done: Sequence[Calibrated], now: dt.datetime
) -> Record:
    """The record of a calibration."""
    return Record(
        made_at=now,
        judge=judgements.judge,
        model=judgements.model,
        bar=bar.version,
        ratings=ratings.digest,
        judgements=judgements.digest,
        criteria={
            one.criterion: Verdict(
                admitted=one.admitted,
                kind=one.kind,
                reasons=tuple(reason.words for reason in one.reasons),
                items=one.judged,
                figures=figures_of(one),
                errors={cluster: (c[0], c[1], c[2], c[3]) for cluster, c in one.errors.items()},
            )
            for one in done
        },
    ).sealed()


def figures_of(one: Calibrated) -> dict[str, Any]:
    """All figures of a criterion for a file."""
    found: dict[str, Any] = {
        who: {name: told(figures.of(name)) for name in ("kappa", "alpha", "ac1")}
        for who, figures in (("people", one.people), ("judge", one.judge))
    }
    found["rater_and_rest"], found["judge_and_rest"] = told(one.rater_and_rest), told(one.judge_and_rest)
    found["biases"] = [asdict(bias) for bias in one.biases]
    found["passing"] = {"why": one.passing.why} if isinstance(one.passing, Undefined) else asdict(one.passing)
    return found


def standing(record: Record | None, judge: str, model: str, criterion: str, bar: Bar) -> Standing:
    """What a judge's score is worth by what it can show."""
    if record is None:
        return Standing(mark="uncalibrated", why="No record of a calibration was shown.")
    if (record.judge, record.model) != (judge, model):
        why = f"The record is of {record.model} by {record.judge}; this is {model} by {judge}."
        return Standing(mark="uncalibrated", why=why)
    if record.bar != bar.version:
        return Standing(mark="uncalibrated", why=f"The record is by the bar {record.bar}; today's is {bar.version}.")
    verdict = record.criteria.get(criterion)
    if verdict is None:
        return Standing(mark="uncalibrated", why=f"The judge was not calibrated by {criterion}.")
    if not verdict.admitted:
        return Standing(mark="refused", why=" ".join(verdict.reasons))
    return Standing(mark="admitted", why=f"Calibrated on {verdict.items} items, {record.made_at:%Y-%m-%d}.")


def must_be_admitted(found: Standing, criterion: str) -> None:
    """Raise Refused (`uncalibrated`) where a score may decide nothing: what a gate asks first."""
    if found.mark != "admitted":
        what = f"The judge's score for {criterion} is {found.mark} and cannot gate: {found.why}"
        raise Refused("uncalibrated", what, "Calibrate the judge (copydesk eval calibrate), or gate on other scores.")


def write_record(path: Path, record: Record) -> None:
    """Keep a record. Raises FileError, DiskFull."""
    try:
        path.write_text(record.model_dump_json(indent=1) + "\n", "utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def read_record(path: Path) -> Record:
    """A record from its file. Raises FileError where it is none, or was changed by hand."""
    try:
        record = Record.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    except ValidationError as error:
        raise FileError(f"{path} is no record of a calibration: {error}.", "Calibrate the judge anew.") from error
    if not record.whole():
        raise FileError(f"{path} was changed since it was made.", "Calibrate the judge anew.")
    return record
