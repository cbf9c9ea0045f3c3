"""copydesk search: hits with their scores, and why each was or was not allowed."""

from __future__ import annotations

import argparse
import datetime as dt

from assistant.commands.common import desk_of, line


def options(parser: argparse.ArgumentParser) -> None:
    """The question and the filters."""
    parser.add_argument("text", nargs="+")
    parser.add_argument("--locale")
    parser.add_argument("--market")
    parser.add_argument("--kind", action="append", choices=("product", "campaign", "rule", "disclosure", "guide"))
    parser.add_argument("--product-type", action="append", default=[])
    parser.add_argument("--on", type=dt.date.fromisoformat, help="what holds on a day: 2026-12-24")
    parser.add_argument("-k", type=int, default=8, help="how many")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Print the hits, those refused by a filter last."""
    from assistant.retrieval.filters import Filter

    desk = desk_of(given)
    wanted = Filter(
        locale=given.locale,
        market=given.market,
        kinds=tuple(given.kind or ()),
        product_types=tuple(given.product_type),
        on=given.on,
    )
    for hit in desk.search.search(" ".join(given.text), wanted, k=given.k, explain=True):
        why = hit.why or "allowed"
        if given.json:
            entry = hit.entry
            named = {"id": entry.id, "kind": entry.kind, "locale": entry.locale, "title": entry.title}
            line(
                {**named, "score": hit.score, "bm25": hit.bm25, "dense": hit.dense, "allowed": hit.allowed, "why": why}
            )
        else:
            mark = " " if hit.allowed else "✗"
            print(f"{mark} {hit.score:7.3f}  {hit.entry.id:<42} {hit.entry.title[:40]}  [{why}]")
    desk.search.close()
    return 0
