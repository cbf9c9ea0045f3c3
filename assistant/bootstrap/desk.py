"""The wired desk."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.bootstrap.changing import Changing
from assistant.bootstrap.parts import renewable


@renewable
@dataclass
class Desk(Changing):
    """Everything that the commands, the pages and the API work with; parts are made when first used."""
