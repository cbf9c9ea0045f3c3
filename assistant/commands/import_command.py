"""copydesk import: products and campaigns, as marketers keep them in a spreadsheet, into the pack."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.commands.common import desk_of, say


def options(parser: argparse.ArgumentParser) -> None:
    """The file, and whether to write."""
    parser.add_argument("file", help="a workbook (.xlsx) or a table (.csv); headings in Chinese or English")
    parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")


def run(given: argparse.Namespace) -> int:
    """Show what changes; write it unless the run is dry. Where a cell cannot be read nothing is written (exit 2)."""
    from assistant.errors import InputError
    from assistant.packs.sheets.apply import apply_import
    from assistant.packs.sheets.headings import load_headings
    from assistant.packs.sheets.plan import plan_import

    desk = desk_of(given)
    plan = plan_import(Path(given.file), desk.pack, load_headings(desk.folder / "headings.yaml"))
    for row in plan.lines():
        print(row)
    if plan.problems:
        found = "\n".join(str(problem) for problem in plan.problems)
        raise InputError(f"{found}\nNothing was written.", f"Mend the {len(plan.problems)} cell(s) above.")
    if given.dry_run:
        say("This was a dry run: nothing was written.")
        return 0
    for path in apply_import(plan, desk.folder):
        say(f"Written: {path}")
    return 0
