"""Whether two YAML values say the same, and what an entry becomes when some of its values change."""

from __future__ import annotations

import copy
from typing import Any

from assistant.domain.values import FactValue, parse_period


def same(path: tuple[str, ...], old: Any, new: Any) -> bool:
    """Equal in meaning: 2.2% and 2.20%, 24 months and 2 years, ids in another order."""
    if old == new:
        return True
    if old is None:
        return False
    try:
        if path[0] == "facts" and len(path) == 2:
            before, after = FactValue.model_validate(old), FactValue.model_validate(new)
            return before.kind == after.kind and before.comparable == after.comparable
        if path == ("window",):
            return parse_period(old) == parse_period(new)
    except ValueError:
        return False  # what is wrong with it is told when the whole entry is validated
    if isinstance(old, str) and isinstance(new, list):
        return [old] == new
    if path[-1] in ("channels", "markets", "segments", "ages", "disclosures") and isinstance(old, list):
        return set(old) == set(new)
    return isinstance(old, str) and str(new) == old.strip()


def get(entry: dict[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a path, None where there is none."""
    found: Any = entry
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def nested(values: dict[tuple[str, ...], Any]) -> dict[str, Any]:
    """Values by path → the tree that they make."""
    tree: dict[str, Any] = {}
    for path, value in values.items():
        node = tree
        for step in path[:-1]:
            node = node.setdefault(step, {})
        node[path[-1]] = value
    return tree


def merged(entry: dict[str, Any], patch: dict[str, Any], depth: int = 0, facts: bool = False) -> dict[str, Any]:
    """The entry with a tree of changes laid over it; a fact of another kind replaces the old one whole."""
    out = copy.copy(entry)
    for key, value in patch.items():
        old = out.get(key)
        if isinstance(value, dict) and isinstance(old, dict) and not (facts and set(old) != set(value)):
            out[key] = merged(old, value, depth + 1, facts=depth == 0 and key == "facts")
        else:
            out[key] = value
    return out
