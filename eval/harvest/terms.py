"""What the harvest goes by, from `harvest.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import FileError

FILE = Path(__file__).with_name("harvest.yaml")
Kind = Literal["clause", "words"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Repeated(_Part):
    """When an edit counts as repeated: texts, and campaigns or people; how long a phrase may be, in columns."""

    texts: int = Field(ge=1)
    campaigns: int = Field(ge=1)
    people: int = Field(ge=1)
    shortest: int = Field(ge=1)
    longest: int = Field(ge=1)


class Terms(_Part):
    """All of the file."""

    repeated: Repeated
    words_rule: str
    suites: dict[Kind, tuple[str, ...]]
    rewards: dict[str, float]


@lru_cache(maxsize=1)
def load_terms(file: Path = FILE) -> Terms:
    """The terms. FileError where the file cannot be used."""
    try:
        return Terms.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise FileError(f"{file} is no list of terms ({error}).", "Mend it, or install it anew.") from error
