"""A model in this process: transformers computes, llguidance holds decoding to a schema. Heavy: import where used."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import llguidance.hf
import numpy as np
import torch
from llguidance import LLMatcher
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LogitsProcessor,
    StoppingCriteria,
    StoppingCriteriaList,
    TextIteratorStreamer,
)

from assistant.errors import ModelAnswer, ModelUnavailable, SettingsError

_WORD = 32
"""Bits in a word of llguidance's mask."""
_LEAST = 0.5
"""Models leave some places of their vocabulary empty; so many only where the tokenizer is another's."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the model said. `finish_reason` is `stop`, or `length` where its tokens ran out."""

    text: str
    finish_reason: str
    tokens_in: int
    tokens_out: int


class LocalEngine:
    """One model and its tokenizer. One text at a time: a second caller waits."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """`folder` holds config, weights and tokenizer. Raises SettingsError where it does not."""
        if not (folder / "config.json").is_file():
            raise SettingsError(f"{folder} holds no model.", "Give a folder with config.json, weights and tokenizer.")
        torch.set_num_threads(threads)
        try:
            tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model: Any = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, dtype="auto")
        except (OSError, ValueError, KeyError) as error:
            what = str(error).splitlines()[0][:200]
            raise SettingsError(f"The model in {folder} cannot be loaded: {what}", "See that it is whole.") from error
        _match(folder, tokenizer, model.config.vocab_size)
        self._model, self.tokenizer = model.eval(), tokenizer
        self.context: int = self._model.config.max_position_embeddings
        self._grammar = llguidance.hf.from_tokenizer(self.tokenizer, n_vocab=self._model.config.vocab_size)
        self._one = threading.Lock()

    def tokens(self, messages: Sequence[Mapping[str, str]]) -> list[int]:
        """The prompt as the model reads it, thinking off."""
        return list(
            self.tokenizer.apply_chat_template(
                [dict(message) for message in messages],
                add_generation_prompt=True,
                enable_thinking=False,
                return_dict=False,
            )
        )

    def say(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any] | None,
        *,
        max_tokens: int,
        temperature: float,
        seed: int,
        stopped: Callable[[], bool] = lambda: False,
        streamer: TextIteratorStreamer | None = None,
    ) -> Said:
        """An answer of at most `max_tokens` tokens; `stopped` is asked before each.

        Raises ModelAnswer for a prompt that the model's context cannot hold, ModelUnavailable when stopped.
        """
        prompt = self.tokens(messages)
        if len(prompt) + 1 > self.context:
            what = f"The prompt has {len(prompt)} tokens, the model's context {self.context}."
            raise ModelAnswer(
                what, "The prompt is too long: serve a model with a longer context, or shorten it.", fault="rejected"
            )
        room = min(max_tokens, self.context - len(prompt))
        held = [_Held(self._grammar, schema)] if schema is not None else []
        with self._one, torch.inference_mode(), torch.random.fork_rng():
            torch.manual_seed(seed)
            out = self._model.generate(
                torch.tensor([prompt]),
                attention_mask=torch.ones(1, len(prompt), dtype=torch.long),
                max_new_tokens=room,
                do_sample=temperature > 0,
                **({"temperature": temperature} if temperature > 0 else {}),
                logits_processor=held,
                stopping_criteria=StoppingCriteriaList([_Stopped(stopped)]),
                streamer=streamer,
                pad_token_id=self.tokenizer.pad_token_id or self.tokenizer.eos_token_id,
            )
        if stopped():
            raise ModelUnavailable("The model was stopped before it had answered.")
        new = out[0, len(prompt) :].tolist()
        ended = new[-1:] == [self.tokenizer.eos_token_id]
        text = self.tokenizer.decode(new, skip_special_tokens=True)
        return Said(text, "stop" if ended else "length", len(prompt), len(new))


def _match(folder: Path, tokenizer: Any, size: int) -> None:
    """SettingsError where the tokenizer is another model's, or knows no conversations."""
    largest = max(tokenizer.get_vocab().values(), default=0)
    if largest >= size or largest < size * _LEAST:
        what = f"The tokenizer in {folder} does not match the model: it has {largest + 1:,} tokens, the model {size:,}."
        raise SettingsError(what, "Put the files of the model's own tokenizer there.")
    if not tokenizer.chat_template:
        what = f"The tokenizer in {folder} has no chat template."
        raise SettingsError(what, "Take the model's instruct version, or add chat_template.jinja.")


class _Held(LogitsProcessor):  # type: ignore[misc]
    """Lets through what may come next in a JSON text of the schema."""

    def __init__(self, grammar: Any, schema: Mapping[str, Any]) -> None:
        written = LLMatcher.grammar_from_json_schema(json.dumps(schema), overrides={"whitespace_flexible": False})
        self._matcher = LLMatcher(grammar, written)
        if error := self._matcher.get_error():
            raise ModelAnswer(f"The schema cannot be held to: {error.splitlines()[0][:200]}")
        self._seen: int | None = None

    def __call__(self, ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        if self._seen is not None:
            self._matcher.consume_tokens(ids[0, self._seen :].tolist())
        self._seen = ids.shape[1]
        words = np.frombuffer(self._matcher.compute_bitmask(), dtype=np.uint8)
        allowed = np.unpackbits(words, bitorder="little")[: scores.shape[1]].astype(bool)
        beyond = scores.shape[1] - len(allowed)
        mask = torch.from_numpy(np.pad(allowed, (0, max(0, beyond))))
        return scores.masked_fill(~mask, float("-inf"))


class _Stopped(StoppingCriteria):  # type: ignore[misc]
    def __init__(self, stopped: Callable[[], bool]) -> None:
        self._stopped = stopped

    def __call__(self, ids: torch.LongTensor, scores: torch.FloatTensor, **_: Any) -> torch.BoolTensor:
        return torch.full((ids.shape[0],), self._stopped(), dtype=torch.bool)


@lru_cache(maxsize=2)
def engine_of(folder: Path, threads: int = 1) -> LocalEngine:
    """The model of a folder, loaded once for the process."""
    return LocalEngine(folder, threads)


def streamed(engine: LocalEngine, run: Callable[[TextIteratorStreamer], object]) -> Iterator[str]:
    """The pieces of a text while `run(streamer)` makes it in a thread; what `run` raises is raised at the end."""
    streamer = TextIteratorStreamer(engine.tokenizer, skip_prompt=True, skip_special_tokens=True)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            run(streamer)
        except BaseException as error:  # noqa: BLE001  (it is raised again where it is waited for)
            failed.append(error)
            streamer.end()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield from streamer
    thread.join()
    if failed:
        raise failed[0]
