"""A model's call as it is kept: what was asked, what came back, what it cost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assistant.domain.call import Call, CallKind, Cut


class Answered(Protocol):
    """What came back: an object that the schema holds, and what it took."""

    @property
    def content(self) -> dict[str, Any]: ...
    @property
    def model(self) -> str: ...
    @property
    def revision(self) -> str: ...
    @property
    def sampling(self) -> Mapping[str, float]: ...
    @property
    def seed(self) -> int: ...
    @property
    def tokens_in(self) -> int: ...
    @property
    def tokens_out(self) -> int: ...
    @property
    def cached(self) -> int: ...
    @property
    def latency_s(self) -> float: ...
    @property
    def met(self) -> Sequence[str]: ...


class Model(Protocol):
    """What asks a model."""

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        deadline_s: float,
        accept: Mapping[str, Any] | None = None,
        seed: int | None = None,
    ) -> Answered: ...


def call_of(
    kind: CallKind,
    prompt: str,
    knowledge: str,
    messages: Sequence[Mapping[str, str]],
    schema: Mapping[str, Any],
    answered: Answered,
    cut: Sequence[Cut] = (),
) -> Call:
    """The call that was made. Its id is the request's and the seed's: the same request twice is the same call."""
    plain = json.dumps([list(map(dict, messages)), answered.seed, answered.model], ensure_ascii=False)
    return Call(
        id=hashlib.sha256(plain.encode()).hexdigest()[:16],
        kind=kind,
        model=answered.model,
        revision=answered.revision,
        prompt=prompt,
        knowledge=knowledge,
        sampling=dict(answered.sampling),
        seed=answered.seed,
        messages=[dict(message) for message in messages],
        schema=dict(schema),
        answer=answered.content,
        tokens_in=answered.tokens_in,
        tokens_cached=answered.cached,
        tokens_out=answered.tokens_out,
        latency_s=round(answered.latency_s, 3),
        met=list(answered.met),
        cut=list(cut),
    )
