"""copydesk doctor: whether everything that the desk needs is well."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator

from assistant.commands.common import desk_of, line
from assistant.errors import CopydeskError


def options(parser: argparse.ArgumentParser) -> None:
    """The form of the answer."""
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """A row a part: well, or what is wrong and the mend. Exit 1 where something is wrong."""
    sick = False
    for part, well, words in examined(given):
        sick |= not well
        if given.json:
            line({"part": part, "well": well, "words": words})
        else:
            print(f"{'✓' if well else '✗'} {part:10} {words}")
    return 1 if sick else 0


def examined(given: argparse.Namespace) -> Iterator[tuple[str, bool, str]]:
    """Part, whether it is well, and words."""
    desk = desk_of(given)

    def pack() -> str:
        return f"{desk.pack.id}, version {desk.pack.version}, {len(desk.pack.facts)} facts"

    def rules() -> str:
        return f"{len(desk.engine.pack.rules)} rules compiled"

    def index() -> str:
        return f"{len(desk.search.entries)} entries"

    def store() -> str:
        return ", ".join(f"{count} {name}" for name, count in desk.drafts.count().items())

    def disk() -> str:
        free = shutil.disk_usage(desk.settings.home if desk.settings.home.exists() else ".").free
        if free < 200_000_000:
            raise CopydeskError(f"only {free / 1e6:.0f} MB are free", "Free some space.")
        return f"{free / 1e9:.0f} GB free"

    def model() -> str:
        return desk.settings.model_url or "none is set: the phrase writer writes"

    parts: dict[str, Callable[[], str]] = {
        "content": lambda: str(desk.content),
        "pack": pack,
        "rules": rules,
        "index": index,
        "database": store,
        "disk": disk,
        "model": model,
    }
    for name, look in parts.items():
        try:
            yield name, True, look()
        except CopydeskError as error:
            yield name, False, str(error)
