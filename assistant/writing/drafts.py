"""What passes between the desk and its writers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain.brief import Cell
from assistant.domain.call import Call
from assistant.domain.catalogue import Product
from assistant.domain.finding import Finding


class EvidenceItem(Protocol):
    """A piece of the pack that a text may rest on."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A writer's own words, slots open, without signature, disclosures and opt-out (the desk adds them).
    `call` is the model's call that gave it."""

    template: str
    angle: str
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One cell to write: what is offered, on what evidence, how many, the marketer's wish, the day of sending."""

    cell: Cell
    product: Product | None
    evidence: Sequence[EvidenceItem]
    count: int
    note: str
    send_on: dt.date


class Writer(Protocol):
    """Writes the drafts of a cell. Raises ModelError where it cannot."""

    name: str

    async def write(self, job: Job) -> list[Draft]: ...


class Mender(Writer, Protocol):
    """A writer that can mend its drafts when it is told what was found."""

    async def repair(self, job: Job, drafts: Sequence[Draft], findings: Sequence[Sequence[Finding]]) -> list[Draft]: ...
