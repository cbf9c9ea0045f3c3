"""What a kind of check is: a class with a name, its own `Match` model, the inputs it needs, and where it hits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from assistant.checks.context import Context, Hit
from assistant.domain.pack import Pack
from assistant.text.patterns import Ways


class Match(BaseModel):
    """What a rule of this kind may say under `match`; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


class Check(ABC):
    """One check, compiled for one rule. Subclasses name `kind` and `Match`."""

    kind: ClassVar[str]
    Match: ClassVar[type[Match]] = Match
    claims: ClassVar[bool] = False
    """Whether it looks at the text's claims."""
    reader: bool = False
    """Whether its answer hangs on the reader (age, risk, consent …) and not on the words alone."""
    registry: ClassVar[dict[str, type[Check]]] = {}

    def __init_subclass__(cls) -> None:
        cls.registry[cls.kind] = cls

    def __init__(self, pack: Pack, match: dict[str, Any]) -> None:
        self.pack = pack
        self.match: Any = self.Match.model_validate(match)
        self.prepare()

    def prepare(self) -> None:  # noqa: B027  most kinds have nothing to compile
        """Compile what can be compiled before the first text."""

    def patterns(self) -> Iterator[str]:
        """Every regular expression that the rule's `match` brings."""
        for name in (
            "patterns",
            "exempt",
            "when",
            "accept",
            "periodic",
            "monthly",
            "annual",
            "instalment",
            "compound",
            "parts",
        ):
            yield from _strings(getattr(self.match, name, ()))

    def triggers(self) -> tuple[Ways, ...]:
        """For each part of the check, what must stand in folded text for it to say anything.

        None at all where the check must look at every text. What woke is in `Context.woken`.
        """
        return ()

    def needs(self, context: Context) -> list[str]:
        """Inputs that are missing, without which this check cannot tell; none where it does not apply."""
        return []

    def spared(self, context: Context) -> Iterator[tuple[str, str]]:
        """Words that look like a hit and are none, each with the reason; for explaining."""
        return iter(())

    @abstractmethod
    def hits(self, context: Context) -> Iterator[Hit]:
        """Where the text breaks the rule."""
