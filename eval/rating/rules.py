"""How people compare texts, read from a file: how much comes again, and the reasons that they may tick."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.rating import Rubric
from assistant.errors import FileError
from eval.judge.criteria import Criterion

RULES = Path(__file__).with_name("rating.yaml")


class Sample(BaseModel):
    """Pairs to try with: how many, over which channels, and the two notes that the writer is given, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    count: int = Field(ge=2, le=100)
    channels: tuple[str, ...] = Field(min_length=1)
    settings: dict[str, str] = Field(min_length=2, max_length=2)


class Rules(BaseModel):
    """`repeats`: the share of pairs that come again, swapped, `gap` turns later at least; `reasons`: id → locale →
    words; `most_of_runs`: pairs at most out of two runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    repeats: float = Field(ge=0, le=0.5)
    gap: int = Field(ge=1)
    most_of_runs: int = Field(default=50, ge=2)
    sample: Sample
    reasons: dict[str, dict[str, str]] = Field(default_factory=dict)

    def rubric(self, criterion: Criterion) -> Rubric:
        """What raters are asked by a criterion: the same words that a judge is asked with."""
        levels = tuple(level.words for level in criterion.levels)
        return Rubric(criterion=criterion.id, question=criterion.question, levels=levels, reasons=self.reasons)


def load_rules(path: Path = RULES) -> Rules:
    """The rules of a file. Raises FileError."""
    try:
        return Rules.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise FileError(f"{path} does not say how people compare texts: {error}.", "Mend it.") from error
