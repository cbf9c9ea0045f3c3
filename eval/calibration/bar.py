"""The bar that a judge must reach: data with a version."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import FileError
from eval.judge.biases import Limits

BAR = Path(__file__).with_name("bar.yaml")
Coefficient = Literal["kappa", "alpha", "ac1"]


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class People(_Closed):
    """How many items must be rated, by how many each."""

    items: int = Field(ge=2)
    raters: int = Field(ge=2)


class Kind(_Closed):
    """What a kind of criterion asks of a judge's agreement with people: `least` as a figure, `of_people` as a share of
    what a rater reaches with the others. `scale`: whether a near miss is half a hit."""

    coefficient: Coefficient
    scale: Literal["nominal", "ordinal"]
    least: float | None = Field(default=None, gt=0, le=1)
    of_people: float | None = Field(default=None, gt=0, le=1)

    @model_validator(mode="after")
    def _something(self) -> Kind:
        if self.least is None and self.of_people is None:
            raise ValueError("a kind needs least or of_people")
        return self


class Bar(_Closed):
    """The whole bar. `version` is eight hexadecimal digits over its file."""

    version: str = ""
    people: People
    confidence: float = Field(gt=0.5, lt=1)
    resamples: int = Field(ge=200)
    seed: int
    pass_level: int
    judged: float = Field(gt=0, le=1)
    kinds: dict[str, Kind]
    criteria: dict[str, str]
    otherwise: str
    biases: Limits

    @model_validator(mode="after")
    def _known(self) -> Bar:
        for name in (*self.criteria.values(), self.otherwise):
            if name not in self.kinds:
                raise ValueError(f"there is no kind “{name}”: {', '.join(self.kinds)}")
        return self

    def kind(self, criterion: str) -> tuple[str, Kind]:
        """The kind of a criterion, with its name."""
        name = self.criteria.get(criterion, self.otherwise)
        return name, self.kinds[name]


def load_bar(path: Path = BAR) -> Bar:
    """The bar of a file. Raises FileError with the file's name and what is wrong with it."""
    try:
        text = path.read_text("utf-8")
        found = Bar.model_validate(yaml.safe_load(text))
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise FileError(f"{path} is no bar: {error}.", "Mend it.") from error
    return found.model_copy(update={"version": hashlib.sha256(text.encode()).hexdigest()[:8]})
