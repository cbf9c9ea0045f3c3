"""The audit's chain: each row carries the hash of the one before it, so that no change of the past goes unseen."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

GENESIS = "0" * 64


class Entry(BaseModel):
    """One row: who did what to which thing. `seq` counts from 1; `hash` covers all else, `before` included."""

    model_config = ConfigDict(frozen=True)
    seq: int
    at: dt.datetime
    who: str
    act: str
    subject: str
    body: Mapping[str, Any]
    before: str
    hash: str


class Seal(BaseModel):
    """A signed head of the chain, kept outside the database: up to `seq` nothing was cut or changed since."""

    model_config = ConfigDict(frozen=True)
    seq: int
    hash: str
    at: dt.datetime
    signature: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a verification. `fault` names the first bad row; `sealed` is the last row that a seal covers."""

    rows: int
    sealed: int
    seals: int
    fault: str = ""

    @property
    def unsealed(self) -> int:
        """Rows that came after the last seal: sound as a chain, but their cutting would not show."""
        return max(0, self.rows - self.sealed)


def hash_of(seq: int, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any], before: str) -> str:
    """The hash of a row, SHA-256 in hexadecimal digits."""
    told = [seq, at.astimezone(dt.UTC).isoformat(), who, act, subject, body, before]
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def linked(last: int, head: str, at: dt.datetime, who: str, act: str, subject: str, body: Mapping[str, Any]) -> Entry:
    """The row that follows row `last`, whose hash is `head`; after none, 0 and GENESIS."""
    own = hash_of(last + 1, at, who, act, subject, body, head)
    return Entry(seq=last + 1, at=at, who=who, act=act, subject=subject, body=body, before=head, hash=own)


def verify(rows: Iterable[Entry], seals: Sequence[Seal]) -> Verified:
    """Follow a chain from its first row; compare it with its seals, whose signatures are known to be good."""
    expected: dict[int, str] = {}
    for seal in seals:
        if expected.setdefault(seal.seq, seal.hash) != seal.hash:
            return Verified(0, 0, len(seals), f"row {seal.seq} was sealed twice, and not as the same row")
    last = max(expected, default=0)
    head, seq = GENESIS, 0
    for row in rows:
        seq += 1
        if row.seq != seq:
            return Verified(seq - 1, last, len(seals), f"row {seq} is missing: row {row.seq} stands in its place")
        if row.before != head:
            return Verified(seq, last, len(seals), f"row {seq} does not follow row {seq - 1}")
        if row.hash != hash_of(row.seq, row.at, row.who, row.act, row.subject, row.body, row.before):
            return Verified(seq, last, len(seals), f"row {seq} was changed: its hash does not fit what it says")
        if expected.get(seq, row.hash) != row.hash:
            return Verified(seq, last, len(seals), f"row {seq} is not the one that was sealed")
        head = row.hash
    if seq < last:
        return Verified(seq, last, len(seals), f"row {seq + 1} is missing: rows up to {last} were sealed")
    return Verified(seq, last, len(seals))
