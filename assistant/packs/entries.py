"""Entries of a file → domain values, pydantic's errors → problems that a person can act on."""

from __future__ import annotations

import difflib
from collections.abc import Hashable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assistant.errors import Problem
from assistant.packs.source import Source

M = TypeVar("M", bound=BaseModel)


def build(model: type[M], content: Any, source: Source, path: tuple[Hashable, ...]) -> M | None:
    """One entry as a domain value; None where it has problems, which are added to the source's."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            source.problems.append(_problem(model, detail, source, path))
        return None


def _problem(model: type[BaseModel], detail: ErrorDetails, source: Source, path: tuple[Hashable, ...]) -> Problem:
    place = tuple(step for step in detail["loc"] if step != "[key]")
    line = source.line(path + place)
    name = ".".join(str(step) for step in place) or "the entry"
    what, mend = _words(model, detail, name, place)
    return Problem(source.name, line, what, mend)


def _words(model: type[BaseModel], detail: ErrorDetails, name: str, place: tuple[Any, ...]) -> tuple[str, str]:
    kind, given = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        known = [field.alias or key for key, field in model.model_fields.items()]
        close = difflib.get_close_matches(str(place[-1]), known, n=1)
        return f"“{name}” is no key of this entry", f"write “{close[0]}”" if close else "remove it"
    if kind == "missing":
        return f"the key “{name}” is missing", "add it"
    if kind == "value_error":
        what, _, mend = str(detail["ctx"]["error"]).partition("; ")
        return f"{name}: {what}", mend or "mend it"
    if kind == "string_pattern_mismatch":
        return f"{name}: “{given}” has the wrong form", f"it must match {detail['ctx']['pattern']}"
    if kind == "literal_error":
        return f"{name}: “{given}” is not allowed", f"use {detail['ctx']['expected']}"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{name}: {_shown(given)} stands where key: value pairs belong", "write a mapping"
    return f"{name}: {detail['msg'].lower()} (got {_shown(given)})", "give it the type that the schema names"


def _shown(given: object) -> str:
    words = repr(given)
    return words if len(words) <= 60 else f"{words[:57]}…"
