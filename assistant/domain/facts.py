"""A fact: one checkable statement of the catalogue, with its source and its version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.domain.values import FactValue, Kind, Locale


@dataclass(frozen=True)
class Fact:
    """One value of a product, a campaign or the institution.

    `owner` is `product:TD-24M`, `campaign:B1-TERM2Y` or `pack`; `source` the file below the pack's folder.
    """

    owner: str
    key: str
    kind: Kind
    value: Any
    source: str

    @property
    def slot(self) -> str:
        """The slot that this fact fills: `product:TD-24M.rate`."""
        return f"{self.owner}.{self.key}"

    @cached_property
    def version(self) -> str:
        """Eight hexadecimal digits that change when, and only when, the value changes."""
        plain = json.dumps([self.kind, self.value], default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()[:8]

    @property
    def ref(self) -> str:
        """`path#key@version`, the proof that a claim carries."""
        subject = self.owner.partition(":")[2] or self.owner
        return f"{self.source}#{subject}.{self.key}@{self.version}"

    @property
    def comparable(self) -> object:
        """What two facts of one kind are equal by."""
        return FactValue.model_construct(kind=self.kind, value=self.value).comparable

    def names(self) -> tuple[str, ...]:
        """Every spelling of a fact that is a text: a name, a reward."""
        return tuple(self.value.values()) if isinstance(self.value, dict) else ()

    def text(self, locale: Locale) -> str:
        """A localised value's own words; raises KeyError where the locale is missing."""
        return str(self.value[locale])
