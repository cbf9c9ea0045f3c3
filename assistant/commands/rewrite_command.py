"""copydesk rewrite DRAFT: another wording of it, kept beside the old one."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line
from assistant.domain.draft import Kept, Variant
from assistant.domain.suitability import Refusal
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.writing.drafts import Job
    from assistant.writing.rewrite import Rewritten


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
    kept = desk.drafts.kept(given.draft)
    done = asyncio.run(_rewritten(desk, kept, job_of(desk, kept), given.note, given.sentence))
    fresh = desk.drafts.put_beside(kept, done.after, done.calls) if done.after else None
    if given.json:
        told = {"draft": kept.variant.id, "note": given.note, "sentence": given.sentence, "why": done.why}
        variant = fresh.model_dump(exclude={"call"}) if fresh else None
        line({**told, "variant": variant, "faults": done.faults})
    else:
        print(_shown(kept, fresh, done))
    return 0 if fresh else 1


def job_of(desk: Desk, kept: Kept) -> Job:
    """What a kept draft was written for, as a writer gets it today. InputError where that may be written no more."""
    cell, pack = kept.cell, desk.pack
    tables = (pack.campaigns, pack.segments, pack.ages, pack.channels)
    parts = (cell.campaign, cell.segment, cell.age, cell.channel)
    gone = [part for part, table in zip(parts, tables, strict=True) if part not in table]
    if gone:
        raise InputError(f"The draft was written for {gone[0]}, which the pack holds no more.", "Write it anew.")
    job = desk.job(cell, kept.brief)
    if isinstance(job, Refusal):
        raise InputError(f"{cell.key} may be written no more. {job.rule}: {job.why}.", "Write for another audience.")
    return job


async def _rewritten(desk: Desk, kept: Kept, job: Job, note: str, sentence: str) -> Rewritten:
    try:
        return await desk.rewriter.rewrite(kept, job, note, sentence)
    finally:
        if desk.structured is not None:
            await desk.structured.aclose()


def _shown(kept: Kept, fresh: Variant | None, done: Rewritten) -> str:
    rows = [f"before  {kept.variant.id}  {kept.variant.angle}", kept.variant.text, ""]
    if done.why:
        rows += [f"why     {done.why}", ""]
    if fresh is not None:
        rows += [f"after   {fresh.id}  {fresh.angle}, {fresh.writer}, {fresh.verdict}", fresh.text]
        rows += [f"        {one.severity}: {one.rule}: {one.message}" for one in fresh.findings]
    return "\n".join(rows)
