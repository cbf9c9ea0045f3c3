"""How much of a prompt the server has read before: token by token, and as the server itself reports it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import httpx2

from assistant.bootstrap.desk import Desk
from assistant.writing.model.prompt import Message
from benchmarks.model_cells import desk_layout, jobs_of, task_first
from benchmarks.model_sides import PATIENCE_S
from eval.vllm_server import NAME

AT_ONCE, VARIANTS = 32, 3
PREFIX_HEAD = """\
| way | at once | shared with the one before | whole blocks sent before | the server reports cached | of what it could |
| :-- | --: | --: | --: | --: | --: |"""
_OFF = {"enable_thinking": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One way to send the matrix. Tokens: of all prompts; shared with the prompt before; that the cache could have
    held, in whole blocks of whatever was sent before; that the server reports as cached."""

    way: str
    at_once: int
    tokens: int
    shared: int
    allowed: int
    cached: int

    def __str__(self) -> str:
        shares = [f"{part / self.tokens:.1%}" for part in (self.shared, self.allowed, self.cached)]
        return f"| {self.way} | {self.at_once} | {' | '.join(shares)} | {self.cached / self.allowed:.1%} |"


def common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two prompts share at their beginning."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def allowed(prompts: Sequence[Sequence[int]], block: int) -> Iterator[int]:
    """For each prompt, the tokens of whole blocks that it shares with the best of those before it."""
    for place, prompt in enumerate(prompts):
        yield max((common(prompt, before) for before in prompts[:place]), default=0) // block * block


async def block_size(wire: httpx2.AsyncClient) -> int:
    """Tokens of a block of the server's cache, as its metrics say."""
    told = (await wire.get("/metrics")).raise_for_status().text
    found = re.search(r'^vllm:cache_config_info{.*?\bblock_size="(\d+)"', told, re.MULTILINE)
    assert found, "the server's metrics name no block size"
    return int(found[1])


async def tokens_of(wire: httpx2.AsyncClient, messages: Sequence[Message]) -> list[int]:
    """The tokens of a rendered chat, by the server's own tokenizer and template."""
    asked = {"model": NAME, "messages": messages, "chat_template_kwargs": _OFF, "add_generation_prompt": True}
    found: list[int] = (await wire.post("/tokenize", json=asked)).raise_for_status().json()["tokens"]
    return found


async def cached_of(wire: httpx2.AsyncClient, chats: Sequence[Sequence[Message]], salt: str, at_once: int) -> int:
    """Tokens that the server reports as cached when the chats are sent in this order; its answers are one token long.

    `salt` parts this row's cache from those of the others: each begins with an empty one.
    """
    cached, todo = 0, iter(chats)
    asked = {"model": NAME, "max_tokens": 1, "chat_template_kwargs": _OFF, "cache_salt": salt}

    async def worker() -> None:
        nonlocal cached
        for messages in todo:
            answer = await wire.post("/v1/chat/completions", json={**asked, "messages": messages})
            details = answer.raise_for_status().json()["usage"]["prompt_tokens_details"]
            cached += (details or {}).get("cached_tokens") or 0

    await asyncio.gather(*(worker() for _ in range(at_once)))
    return cached


async def prefixes(desk: Desk, base: str) -> tuple[int, int, list[Row]]:
    """The block's size, the number of cells, and a row for each way."""
    prompts = [desk.prompter.prompt(job)[0] for job in jobs_of(desk, [VARIANTS])]
    ways = (
        ("the desk's layout", desk_layout, (1, AT_ONCE)),
        ("the cell's task first", task_first, (AT_ONCE,)),
    )
    rows = []
    async with httpx2.AsyncClient(base_url=base, timeout=PATIENCE_S, trust_env=False) as wire:
        block = await block_size(wire)
        for way, layout, several in ways:
            chats = [layout(prompt) for prompt in prompts]
            tokens = [await tokens_of(wire, chat) for chat in chats]
            shared = sum(common(one, then) for one, then in pairwise(tokens))
            could, total = sum(allowed(tokens, block)), sum(map(len, tokens))
            for at_once in several:
                cached = await cached_of(wire, chats, f"{way}, {at_once}", at_once)
                rows.append(Row(way, at_once, total, shared, could, cached))
    return block, len(prompts), rows
