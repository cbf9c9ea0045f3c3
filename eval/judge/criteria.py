"""The criteria of a judge: data with a version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import FileError, UnknownId

CRITERIA = Path(__file__).with_name("criteria.yaml")


class Level(BaseModel):
    """A level, anchored in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    level: int
    words: str = Field(min_length=1)


class Criterion(BaseModel):
    """What is judged; its levels count up from 1, the worst."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    question: str = Field(min_length=1)
    levels: tuple[Level, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _in_order(self) -> Criterion:
        if [one.level for one in self.levels] != list(range(1, len(self.levels) + 1)):
            raise ValueError("levels count up from 1, one by one")
        return self


@dataclass(frozen=True)
class Criteria:
    """The criteria of a file; `version` is eight hexadecimal digits over its content."""

    version: str
    by_id: dict[str, Criterion]

    def one(self, id: str) -> Criterion:
        """A criterion by its id. Raises UnknownId with the nearest names."""
        if id not in self.by_id:
            raise UnknownId("criterion", id, self.by_id)
        return self.by_id[id]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    criteria: tuple[Criterion, ...] = Field(min_length=1)


def load_criteria(path: Path = CRITERIA) -> Criteria:
    """The criteria of a file. Raises FileError with the file's name and what is wrong with it."""
    try:
        text = path.read_text("utf-8")
        found = _File.model_validate(yaml.safe_load(text)).criteria
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise FileError(f"{path} holds no criteria: {error}.", "Mend it.") from error
    by_id = {one.id: one for one in found}
    if len(by_id) < len(found):
        raise FileError(f"{path} names a criterion twice.", "Give each an id of its own.")
    return Criteria(hashlib.sha256(text.encode()).hexdigest()[:8], by_id)
