"""What a probe found, and the settings that follow from it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.models.endpoint import Endpoint

AT_ONCE = (1, 8, 32)
_WORTH = 1.15
"""More calls at once are worth having while they bring so many times the tokens."""
_SHORTEST = 384
"""Tokens of an answer of three texts, with some to spare: a context that leaves less is too small."""
_NOT_YET = "not looked at"


@dataclass
class Probed:
    """The findings, in the order in which they were looked for.

    `why` and `mend`: what is wrong with the whole. `usable`: it answers calls such as the desk makes. `speed`: tokens a
    second by calls at once; `failed`: what went wrong at so many. `room`: whether prompt and answer have room.
    """

    server: str = ""
    reachable: bool = False
    usable: bool = False
    why: str = ""
    mend: str = ""
    models: list[str] = field(default_factory=list)
    context: int | None = None
    room: str = _NOT_YET
    schema: str = _NOT_YET
    thinking: str = _NOT_YET
    finish_reason: str = _NOT_YET
    cached: str = _NOT_YET
    tokenizer: str = _NOT_YET
    speed: dict[int, float] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    longest: int | None = None
    """Tokens of an answer that the context leaves room for, where that is less than is set."""

    def told(self, what: str, mend: str) -> None:
        """Note what makes the server of no use."""
        self.usable, self.why, self.mend = False, what, mend

    def recommended(self, endpoint: Endpoint) -> dict[str, object]:
        """Settings for copydesk.toml; none for a server that cannot be used, no speed where none was measured."""
        if not self.usable:
            return {}
        advice: dict[str, object] = {"model_name": endpoint.name}
        longest = self.longest or endpoint.max_tokens
        if self.longest:
            advice["model_max_tokens"] = longest
        if best := self._best():
            # Twice what the longest answer takes while the server is as busy as it is allowed to be.
            wait = max(20.0, 2 * longest / (self.speed[best] / best))
            advice |= {"model_concurrency": best, "model_timeout": round(wait)}
        return advice

    def _best(self) -> int:
        """The most calls at once that are worth having; 0 where no speed is known."""
        sound = [many for many in AT_ONCE if self.speed.get(many) and many not in self.failed]
        best = sound[0] if sound else 0
        for many in sound[1:]:
            if self.speed[many] > self.speed[best] * _WORTH:
                best = many
        return best

    def fit(self, endpoint: Endpoint, prompt: int) -> None:
        """Judge the context by a prompt of so many tokens and an answer of the length that is set."""
        if self.context is None or not prompt:
            self.room = "not told" if self.context is None else _NOT_YET
            return
        left = self.context - prompt
        if left >= endpoint.max_tokens:
            self.room = f"enough for a prompt of about {prompt:,} tokens and an answer of {endpoint.max_tokens:,}"
        elif left >= _SHORTEST:
            self.longest = left // 64 * 64
            self.room = f"about {prompt:,} tokens of prompt leave {left:,} for an answer: answers may be cut off"
        else:
            self.room = f"too small for a prompt of about {prompt:,} tokens and its answer"
            what = f"The model's context of {self.context:,} tokens is too small for the desk's prompts."
            self.told(what, "Serve it with a longer one (--max-model-len), or another model.")


def nearest_first(name: str, ids: Iterable[str]) -> list[str]:
    """Ids by their likeness to a name, the likest first."""
    asked = name.lower()
    return sorted(ids, key=lambda one: (-difflib.SequenceMatcher(None, asked, one.lower()).ratio(), one))
