"""copydesk model probe: what the model's server really does."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict

from assistant.commands.common import desk_of, line
from assistant.errors import SettingsError


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

    found = asyncio.run(Probe(desk.endpoint).run())
    advice = found.recommended(desk.endpoint) if found.reachable else {}
    if given.json:
        line({**asdict(found), "recommended": advice})
    else:
        print(f"server         {desk.endpoint.url}")
        print(f"reachable      {'yes' if found.reachable else 'no'}{f': {found.why}' if found.why else ''}")
        rows = {
            "models": ", ".join(found.models),
            "context": f"{found.context:,} tokens" if found.context else "not told",
            "JSON Schema": found.schema,
            "thinking": found.thinking,
            "finish_reason": found.finish_reason,
            "prefix cache": found.cached,
            "tokens": found.tokenizer,
            "speed": ", ".join(f"{many} at once {speed:,.0f} tokens/s" for many, speed in found.speed.items()),
        }
        for name, words in rows.items() if found.reachable else ():
            print(f"{name:14} {words}")
        for number, (key, value) in enumerate(advice.items()):
            print(f"{'recommended' if number == 0 else '':14} {key} = {value!r}".replace("'", '"'))
    return 0 if found.reachable and desk.endpoint.name in found.models else 1


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
