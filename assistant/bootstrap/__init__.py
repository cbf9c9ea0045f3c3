"""Settings → a wired desk: the one place that names concrete parts, a file for each wing of the house."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.bootstrap.checking import checked_pack, pack_problems
from assistant.bootstrap.writing import Writing

__all__ = ["Desk", "checked_pack", "pack_problems"]


@dataclass
class Desk(Writing):
    """Everything that the commands, the pages and the API work with; parts are made when first used."""
