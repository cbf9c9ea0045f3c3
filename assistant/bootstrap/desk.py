"""The wired desk."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.bootstrap.writing import Writing


@dataclass
class Desk(Writing):
    """Everything that the commands, the pages and the API work with; parts are made when first used."""
