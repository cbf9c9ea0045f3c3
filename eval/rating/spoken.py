"""What raters are asked, in their own language; where nobody has said it in that language, in the rubric's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.domain.rating import Rubric
from assistant.errors import FileError
from eval.judge.criteria import load_criteria

SPOKEN = Path(__file__).with_name("spoken.yaml")
OWN = "en"
"""The language that criteria are written in."""


class Said(BaseModel):
    """A criterion in one language; the criteria's own file has the question and the levels of `OWN`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(min_length=1)
    question: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks of a pair, and in which language; `levels`: the worst first."""

    language: str
    name: str
    question: str
    levels: tuple[str, ...]


def asked(rubric: Rubric, locale: str) -> Asked:
    """A rubric in a language; as it stands where its words are no longer the criterion's."""
    said = spoken().get(rubric.criterion, {})
    name = said[locale].name if locale in said else rubric.criterion
    if locale != OWN and locale in said and _current(rubric):
        return Asked(locale, name, said[locale].question, said[locale].levels)
    return Asked(OWN, name, rubric.question, rubric.levels)


def names(locale: str) -> dict[str, str]:
    """The criteria by id, as they are called in a language."""
    said = spoken()
    return {own: said[own][locale].name if locale in said.get(own, {}) else own for own in load_criteria().by_id}


@cache
def spoken(path: Path = SPOKEN) -> Mapping[str, Mapping[str, Said]]:
    """Criterion → language → what is said. Raises FileError."""
    try:
        kind = TypeAdapter(dict[str, dict[str, Said]])
        return kind.validate_python(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise FileError(f"{path} does not say what raters are asked: {error}.", "Mend it.") from error


def _current(rubric: Rubric) -> bool:
    known = load_criteria().by_id.get(rubric.criterion)
    return known is not None and (known.question, tuple(one.words for one in known.levels)) == (
        rubric.question,
        rubric.levels,
    )
