"""copydesk rewrite DRAFT: another wording of it, kept beside the old one."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.review.rewording import Reworded


def options(parser: argparse.ArgumentParser) -> None:
    """The draft, the wish, and the form of the answer."""
    parser.add_argument("draft", help="a draft's id, as `write --json` names it")
    parser.add_argument("--note", default="", help="the wish: warmer, shorter")
    parser.add_argument("--sentence", default="", help="a sentence of the text: it alone is replaced")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where there is no new text that passes the checks."""
    if not given.note.strip() and not given.sentence.strip():
        raise InputError(
            "Nothing is asked for.", "Say what you wish (--note), or which sentence is to go (--sentence)."
        )
    desk = desk_of(given)
    done = asyncio.run(_reworded(desk, given.draft, given.note, given.sentence))
    kept, fresh = done.kept, done.fresh
    if given.json:
        told = {"draft": kept.variant.id, "note": given.note, "sentence": given.sentence, "why": done.why}
        variant = fresh.model_dump(exclude={"call"}) if fresh else None
        line({**told, "variant": variant, "faults": done.faults})
    else:
        print(_shown(done))
    return 0 if fresh else 1


async def _reworded(desk: Desk, draft: str, note: str, sentence: str) -> Reworded:
    try:
        return await desk.rewording.reword(draft, note, sentence)
    finally:
        if desk.structured is not None:
            await desk.structured.aclose()


def _shown(done: Reworded) -> str:
    kept, fresh = done.kept, done.fresh
    rows = [f"before  {kept.variant.id}  {kept.variant.angle}", kept.variant.text, ""]
    if done.why:
        rows += [f"why     {done.why}", ""]
    if fresh is not None:
        rows += [f"after   {fresh.id}  {fresh.angle}, {fresh.writer}, {fresh.verdict}", fresh.text]
        rows += [f"        {one.severity}: {one.rule}: {one.message}" for one in fresh.findings]
    return "\n".join(rows)
