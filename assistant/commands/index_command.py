"""copydesk index: the search index, built anew."""

from __future__ import annotations

import argparse
import time

from assistant.commands.common import desk_of, say


def options(parser: argparse.ArgumentParser) -> None:
    """Nothing beside the pack."""


def run(given: argparse.Namespace) -> int:
    """Build, check and publish the index."""
    from assistant.retrieval.opening import rebuild

    desk = desk_of(given)
    started = time.perf_counter()
    folder = rebuild(desk.pack, desk.settings.home, embedder=desk.embedder)
    size = len(desk.search.entries)
    desk.search.close()
    say(f"{size} entries indexed in {time.perf_counter() - started:.1f} s: {folder}")
    return 0
