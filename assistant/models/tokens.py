"""Counting tokens: by the served model's tokenizer, by a local one, else by ranks that the project trained itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.models.endpoint import Endpoint, trusted

RANKS = Path(__file__).parent / "own.tiktoken"
PATTERN = r"'(?:[sdmt]|ll|ve|re)| ?\p{Han}{1,2}| ?(?:(?!\p{Han})\p{L})+| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
"""Where a text is cut before pairs are joined. Two Han characters at most are one token: the ranks know their own text
by heart, and would count a stranger's too low."""
_WAIT_S = 2.0
_KEPT = 4096


class Tokens:
    """Counts a text's tokens; `name` says by what, `exact` whether it is the model's own tokenizer."""

    def __init__(self, endpoint: Endpoint | None = None) -> None:
        self._endpoint = endpoint
        self.name, self.exact = "own ranks", False
        self._count: Callable[[str], int] | None = None
        self.kept = lru_cache(maxsize=_KEPT)(self._counted)

    def __call__(self, text: str) -> int:
        """Tokens of a text, kept by text."""
        return self.kept(text)

    def _counted(self, text: str) -> int:
        if self._count is None:
            self._count = self._chosen()
        return self._count(text)

    def _chosen(self) -> Callable[[str], int]:
        """The best that is to be had. Asked once: a server without `/tokenize` has none later either."""
        endpoint = self._endpoint
        if endpoint is not None and endpoint.local is not None:
            from assistant.models.local_engine import engine_of

            engine = engine_of(endpoint.local)
            self.name, self.exact = f"tokenizer of {endpoint.local}", True
            return lambda text: len(engine.tokenizer.encode(text, add_special_tokens=False))
        if endpoint is not None and served(endpoint, "a") is not None:
            self.name, self.exact = "the server's /tokenize", True
            # A server that goes away between two counts is counted for by the ranks: a budget needs some number.
            return lambda text: served(endpoint, text) or own_ranks(text)
        return own_ranks


def served(endpoint: Endpoint, text: str) -> int | None:
    """Tokens by the server's own tokenizer (vLLM's `/tokenize`); None where it has none."""
    import httpx2

    root = endpoint.url.removesuffix("/").removesuffix("/v1")
    asked = {"model": endpoint.name, "prompt": text, "add_special_tokens": False}
    headers = {"authorization": f"Bearer {key}"} if (key := endpoint.key.get_secret_value()) else {}
    try:
        with httpx2.Client(timeout=_WAIT_S, trust_env=False, verify=trusted()) as wire:
            answer = wire.post(f"{root}/tokenize", json=asked, headers=headers)
        count = answer.json()["count"] if answer.status_code == 200 else None
    except (httpx2.HTTPError, json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError):
        return None
    return count if isinstance(count, int) else None


def own_ranks(text: str) -> int:
    """Tokens by the project's own ranks: about what a large model's tokenizer gives, rather more than fewer."""
    return len(_encoding().encode_ordinary(text))


@lru_cache(maxsize=1)
def _encoding() -> Any:
    import tiktoken

    # tiktoken's own loader keeps a copy in the machine's temporary folder.
    rows = (line.split() for line in RANKS.read_text("ascii").splitlines())
    ranks = {base64.b64decode(token): int(rank) for token, rank in rows}
    return tiktoken.Encoding("own", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})
