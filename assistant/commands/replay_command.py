"""copydesk replay DRAFT: the same request once more, and how the answer differs."""

from __future__ import annotations

import argparse
import asyncio
import difflib
import json

from assistant.commands.common import desk_of, line
from assistant.domain.call import Call
from assistant.errors import InputError, SettingsError


def options(parser: argparse.ArgumentParser) -> None:
    """The draft, and the form of the answer."""
    parser.add_argument("draft", help="a draft's id")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where the model answers otherwise than it did."""
    desk = desk_of(given)
    call = desk.drafts.call_of(given.draft)
    if call is None:
        raise InputError(f"No model wrote the draft {given.draft}.", "Only a model's call can be made again.")
    if desk.structured is None:
        raise SettingsError("No model is set.", "Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME.")
    structured = desk.structured

    async def again() -> tuple[dict[str, object], str]:
        try:
            answer = await structured.ask(
                call.messages, call.schema_, deadline_s=desk.settings.model_timeout, seed=call.seed
            )
            return answer.content, f"{answer.model} {answer.revision}".strip()
        finally:
            await structured.aclose()

    content, by = asyncio.run(again())
    before, after = _shown(call.answer), _shown(content)
    difference = list(difflib.unified_diff(before, after, "then", "now", lineterm=""))
    if given.json:
        line({"draft": given.draft, "call": call.id, "model": by, "same": not difference, "diff": difference})
    else:
        print(_told(call, by))
        print("\n".join(difference) if difference else "The answer is the same.")
    return 1 if difference else 0


def _told(call: Call, by: str) -> str:
    sampling = ", ".join(f"{name} {value:g}" for name, value in call.sampling.items())
    return (
        f"call      {call.id} ({call.kind}, {call.prompt}, knowledge {call.knowledge})\n"
        f"then      {call.model} {call.revision}".rstrip()
        + f"\nnow       {by}\n"
        f"sampling  {sampling}, seed {call.seed}\n"
        f"tokens    {call.tokens_in:,} in ({call.tokens_cached:,} cached), {call.tokens_out:,} out; "
        f"{call.latency_s:.1f} s"
    )


def _shown(answer: dict[str, object]) -> list[str]:
    return json.dumps(answer, ensure_ascii=False, indent=1).splitlines()
