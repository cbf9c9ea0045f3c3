"""Everything that can be said against a pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.checks.engine import rule_problems
from assistant.domain.pack import Pack
from assistant.errors import PackError, Problem
from assistant.packs.loader import Reading, examine

if TYPE_CHECKING:
    pass


def pack_problems(folder: Path) -> tuple[Pack | None, list[Problem]]:
    """Everything wrong with a pack: its files, its references, its rules, the conditions of its triggers."""
    reading = Reading(folder)
    pack, problems = examine(folder, reading)
    if pack is not None:
        problems = problems + list(rule_problems(pack)) + list(_trigger_problems(pack, reading))
    return pack, problems


def _trigger_problems(pack: Pack, reading: Reading) -> Iterator[Problem]:
    if not pack.triggers:
        return
    from assistant.playbook.checking import faults

    for section, own, key, what, mend in faults(pack):
        file, line = reading.at(section, own, key) if own else (f"{section}.yaml", 1)
        yield Problem(file, line, f"{own or section}: {key}: {what}", mend)


def checked_pack(folder: Path) -> Pack:
    """A pack without a problem; PackError otherwise."""
    pack, problems = pack_problems(folder)
    if pack is None or problems:
        raise PackError(problems)
    return pack
