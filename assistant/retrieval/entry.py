"""One piece of knowledge as the index holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.domain.values import Locale

EntryKind = Literal["product", "campaign", "rule", "disclosure", "guide", "asset"]
"""An asset is an approved text; it stands in an index of its own."""
KINDS: tuple[EntryKind, ...] = ("product", "campaign", "rule", "disclosure", "guide")
Scalar = str | int
Metadata = Mapping[str, Scalar | list[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text in one locale, with whose it is and where it holds.

    `id` is unique in an index: `product:TD-24M@zh-Hans`. `owner` is `product:TD-24M`, the same in every locale.
    `metadata` holds what a filter looks at; a list in it is never empty and never mixed.
    """

    id: str
    kind: EntryKind
    owner: str
    locale: Locale
    title: str
    text: str
    metadata: Metadata = field(hash=False)
    asked: str = ""

    @property
    def subject(self) -> str:
        """The owner without its kind: `TD-24M`."""
        return self.owner.partition(":")[2]

    @property
    def whole(self) -> str:
        """Title, text and how people ask for it: what is indexed."""
        return f"{self.title}\n{self.text}\n{self.asked}" if self.asked else f"{self.title}\n{self.text}"
