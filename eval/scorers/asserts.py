"""Plain assertions about a text, by the names that promptfoo gives them; `not-` before a name turns it round."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from assistant.errors import InputError, UnknownId
from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.tasks.seam import Answer, Room


@scorer(version=1)
def asserts(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """One score a case: 1 where every assertion holds, and else which do not. InputError for one that is unknown."""
    stated, text = case.expected.get("assert") or [], str(answer.content.get("text", ""))
    failed = [told for one in stated if (told := _failed(one, text, case))]
    yield Score("asserts", 0.0 if failed else 1.0, "; ".join(failed), text if failed else "")


def _failed(stated: dict[str, Any], text: str, case: Case) -> str:
    """What is wrong, in words; empty where the assertion holds."""
    name = str(stated.get("type"))
    plain, turned = name.removeprefix("not-"), name.startswith("not-")
    if plain not in _KINDS:
        raise UnknownId(f"assertion in {case.place}", name, _KINDS)
    value = stated.get("value")
    try:
        holds = _KINDS[plain](text, value)
    except (re.error, TypeError, ValueError, AttributeError) as error:
        mend = "See docs/evaluation.md for what each assertion takes."
        raise InputError(f"{case.place}: “{name}” cannot use {value!r} ({error}).", mend) from error
    return "" if holds != turned else f"{name} {json.dumps(value, ensure_ascii=False)}"


def _is_json(text: str, schema: Any) -> bool:
    try:
        content = json.loads(text)
    except ValueError:
        return False
    return schema is None or _schema(json.dumps(schema, sort_keys=True)).is_valid(content)


@cache
def _schema(told: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(told))


@cache
def _pattern(told: str) -> re.Pattern[str]:
    return re.compile(told)


_KINDS: dict[str, Callable[[str, Any], bool]] = {
    "contains": lambda text, value: value in text,
    "icontains": lambda text, value: value.lower() in text.lower(),
    "contains-any": lambda text, values: any(value in text for value in values),
    "contains-all": lambda text, values: all(value in text for value in values),
    "equals": lambda text, value: text == value,
    "starts-with": lambda text, value: text.startswith(value),
    "regex": lambda text, value: _pattern(value).search(text) is not None,
    "min-length": lambda text, value: len(text) >= int(value),
    "max-length": lambda text, value: len(text) <= int(value),
    "is-json": _is_json,
}
