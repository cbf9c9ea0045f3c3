"""From what a model said to a value that its schema holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import ModelAnswer

_THINK = re.compile(r"\A\s*(?:<think>)?.*?</think>", re.DOTALL)
_FENCE = re.compile(r"\A```(?:json)?\s*\n(.*?)\n?```\Z", re.DOTALL)
MAX_CHARS = 200_000
"""Characters of an answer; jsonschema's time grows with it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A validated answer. `cached`: prompt tokens that came from the prefix cache. `latency_s`: retries included.
    `revision`: what the server says of its own build. `sampling`: what the request set beside the seed. `met`: the
    passing faults that were tried again before it came."""

    content: dict[str, Any]
    model: str
    tokens_in: int
    tokens_out: int
    cached: int
    latency_s: float
    finish_reason: str
    revision: str = ""
    sampling: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    met: tuple[str, ...] = ()


def parse(text: str) -> dict[str, Any]:
    """The JSON object in `text`; a leaked thought and a code fence around it are taken off.

    Raises ModelAnswer where there is none. Raw control characters in strings are borne: some grammars let them through.
    """
    if len(text) > MAX_CHARS:
        raise ModelAnswer(
            f"The model's answer has {len(text)} characters.", f"At most {MAX_CHARS} are read.", fault="too_large"
        )
    plain = (_THINK.sub("", text, count=1) if "</think>" in text else text).strip()
    fenced = _FENCE.match(plain)
    try:
        value = json.loads(fenced[1] if fenced else plain, strict=False)
    except (ValueError, RecursionError):
        # The answer itself stays out of the message: messages are logged, answers may be anything.
        raise ModelAnswer("The model's answer is no JSON.", fault="no_json") from None
    if not isinstance(value, dict):
        raise ModelAnswer("The model's answer is no JSON object.", fault="no_json")
    return value


def validate(value: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    """Raises ModelAnswer with the path of what does not fit. The schema is ours, never a user's."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    error = best_match(Draft202012Validator(schema).iter_errors(value))
    if error is not None:
        what = f"The model's answer breaks its schema at {error.json_path} ({error.validator})."
        raise ModelAnswer(what, fault="schema")
