"""Which models are of one stock: a judge must not be of the family whose texts it judges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import FileError

FAMILIES = Path(__file__).with_name("families.yaml")
_LETTERS = re.compile(r"[a-z]+")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    families: dict[str, list[str]] = Field(min_length=1)


@lru_cache(maxsize=8)
def load_families(path: Path = FAMILIES) -> Mapping[str, str]:
    """Mark → family. Raises FileError."""
    try:
        found = _File.model_validate(yaml.safe_load(path.read_text("utf-8"))).families
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise FileError(f"{path} holds no families: {error}.", "Mend it.") from error
    return {mark.lower(): family for family, marks in found.items() for mark in marks}


def families_of(name: str, families: Mapping[str, str] | None = None) -> frozenset[str]:
    """The families of a model by its name: `Qwen/Qwen3-8B` → qwen, `DeepSeek-R1-Distill-Llama-8B` → deepseek, llama:
    what was distilled into another model's weights has the taste of both.

    A name that no mark fits: its letters up to the first figure or sign, so that `house-7b` and `house-14b` are one.
    """
    marks = load_families() if families is None else families
    last = name.lower().rstrip("/").rsplit("/", 1)[-1]
    found = {family for mark, family in marks.items() if re.search(f"(?<![a-z]){re.escape(mark)}", last)}
    letters = _LETTERS.search(last)
    return frozenset(found or {letters[0] if letters else last})


def generator_of(writer: str) -> str | None:
    """The model's name in what a draft says of its writer (`model:NAME:VERSIONS`); None where no model wrote it."""
    kind, _, rest = writer.partition(":")
    return rest.rpartition(":")[0] or None if kind == "model" else None
