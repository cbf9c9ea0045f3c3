"""The knowledge at one moment, as versions: what a later change is measured against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.domain.formats import written
from assistant.domain.pack import Pack


class Version(BaseModel):
    """One thing of the knowledge: its version (eight hexadecimal digits) and how it reads."""

    model_config = ConfigDict(frozen=True)
    version: str
    reads: str = ""


class Knowledge(BaseModel):
    """Every fact (`TD-24M.rate`), disclosure and rule of a pack by id. `wordings`: the words of each disclosure."""

    model_config = ConfigDict(frozen=True)
    version: str
    facts: Mapping[str, Version]
    disclosures: Mapping[str, Version]
    rules: Mapping[str, Version]
    wordings: Mapping[str, tuple[str, ...]]


def knowledge_of(pack: Pack) -> Knowledge:
    """The versions of everything that a text may rest on or be held to."""
    return Knowledge(
        version=pack.version,
        facts={
            short_key(fact.ref): Version(version=fact.version, reads=written(fact, pack.locales[0]))
            for fact in pack.facts.values()
        },
        disclosures={
            own: Version(version=_digest(one.model_dump(mode="json"))) for own, one in pack.disclosures.items()
        },
        rules={
            # A rule's message and its examples change nothing about a text.
            own: Version(version=_digest(one.model_dump(mode="json", exclude={"message", "must_flag", "must_pass"})))
            for own, one in pack.rules.items()
        },
        wordings={
            own: tuple(
                words
                for table in (one.jurisdictions, one.short, one.spoken)
                for texts in table.values()
                for words in texts.values()
            )
            for own, one in pack.disclosures.items()
        },
    )


def short_key(ref: str) -> str:
    """`products/deposits.yaml#TD-24M.rate@1a2b3c4d` → `TD-24M.rate`."""
    return ref.partition("#")[2].rpartition("@")[0]


def _digest(value: Any) -> str:
    plain = json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:8]
