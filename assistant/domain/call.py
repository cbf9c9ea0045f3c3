"""A call of a model as it is kept: what was asked, what came back, what it cost."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

CallKind = Literal["write", "repair", "suggest"]


class Cut(BaseModel):
    """Evidence that a prompt's budget had no room for."""

    model_config = ConfigDict(frozen=True)
    evidence: str
    tokens: int
    why: str


class Call(BaseModel):
    """One call of a model, so that a draft can say where it comes from and the call can be made again.

    `prompt` is id, version and content (`write.v1@1a2b3c4d`); `sampling` what the request set beside the seed;
    `met` the passing faults that were tried again; `latency_s` seconds, retries included.
    """

    model_config = ConfigDict(frozen=True)
    id: str
    kind: CallKind
    model: str
    revision: str = ""
    prompt: str
    knowledge: str
    sampling: dict[str, float] = {}
    seed: int = 0
    messages: list[dict[str, str]]
    schema_: dict[str, Any] = Field(alias="schema")
    answer: dict[str, Any]
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    latency_s: float = 0.0
    met: list[str] = []
    cut: list[Cut] = []
