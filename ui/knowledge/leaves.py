"""The values of an entry that a form can hold, and what came back of them as a tree of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.errors import InputError

KEPT = ("id", "of", "must_flag", "must_pass", "match", "also")
"""An id is for good; examples and checks are written as text."""
YES, NO = "yes", "no"
Path = tuple[str, ...]
Kind = Literal["text", "list", "switch", "number"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value that can be typed: where it stands, what it is."""

    path: Path
    value: Any
    kind: Kind

    @property
    def typed(self) -> str:
        """The value as it stands in a field."""
        if self.kind == "list":
            return "\n".join(map(str, self.value))
        return (YES if self.value else NO) if self.kind == "switch" else str(self.value)


def leaves(values: Mapping[str, Any], path: Path = ()) -> Iterator[Leaf]:
    """Every value that is no mapping, in order; lists of mappings are left to the text."""
    for key, value in values.items():
        here = (*path, key)
        if not path and key in KEPT:
            continue
        if isinstance(value, Mapping):
            yield from leaves(value, here)
        elif isinstance(value, list):
            if not any(isinstance(one, list | Mapping) for one in value):
                yield Leaf(here, value, "list")
        elif isinstance(value, bool):
            yield Leaf(here, value, "switch")
        elif value is not None:
            yield Leaf(here, value, "number" if isinstance(value, int | float) else "text")


def patch_of(values: Mapping[str, Any], typed: Sequence[tuple[Path, str]]) -> dict[str, Any]:
    """What was typed as a tree of values, each of the kind that stood there. InputError for a field that is none."""
    known = {leaf.path: leaf for leaf in leaves(values)}
    patch: dict[str, Any] = {}
    for path, words in typed:
        leaf = known.get(path)
        if leaf is None:
            raise InputError(f"The entry has no field {'.'.join(path)[:80]}.", "Load the page again.")
        if words.replace("\r\n", "\n").strip() == leaf.typed.strip():
            continue
        inner = patch
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        inner[path[-1]] = _read(leaf, words)
    return patch


def _read(leaf: Leaf, words: str) -> Any:
    if leaf.kind == "list":
        return [line.strip() for line in words.splitlines() if line.strip()]
    if leaf.kind == "switch":
        return words == YES
    return _number(words.strip()) if leaf.kind == "number" else words.strip()


def _number(words: str) -> int | float | str:
    """A number; what is none goes on as it was typed, and the check of the entry says so."""
    plain = words.replace(",", "")
    try:
        return int(plain)
    except ValueError:
        try:
            return float(plain)
        except ValueError:
            return words
