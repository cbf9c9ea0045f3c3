"""How people compare texts, read from a file: how much comes again, and the reasons that they may tick."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.rating import Rubric
from assistant.errors import FileError
from eval.judge.criteria import Criterion

RULES = Path(__file__).with_name("rating.yaml")


class Rules(BaseModel):
    """`repeats`: the share of pairs that come again, swapped, `gap` turns later at least; `reasons`: id → locale →
    words."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    repeats: float = Field(ge=0, le=0.5)
    gap: int = Field(ge=1)
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
