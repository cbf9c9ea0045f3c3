"""What has no value: the reason in words, where others would print NaN."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Undefined:
    """A figure that cannot be told from what was given. `why` is a sentence."""

    why: str

    def __bool__(self) -> bool:
        """False, so that `if found` asks whether there is a figure; a figure's own class never says so of 0."""
        return False
