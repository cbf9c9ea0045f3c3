"""copydesk check-pack: every error of a pack at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.commands.common import desk_of, line, say


def options(parser: argparse.ArgumentParser) -> None:
    """Which folder."""
    parser.add_argument("folder", nargs="?", help="the pack's folder (the pack that --pack names)")
    parser.add_argument("--json", action="store_true", help="one problem a line")


def run(given: argparse.Namespace) -> int:
    """Print each problem as `file:line: what, and the mend`; exit 2 where there is one."""
    from assistant.bootstrap.checking import pack_problems

    folder = Path(given.folder) if given.folder else desk_of(given).folder
    pack, problems = pack_problems(folder)
    for problem in problems:
        if given.json:
            line({"file": problem.file, "line": problem.line, "what": problem.what, "mend": problem.mend})
        else:
            print(problem)
    if problems:
        say(f"{folder}: {len(problems)} problem(s).")
        return 2
    assert pack is not None
    clauses = sum(len(book.phrases) for book in pack.books.values())
    say(
        f"{folder} is sound: {len(pack.products)} products, {len(pack.campaigns)} campaigns, {len(pack.rules)} rules, "
        f"{clauses} clauses, {len(pack.facts)} facts; version {pack.version}."
    )
    return 0
