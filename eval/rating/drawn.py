"""Pairs of what a desk has written, two texts of one cell, as a file that a session is begun from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from assistant.domain.draft import Written
from assistant.domain.pack import Pack
from assistant.domain.rating import Half, Pair
from assistant.errors import unwritable


def pairs_of(done: Iterable[Written], pack: Pack) -> Iterator[Pair]:
    """Every two texts of a cell that are of different angles or writers. A cell is a cluster; `readers` are told in
    the cell's own language."""
    for one in done:
        cell = one.cell
        groups = (pack.segments[cell.segment], pack.ages[cell.age], pack.channels[cell.channel])
        readers = " · ".join(group.name[cell.locale] for group in groups)
        halves = [Half(text=variant.text, source=f"{variant.writer}, {variant.angle}") for variant in one.variants]
        for place, (a, b) in enumerate(combinations(halves, 2), 1):
            if a.source != b.source and a.text != b.text:
                yield Pair(
                    id=f"{cell.key}/{place}", cluster=cell.key, language=cell.locale, readers=readers, a=a, b=b
                )  # fmt: skip


def write_file(path: Path, pairs: Iterable[Pair]) -> int:
    """Pairs as JSON lines, which `pairs_file` reads; how many. Raises FileError."""
    rows = [
        {"item": one.id, "cluster": one.cluster, "language": one.language, "readers": one.readers,
         "a": one.a.text, "source_a": one.a.source, "b": one.b.text, "source_b": one.b.source}
        for one in pairs
    ]  # fmt: skip
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    except OSError as error:
        raise unwritable(path, error) from error
    return len(rows)
