"""What a kind of check is: a class with a name, its own `Match` model, the inputs it needs, and where it hits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from assistant.checks.context import Context, Hit
from assistant.domain.pack import Pack


class Match(BaseModel):
    """What a rule of this kind may say under `match`; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Check(ABC):
    """One check, compiled for one rule. Subclasses name `kind` and `Match`."""

    kind: ClassVar[str]
    Match: ClassVar[type[Match]] = Match
    registry: ClassVar[dict[str, type[Check]]] = {}

    def __init_subclass__(cls) -> None:
        cls.registry[cls.kind] = cls

    def __init__(self, pack: Pack, match: dict[str, Any]) -> None:
        self.pack = pack
        self.match: Any = self.Match.model_validate(match)
        self.prepare()

    def prepare(self) -> None:  # noqa: B027  most kinds have nothing to compile
        """Compile what can be compiled before the first text."""

    def needs(self, context: Context) -> list[str]:
        """Inputs that are missing, without which this check cannot tell; none where it does not apply."""
        return []

    @abstractmethod
    def hits(self, context: Context) -> Iterator[Hit]:
        """Where the text breaks the rule."""
