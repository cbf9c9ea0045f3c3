"""copydesk model probe: what the model's server really does."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.models.probed import Probed


def options(parser: argparse.ArgumentParser) -> None:
    """What is done with the model, and the form of the answer."""
    parser.add_argument("action", choices=["probe"])
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where the server cannot be used as it is set."""
    desk = desk_of(given)
    if desk.endpoint is None:
        raise SettingsError("No model is set.", "Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME.")
    if desk.endpoint.local is not None:
        return _local(desk.endpoint.local, given.json)
    from assistant.models.probe import Probe
    from assistant.models.tokens import own_ranks
    from assistant.writing.model.prompt import load_prompt

    about = load_prompt(desk.content / "prompts", "write").about(own_ranks)
    found = asyncio.run(Probe(desk.endpoint, about).run())
    advice = found.recommended(desk.endpoint)
    if given.json:
        line({**asdict(found), "recommended": advice})
    else:
        print("\n".join(f"{name:14} {words}" for name, words in _rows(found, advice)))
    return 0 if found.usable else 1


def _rows(found: Probed, advice: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What is printed, name and words."""
    yield "server", found.server
    yield "reachable", ("yes" if found.reachable else "no") + (f": {found.why}" if found.why else "")
    if found.mend:
        yield "mend", found.mend
    if not found.reachable:
        return
    speeds = [f"{many} at once {speed:,.0f} tokens/s" for many, speed in found.speed.items()]
    yield "models", ", ".join(found.models) or "not told"
    yield "context", (f"{found.context:,} tokens; " if found.context else "") + found.room
    yield "JSON Schema", found.schema
    yield "thinking", found.thinking
    yield "finish_reason", found.finish_reason
    yield "prefix cache", found.cached
    yield "tokens", found.tokenizer
    yield "speed", ", ".join([*speeds, *found.failed.values()]) or "not told"
    for number, (key, value) in enumerate(advice.items()):
        yield "" if number else "recommended", f"{key} = {json.dumps(value)}"


def _local(folder: object, as_json: bool) -> int:
    from pathlib import Path

    from assistant.models.local_engine import engine_of

    engine = engine_of(Path(str(folder)))
    told = {"folder": str(folder), "context": engine.context, "schema": "enforced (llguidance)", "thinking": "off"}
    if as_json:
        line(told)
    else:
        for name, words in told.items():
            print(f"{name:14} {words}")
    return 0
