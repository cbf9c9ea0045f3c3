"""The demonstration: the main job from the pack to a spreadsheet, each stage timed. Run it with `make demo`."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from assistant.bootstrap.checking import checked_pack
from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief, brief_for
from assistant.domain.draft import Written
from assistant.playbook.scan import scan
from assistant.settings import read_settings
from assistant.writing.scripts.shown import show
from assistant.writing.table import print_matrix, write_file
from eval.entry import ended
from eval.people.town import AS_OF
from eval.rating.drawn import pairs_of
from eval.rating.drawn import write_file as write_pairs

CAMPAIGN = "B1-TERM2Y"
AUDIENCE = {
    "segments": ("affluent", "dormant"),
    "ages": ("25-34", "45-54", "65+"),
    "channels": ("sms", "push", "wecom"),
}
SEND_ON = dt.date(2026, 12, 1)
OUT = Path("out/demo.xlsx")
PAIRS = "out/demo-pairs-{locale}.jsonl"
T = TypeVar("T")


def timed(stages: list[tuple[str, float]], name: str, work: Callable[[], T]) -> T:
    """Do the work and note how long it took."""
    started = time.perf_counter()
    result = work()
    stages.append((name, time.perf_counter() - started))
    return result


async def write(desk: Desk, brief: Brief) -> list[Written]:
    """The matrix, with a bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    total = len(list(brief.cells(desk.pack)))
    done = []
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("Writing the matrix", total=total)
        async for written in desk.matrix.write(brief):
            done.append(written)
            progress.advance(bar)
    order = {cell.key: place for place, cell in enumerate(brief.cells(desk.pack))}
    return sorted(done, key=lambda written: order[written.cell.key])


def main() -> int:
    """Validate, index, write, print, save; say what to do next."""
    from assistant.retrieval.opening import rebuild

    stages: list[tuple[str, float]] = []
    desk = Desk(read_settings(), notify=lambda message: print(message, file=sys.stderr))
    print("Copydesk: one campaign for two groups of customers, three ages, three channels and three languages.\n")
    pack = timed(stages, "validate the pack", lambda: checked_pack(desk.folder))
    print(
        f"The pack is sound: {len(pack.products)} products, {len(pack.campaigns)} campaigns, {len(pack.rules)} rules."
    )
    timed(stages, "index it in Chroma", lambda: rebuild(pack, desk.settings.home, embedder=desk.embedder))
    entries = timed(stages, "open the index", lambda: len(desk.search.entries))
    print(f"The index holds {entries} entries.")
    brief = brief_for(pack, campaign=CAMPAIGN, **AUDIENCE, locales=pack.locales, variants=3, send_on=SEND_ON)
    done = timed(stages, "write, bind and check", lambda: asyncio.run(write(desk, brief)))
    print_matrix(done, pack)
    timed(stages, f"save {OUT}", lambda: write_file(OUT, done, pack))
    for locale in pack.locales:
        own = [one for one in done if one.cell.locale == locale]
        write_pairs(Path(PAIRS.format(locale=locale)), pairs_of(own, pack))
    desk.search.close()
    _story(desk, stages)
    _report(done, stages)
    return 0


def _story(desk: Desk, stages: list[tuple[str, float]]) -> None:
    """200,000 arrives: the scan, the action that it leads to, the plan and the script, all on screen."""
    place = desk.folder / "sample"
    print(
        f"\nIn the made-up town of the sample it is {AS_OF:%d %B %Y, %H:%M}; 200,000 has just landed on an account.\n"
    )
    found = timed(stages, "scan 500 customers", lambda: scan(desk.pack, place, AS_OF).actions)
    held = sum(one.suppressed is not None for one in found)
    print(f"{len(found)} actions, {held} of them held back by a policy. The call that a manager owes first:")
    call = next(one for one in found if one.action == "call" and one.kind == "sales" and one.due_at >= AS_OF)
    for reason in call.reasons:
        print(f"  {reason}")
    print(f"  {call.owner}, {call.channel}, due {call.due_at:%H:%M}\n")
    show(timed(stages, "plan and script", lambda: desk.scripts.of(place, call.customer_id, call.trigger, AS_OF)))


def _report(done: list[Written], stages: list[tuple[str, float]]) -> None:
    texts = [variant for written in done for variant in written.variants]
    claims = [claim for variant in texts for claim in variant.claims]
    bound = sum(claim.status == "bound" for claim in claims)
    blocked = sum(variant.verdict == "block" for variant in texts)
    print(
        f"\n{len(texts)} messages in {len(done)} cells; {bound} of {len(claims)} figures and names are bound to a fact;"
    )
    print(f"{blocked} are blocked, {sum(variant.verdict == 'warn' for variant in texts)} carry a warning.\n")
    for name, seconds in stages:
        print(f"  {name:24} {seconds:6.2f} s")
    print(f"\nThe matrix is in {OUT}, its texts two by two in {PAIRS.format(locale='en')} etc., to compare blind.")
    print("In your own words:")
    print("  .venv/bin/copydesk write B6-BIRTHDAY --segment salary --age 25-34 --channel sms")
    print(f"  .venv/bin/copydesk scan --data knowledge/bank/sample --as-of {AS_OF:%Y-%m-%dT%H:%M}    # next actions")
    print("\nWhere to look now:")
    print("  .venv/bin/copydesk serve    then open http://127.0.0.1:7860; a guide on the page leads through it")
    print("  docs/first-visit.md         five minutes as each of six people at a desk, and how to sign in as them")


if __name__ == "__main__":
    ended(main)
