"""copydesk write: a campaign's messages for its audiences, channels and languages."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line, say, writer_option
from assistant.domain.brief import Brief, brief_for
from assistant.domain.draft import Written
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def options(parser: argparse.ArgumentParser) -> None:
    """The brief and the form of the answer."""
    parser.add_argument("campaign")
    for name in ("segment", "age", "channel", "locale"):
        parser.add_argument(f"--{name}", action="append", nargs="+", default=[], help="repeatable; left out, all")
    parser.add_argument("--market", help="the market whose law holds (each locale's home market)")
    parser.add_argument("-n", type=int, default=3, help="variants a cell (3)")
    parser.add_argument("--note", default="", help="a wish in words: warmer, shorter")
    parser.add_argument("--send-on", help="the day of sending: 2026-12-24 (today)")
    writer_option(parser)
    parser.add_argument("--estimate", action="store_true", help="say what the model would cost, and write nothing")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="a cell a line")
    form.add_argument("--out", help="a file .xlsx, .csv or .jsonl")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where a cell failed or a text is blocked."""
    from assistant.writing.report import reported
    from assistant.writing.table import print_matrix, writable, write_file

    desk = desk_of(given)
    brief = brief_of(desk, given)
    if given.out:
        writable(Path(given.out))
    _say_what_is_not_understood(desk, brief)
    if given.estimate or desk.model is not None:
        say(f"Estimated: {desk.estimate(brief)}.")
    if given.estimate:
        return 0
    done = asyncio.run(_write(desk, brief, given.json))
    if desk.model is not None:
        say(f"Written: {reported(done)}.")
    if given.out:
        write_file(Path(given.out), done, desk.pack)
        say(f"Written to {given.out}.")
    elif not given.json:
        print_matrix(done, desk.pack)
    broken = any(w.status == "failed" or any(v.verdict == "block" for v in w.variants) for w in done)
    return 1 if broken else 0


def _say_what_is_not_understood(desk: Desk, brief: Brief) -> None:
    """The phrase writer reads a note by known words only; a model reads it as it stands."""
    from assistant.writing.phrases.writer import wish_of

    if brief.note and desk.model is None and not wish_of(desk.pack, brief.locales[0], brief.note).understood:
        known = sorted({word for lexicon in desk.pack.lexicon.values() for word in lexicon.notes})
        say(f"The phrase writer does not understand the note “{brief.note}”; it knows: {', '.join(known)}.")


def brief_of(desk: Desk, given: argparse.Namespace) -> Brief:
    """The brief of the arguments. Raises UnknownId with the nearest names, InputError for days and numbers."""
    from assistant.writing.offers import send_day

    if not 1 <= given.n <= 10:
        raise InputError(f"-n {given.n} is not possible.", "Ask for 1 to 10 variants a cell.")
    try:
        day = dt.date.fromisoformat(given.send_on) if given.send_on else dt.date.today()
    except ValueError:
        raise InputError(f"--send-on {given.send_on} is no day.", "Write it as 2026-12-24.") from None
    brief = brief_for(
        desk.pack,
        campaign=given.campaign,
        segments=_flat(given.segment),
        ages=_flat(given.age),
        channels=_flat(given.channel),
        locales=_flat(given.locale),
        market=given.market,
        variants=given.n,
        note=given.note,
        send_on=day,
    )
    sent = send_day(desk.pack, brief, given=bool(given.send_on))
    if sent != day:
        say(f"{brief.campaign} runs next from {sent}: it is written for that day.")
    return brief.model_copy(update={"send_on": sent})


def _flat(groups: list[list[str]]) -> list[str]:
    return [one for group in groups for one in group]


async def _write(desk: Desk, brief: Brief, as_json: bool) -> list[Written]:
    from rich.console import Console
    from rich.progress import Progress

    total = sum(1 for _ in brief.cells(desk.pack))
    if total == 0:
        raise InputError("The brief has no cell.", "Choose a locale that the market speaks.")
    done: list[Written] = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("writing", total=total)
        async for written in desk.matrix.write(brief):
            done.append(written)
            progress.advance(bar)
            if as_json:
                line(written.line())
    order = {cell.key: place for place, cell in enumerate(brief.cells(desk.pack))}
    return sorted(done, key=lambda written: order[written.cell.key])
