"""The pack's products and campaigns as they stand in its files now: what an import is compared with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.errors import PackError, Problem
from assistant.packs.loader import SECTIONS
from assistant.packs.sheets.table import SECTIONS as IMPORTED
from assistant.packs.source import Source, Unreadable, read


@dataclass(frozen=True)
class Stored:
    """Files by name below the pack's folder; entries as plain values and their place, by section and id."""

    files: dict[str, Source] = field(default_factory=dict)
    entries: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    where: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    @cached_property
    def lowered(self) -> dict[tuple[str, str], str]:
        """Each id by its section and its lower case."""
        return {(section, own.lower()): own for section, own in self.entries}

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file: whether something changed between a plan and its application."""
        return {name: hashlib.sha256(source.raw).hexdigest() for name, source in self.files.items()}


def read_stored(root: Path) -> Stored:
    """Every product and campaign below a pack's folder. Raises PackError where a file cannot be read."""
    stored, problems = Stored(), list[Problem]()
    for section in IMPORTED:
        pattern, key, _ = SECTIONS[section]
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            try:
                source = read(path, name)
            except Unreadable as error:
                problems.append(error.problem)
                continue
            problems += source.problems
            stored.files[name] = source
            for position, entry in enumerate(_listed(source, key, problems)):
                if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                    stored.entries[(section, entry["id"])] = entry
                    stored.where[(section, entry["id"])] = (name, position)
    if problems:
        raise PackError(problems)
    return stored


def _listed(source: Source, key: str, problems: list[Problem]) -> list[Any]:
    content = source.content
    if isinstance(content, dict) and isinstance(content.get(key), list):
        return list(content[key])
    problems.append(Problem(source.name, 1, f"there is no list “{key}:”", f"begin the file with “{key}:”"))
    return []
