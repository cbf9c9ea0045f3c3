"""What the workflow needs of the desk's book, and what it gets of a text that is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.domain.draft import Variant
from assistant.domain.finding import Checked
from assistant.domain.item import Decision, Item
from assistant.errors import Refused


class Book(Protocol):
    """What one transaction can do."""

    def items(self, ids: Sequence[str]) -> dict[str, Item]: ...
    def in_package(self, package: str) -> list[Item]: ...
    def put(self, item: Item) -> None: ...
    def hold(self, item: str, by: str | None, until: dt.datetime | None) -> None: ...
    def note(self, decision: Decision, body: Mapping[str, Any]) -> None: ...
    def audit(self, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> None: ...
    def last(self, item: str) -> Decision | None: ...
    def replace(self, item: Item, variant: Variant) -> None: ...
    def read(self, package: str, sentences: Collection[str], by: str, at: dt.datetime) -> frozenset[str]: ...
    def pack_up(self, own: str, name: str, campaign: str, maker: str, criterion: str, at: dt.datetime) -> None: ...


class Books(Protocol):
    """What opens the book."""

    def book(self) -> AbstractContextManager[Book]: ...


@dataclass(frozen=True, slots=True)
class Looked:
    """A text as it is found today: what the checks say, a hash of what is decided on, where each part comes from."""

    checked: Checked | None
    template: str
    content: str
    knowledge: str
    origin: Mapping[str, Any]


Look = Callable[[Sequence[str]], dict[str, Looked]]
"""Items' current texts, checked against the knowledge of today. Raises UnknownId."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a wish for one item: as it now stands, or why not."""

    id: str
    item: Item | None
    refused: Refused | None = None
