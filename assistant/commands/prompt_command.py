"""copydesk prompt show CELL: what would be sent to the model, with its tokens by section."""

from __future__ import annotations

import argparse
import datetime as dt

from assistant.commands.common import desk_of, line
from assistant.domain.brief import Brief, Cell, brief_for
from assistant.domain.pack import Pack
from assistant.domain.suitability import Refusal
from assistant.errors import InputError


def options(parser: argparse.ArgumentParser) -> None:
    """The cell, and the form of the answer."""
    parser.add_argument("action", choices=["show"])
    parser.add_argument("cell", help="campaign/segment/age/channel/locale/market, as `write --json` names it")
    parser.add_argument("-n", type=int, default=3, help="variants (3)")
    parser.add_argument("--note", default="", help="a wish in words")
    parser.add_argument("--send-on", help="the day of sending: 2026-12-24 (today)")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 for a cell that is not written at all."""
    desk = desk_of(given)
    cell, brief = cell_of(desk.pack, given.cell, given.n, given.note, given.send_on)
    job = desk.job(cell, brief)
    if isinstance(job, Refusal):
        print(f"{cell.key} is not written. {job.rule}: {job.why}")
        return 1
    prompt, cut = desk.prompter.prompt(job)
    count = desk.tokens
    if given.json:
        sections = [{"role": r, "section": n, "text": t, "tokens": count(t)} for r, n, t in prompt.sections]
        line({"prompt": prompt.id, "sections": sections, "cut": [one.model_dump() for one in cut]})
        return 0
    for role, name, text in prompt.sections:
        if text.strip():
            print(f"─── {role}: {name} ({count(text):,} tokens)\n{text.strip()}\n")
    for one in cut:
        print(f"left out: {one.evidence} ({one.tokens:,} tokens; {one.why})")
    whole = sum(count(text) for _, _, text in prompt.sections)
    print(f"{whole:,} tokens in all, counted by {count.name}{'' if count.exact else ' (about)'}.")
    return 0


def cell_of(pack: Pack, key: str, count: int, note: str, send_on: str | None) -> tuple[Cell, Brief]:
    """A cell by its key and the brief that it would be in. InputError where the key or the day is none."""
    parts = key.split("/")
    if len(parts) not in (5, 6):
        mend = "Write campaign/segment/age/channel/locale, and a market where it is not the locale's first."
        raise InputError(f"“{key}” is no cell.", mend)
    try:
        day = dt.date.fromisoformat(send_on) if send_on else dt.date.today()
    except ValueError:
        raise InputError(f"--send-on {send_on} is no day.", "Write it as 2026-12-24.") from None
    names = ("segments", "ages", "channels", "locales")
    asked: dict[str, object] = {name: [part] for name, part in zip(names, parts[1:5], strict=True)}
    market = parts[5] if len(parts) == 6 else None
    brief = brief_for(pack, campaign=parts[0], market=market, variants=count, note=note, send_on=day, **asked)
    return next(brief.cells(pack)), brief
