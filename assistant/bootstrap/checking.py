"""Everything that can be said against a pack."""

from __future__ import annotations

from pathlib import Path

from assistant.checks.engine import rule_problems
from assistant.domain.pack import Pack
from assistant.errors import PackError, Problem
from assistant.packs.loader import Reading, examine


def pack_problems(folder: Path, reading: Reading | None = None) -> tuple[Pack | None, list[Problem]]:
    """Everything wrong with a pack: its files, its references, its rules, the conditions of its triggers.

    Where all of that is sound, the conditions are run on the pack's sample too. `reading`, where one is given, knows
    afterwards where each entry stands.
    """
    reading = reading or Reading(folder)
    pack, problems = examine(folder, reading)
    if pack is not None:
        problems = problems + rule_problems(pack)
    if pack is not None and pack.triggers:
        from assistant.playbook.checking import condition_problems, sample_problems

        problems += condition_problems(pack, reading)
        problems = problems or list(sample_problems(pack, reading))
    return pack, problems


def checked_pack(folder: Path) -> Pack:
    """A pack without a problem; PackError otherwise."""
    pack, problems = pack_problems(folder)
    if pack is None or problems:
        raise PackError(problems)
    return pack
