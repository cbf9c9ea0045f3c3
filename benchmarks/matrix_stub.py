"""How near to the ideal a matrix of calls runs, and what our side costs: `python -m benchmarks.matrix_stub`.

640 calls, 32 at once, against a scripted endpoint of one second in a process of its own; LangChain's own
`abatch` beside our `Structured.ask`, over the same chat model. Prints a Markdown table.
"""

from __future__ import annotations

import asyncio
import math
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.models.endpoint import Endpoint, chat_model
from assistant.models.structured import Structured
from assistant.writing.model.answer import answer_schema, decoding_schema

CALLS, AT_ONCE = 640, 32
SLOTS = ("{product.name}", "{product.rate}", "{campaign.link}")
SCHEMA = decoding_schema(("gain", "ease", "fit"), 3, True, SLOTS)
PROMPT = "Write.\n" + "Some evidence of a usual length. " * 120 + "\n- `{product.name}`: name\nWrite in English (en)."
MESSAGES = [{"role": "system", "content": "You write copy."}, {"role": "user", "content": PROMPT}]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one pass: seconds on the wall, seconds of this process's CPU, calls made."""

    wall_s: float
    cpu_s: float
    calls: int


@contextmanager
def server(delay_s: float) -> Iterator[str]:
    """The URL of a scripted endpoint in a process of its own."""
    command = [sys.executable, "-m", "assistant.models.scripted", "--port", "0", "--delay", str(delay_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0]
        process.terminate()


async def measured(calls: int, run: Callable[[], Awaitable[object]]) -> Cost:
    """What a pass costs."""
    wall, cpu = time.perf_counter(), time.process_time()
    await run()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu, calls)


async def ours(endpoint: Endpoint, calls: int) -> Cost:
    """Structured.ask under a semaphore: parsed, validated, each with its deadline."""
    model, places = Structured(endpoint), asyncio.Semaphore(AT_ONCE)
    accept = answer_schema(("gain", "ease", "fit"), 3, True)

    async def one() -> None:
        async with places:
            await model.ask(MESSAGES, SCHEMA, deadline_s=60, accept=accept)

    async def every() -> None:
        await asyncio.gather(*(one() for _ in range(calls)))

    await one()  # the imports and the first connection are not what is measured
    cost = await measured(calls, every)
    await model.aclose()
    return cost


async def langchain(endpoint: Endpoint, calls: int) -> Cost:
    """LangChain's own way, over the same chat model: with_structured_output and abatch."""
    model = chat_model(endpoint).with_structured_output(
        {"title": "answer", "description": "variants", **SCHEMA}, method="json_schema", include_raw=True
    )
    await model.ainvoke(MESSAGES)
    return await measured(calls, lambda: model.abatch([MESSAGES] * calls, config={"max_concurrency": AT_ONCE}))


def main() -> None:
    """Measure and print."""
    ways = {"Structured.ask + semaphore": ours, "LangChain abatch": langchain}
    print(f"{CALLS} calls, {AT_ONCE} at once; ideal {math.ceil(CALLS / AT_ONCE)} s\n")
    print("| way | wall, s | share of the ideal | CPU of our side, ms a call | cap at delay 0, calls/s |")
    print("|---|---|---|---|---|")
    for name, way in ways.items():
        with server(1.0) as url:
            slow = asyncio.run(way(Endpoint(url, "scripted", concurrency=AT_ONCE), CALLS))
        with server(0.0) as url:
            fast = asyncio.run(way(Endpoint(url, "scripted", concurrency=AT_ONCE), CALLS))
        share = math.ceil(CALLS / AT_ONCE) / slow.wall_s
        cap = fast.calls / fast.wall_s
        print(f"| {name} | {slow.wall_s:.2f} | {share:.0%} | {1000 * slow.cpu_s / slow.calls:.1f} | {cap:.0f} |")


if __name__ == "__main__":
    main()
