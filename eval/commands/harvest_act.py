"""copydesk eval harvest: what was decided, edited and reached at the desk, as cases, pairs, a log and proposals."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.settings import read_settings

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from eval.harvest.files import Harvest


def options(parser: argparse.ArgumentParser) -> None:
    """Where to, and from when on."""
    parser.add_argument(
        "--out", required=True, metavar="FOLDER", help="the files are written there, in place of others"
    )
    parser.add_argument("--since", metavar="DATE", help="only what happened from that day on (2026-11-01)")
    parser.add_argument("--json", action="store_true", help="one object with what was found")


def run(given: argparse.Namespace) -> int:
    """0; InputError where there is nothing to harvest yet."""
    from eval.harvest.files import gathered, written
    from eval.harvest.reading import Reading
    from eval.harvest.terms import load_terms

    since = _day(given.since)
    desk = kept_desk(given)
    reading = Reading(desk, since)
    found = gathered(reading, load_terms())
    if not (reading.history.judgements or reading.history.edits or found.outcomes.rows or found.outcomes.silent):
        raise InputError("Nobody has decided or edited anything at this desk yet.", "Review some texts first.")
    written(Path(given.out), found)
    told = summary(found)
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        _show(Path(given.out), told)
    return 0


def kept_desk(given: argparse.Namespace) -> Desk:
    """The desk of the settings. InputError where it has no database yet: none is made."""
    from assistant.bootstrap.desk import Desk

    settings = read_settings().over(content=Path(given.content) if given.content else None)
    if settings.database_url is None and not (settings.home / "copydesk.db").is_file():
        what = f"There is no database in {settings.home} yet."
        raise InputError(what, "Set COPYDESK_HOME to the desk's folder, or write and review some texts first.")
    return Desk(settings, given.pack)


def summary(found: Harvest) -> dict[str, Any]:
    """What was found, and what was left out and why, as JSON."""
    from eval.harvest.outcomes import NO_PROPENSITY

    rejections, edits, outcomes = found.rejections, found.edits, found.outcomes
    left_out = {
        "undone": found.undone,
        "approved_unchanged": rejections.approved,
        "rejected_of_a_campaign_that_is_gone": rejections.gone,
        "edits_without_new_words": edits.wordless,
        "edits_sent_back": edits.sent_back,
        "edits_of_a_campaign_that_is_gone": edits.gone,
        "outcomes_that_say_nothing": outcomes.silent,
    }
    return {
        "rejections": len(rejections.cases),
        "edits": len(edits.pairs),
        "outcomes": len(outcomes.rows),
        "proposals": [{"id": one.id, "entry": f"{one.section}/{one.entry}"} for one in found.proposals],
        "unproposed": len(found.unproposed),
        "masked": found.masked,
        "left_out": {name: count for name, count in left_out.items() if count},
        "notes": [NO_PROPENSITY] if outcomes.rows else [],
    }


def _show(out: Path, told: dict[str, Any]) -> None:
    print(f"{out / 'rejections.yaml'}: {told['rejections']} cases")
    print(f"{out / 'edits.jsonl'}: {told['edits']} pairs")
    print(f"{out / 'outcomes.jsonl'}: {told['outcomes']} actions with what came of them")
    print(f"{out / 'proposals.yaml'}: {len(told['proposals'])} proposals, {told['unproposed']} that no entry can take")
    for one in told["proposals"]:
        print(f"  {one['id']}  {one['entry']}")
    for name, count in told["left_out"].items():
        print(f"Left out: {count} {name.replace('_', ' ')}")
    if told["masked"]:
        print(f"Masked: {told['masked']} span(s) that identify a person")
    for note in told["notes"]:
        print(note)


def _day(given: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError:
        raise InputError(f"“{given}” is no day.", "Write it as 2026-11-01.") from None
