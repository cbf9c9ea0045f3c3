"""What the desk relies on in any model, however it is served. Words may be noise; their form may not.

A test file makes a subclass whose name begins with Test and gives it a fixture `served`.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelAnswer, ModelUnavailable
from assistant.models.answer import validate
from assistant.models.structured import Structured
from tests.conftest import ROOT
from tests.contract.schemas import ENDLESS, PLAIN, SCHEMAS, SHORT, closed
from tests.contract.served import PATIENCE_S, Served, ask, said, together

SLACK_S = 4.0
"""Seconds on a busy machine between a deadline and the error that tells of it."""


class ModelContract:
    """Every model passes these."""

    @pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
    def test_every_answer_is_held_to_its_schema(self, served: Served, schema: dict[str, Any]) -> None:
        answers = together(served.structured, *[(f"Say something, {n}.", schema) for n in range(10)])
        for answer in answers:
            validate(answer.content, schema)
            assert answer.finish_reason == "stop" and answer.tokens_in > 0 and answer.tokens_out > 0
        assert len({json.dumps(answer.content) for answer in answers}) > 1, "the words are not drawn anew"

    def test_no_thought_stands_in_an_answer(self, served: Served) -> None:
        async def once() -> Any:
            named = {"name": "answer", "schema": PLAIN, "strict": True}
            held = {"response_format": {"type": "json_schema", "json_schema": named}}
            model = served.build(served.endpoint)
            beside = getattr(model, "extra_body", None)
            try:
                return await model.ainvoke(
                    list(said("Think.")), **({"extra_body": {**beside, **held}} if beside else held)
                )
            finally:
                if (client := getattr(model, "root_async_client", None)) is not None:
                    await client.close()

        message = asyncio.run(once())
        assert "<think>" not in message.content and json.loads(message.content)
        assert not message.additional_kwargs.get("reasoning_content")

    @pytest.mark.parametrize("count", [8, 16])
    def test_asks_at_once_each_get_their_own_answer(self, served: Served, count: int) -> None:
        asks = [(f"Number {n}.", closed(own={"enum": [f"ask-{n}"]}, word=SHORT)) for n in range(count)]
        answers = together(served.structured, *asks)
        assert [answer.content["own"] for answer in answers] == [f"ask-{n}" for n in range(count)]

    def test_an_ask_ends_at_its_deadline(self, served: Served) -> None:
        async def late(model: Structured) -> None:
            with pytest.raises(ModelUnavailable, match=r"within 1\.5 s"):
                await ask(model, "Write on.", ENDLESS, deadline_s=1.5)

        assert _then_answers(served, late) < 1.5 + SLACK_S

    def test_an_ask_ends_when_its_task_is_cancelled(self, served: Served) -> None:
        async def given_up(model: Structured) -> None:
            task = asyncio.create_task(ask(model, "Write on.", ENDLESS))
            await asyncio.wait({task}, timeout=1)
            assert not task.done()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        assert _then_answers(served, given_up) < 1 + SLACK_S

    def test_an_answer_that_is_cut_off_says_so(self, served: Served) -> None:
        with pytest.raises(ModelAnswer, match="cut off"):
            together(served.with_answers_of(4), ("Say something.", PLAIN))

    def test_a_prompt_that_is_too_long_is_refused_as_such(self, served: Served) -> None:
        with pytest.raises(ModelAnswer, match="too long"):
            together(served.structured, ("word " * 2 * served.context, PLAIN))
        assert together(served.structured, ("Say something.", PLAIN))

    def test_a_matrix_is_written(self, served: Served, tmp_path: Path) -> None:
        before = served.ended() if served.ended else 0
        cells = _written(served, tmp_path)
        assert len(cells) == 2 and {cell["status"] for cell in cells} <= {"written", "fallback"}
        for cell in cells:
            assert len(cell["variants"]) == 2 and all(text["verdict"] != "block" for text in cell["variants"])
            # What the model said was judged; it was not out of reach.
            by_model = any(text["writer"].startswith("model:") for text in cell["variants"])
            assert by_model or re.search("the model's texts|cut off|holds a slot", cell["why"]), cell["why"]
        assert served.ended is None or served.ended() >= before + 2


def _then_answers(served: Served, first: Callable[[Structured], Awaitable[None]]) -> float:
    """How long `first` took, in seconds; afterwards the model answers as ever."""

    async def both() -> float:
        model = served.with_answers_of(served.context - 500)
        try:
            await ask(model, "Are you there?", PLAIN)  # connections and grammar are made before the clock runs
            began = time.monotonic()
            await first(model)
            spent = time.monotonic() - began
            validate((await ask(model, "And now?", PLAIN)).content, PLAIN)
            return spent
        finally:
            await model.aclose()

    return asyncio.run(both())


def _written(served: Served, home: Path) -> list[dict[str, Any]]:
    """The cells of a small matrix, written by the command in a process of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    brief = "B1-TERM2Y --segment salary --age 25-34 --channel sms push --locale zh-Hans -n 2 --json".split()
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "write", *brief],
        cwd=ROOT,
        env={**kept, "COPYDESK_HOME": str(home), **served.environment},
        capture_output=True,
        timeout=2 * PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]
