"""What a judge said, as lines of a file: a level for an item, or a preference between the two texts of a pair."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import InputError
from eval.calibration.lines import json_lines

Side = Literal["a", "b", "tie"]
LEVELS = {"a": 1, "tie": 2, "b": 3}
"""A preference as a level, as people's are kept."""
_SHOWN = 20


class Said(BaseModel):
    """One judgement. `judge`: its prompt and criteria by their versions, `model`: who answered.

    One of: `level`, by a text of `characters`; `better` with `said`, what each order of asking said (the first has a
    before b), of texts of `lengths` characters; or neither, with `fault`, where the judge could not judge.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    item: str = Field(min_length=1)
    cluster: str = ""
    criterion: str = Field(min_length=1)
    judge: str = Field(min_length=1)
    model: str = Field(min_length=1)
    level: int | None = None
    better: Side | None = None
    said: tuple[Side, Side] | None = None
    characters: int | None = None
    lengths: tuple[int, int] | None = None
    fault: str = ""
    why: str = ""
    evidence: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    seed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    latency_s: float = 0.0
    asked: str = ""
    standing: str = "uncalibrated"

    @model_validator(mode="after")
    def _one(self) -> Said:
        told = (self.level is not None) + (self.better is not None) + bool(self.fault)
        if told != 1:
            raise ValueError("a judgement has one of level, better and fault")
        if self.better is not None and self.said is None:
            raise ValueError("a preference says what each order of asking said")
        return self

    @property
    def as_level(self) -> int | None:
        """The level, a preference as one; None where the judge could not judge."""
        return LEVELS[self.better] if self.better else self.level


@dataclass(frozen=True)
class Judgements:
    """One judge's judgements. `digest`: eight hexadecimal digits over them, whatever their order."""

    rows: tuple[Said, ...]

    @property
    def judge(self) -> str:
        """By which prompt and which criteria."""
        return self.rows[0].judge

    @property
    def model(self) -> str:
        """Who answered."""
        return self.rows[0].model

    @cached_property
    def digest(self) -> str:
        """What a record of calibration names them by."""
        told = sorted(json.dumps(row.model_dump(mode="json"), sort_keys=True) for row in self.rows)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]

    def of(self, criterion: str) -> dict[str, Said]:
        """Item → what was said of it by one criterion."""
        return {row.item: row for row in self.rows if row.criterion == criterion}

    def faults(self, criterion: str) -> Mapping[str, int]:
        """How often the judge could not judge by a criterion, and why in one word."""
        return Counter(row.fault for row in self.rows if row.criterion == criterion and row.fault)


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file of JSON lines; of several on one item by one criterion the last one counts, so that a
    run may be gone on with.

    Raises FileError, or InputError: rows that are none as `file:row`, judgements of several judges in one file.
    """
    rows, problems = dict[tuple[str, str], Said](), list[str]()
    judges: dict[tuple[str, str], str] = {}
    for place, raw in json_lines(path):
        try:
            row = Said.model_validate(raw)
        except ValidationError as error:
            problems += [f"{place}: {_told(one)}" for one in error.errors()]
            continue
        rows[row.item, row.criterion] = row
        judges.setdefault((row.judge, row.model), place)
    if problems:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise InputError("\n".join(problems[:_SHOWN]) + more, "Mend these rows.")
    if not rows:
        raise InputError(f"{path} holds no judgements.", "Ask a judge first.")
    if len(judges) > 1:
        told = "; ".join(f"{model} by {judge} from {place}" for (judge, model), place in judges.items())
        raise InputError(f"{path} holds the judgements of several judges: {told}.", "Give each a file of its own.")
    return Judgements(tuple(rows.values()))


def _told(error: Any) -> str:
    name = ".".join(map(str, error["loc"])) or "the row"
    return f"{name} is missing" if error["type"] == "missing" else f"{name}: {error['msg']}"
