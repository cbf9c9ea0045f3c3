"""How well a search ranks: recall, reciprocal rank, discounted gain."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence

from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.tasks.seam import Answer, Room

DEPTHS = (1, 5, 10)


@scorer(version=1)
def recall(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """`recall_at_k`: an answer is among the first k hits; `mrr`: one over the rank of the first answer;
    `ndcg_at_10`: with every answer of equal worth."""
    hits = [told(hit) for hit in answer.content["hits"]]
    wanted = {told(one) for one in case.expected["answers"]}
    rank = first(hits, wanted)
    why = f"first at {rank}" if rank else "not among the hits"
    for depth in DEPTHS:
        yield Score(f"recall_at_{depth}", float(rank is not None and rank <= depth), why, "; ".join(hits[:depth]))
    yield Score("mrr", 1 / rank if rank else 0.0, why)
    yield Score("ndcg_at_10", gain(hits, wanted, 10), why)


def told(owner: str) -> str:
    """A guide's section is the same in every locale: its folder is left out."""
    return re.sub(r"^guide:guides/[^/]+/", "guide:", owner)


def first(hits: Sequence[str], wanted: Collection[str]) -> int | None:
    """The rank of the first hit that is wanted, from 1; None where none is."""
    return next((rank for rank, hit in enumerate(hits, 1) if hit in wanted), None)


def gain(hits: Sequence[str], wanted: Collection[str], depth: int) -> float:
    """Normalised discounted cumulative gain, 0 to 1, relevance 1 or 0 (Järvelin and Kekäläinen 2002)."""
    got = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(hits[:depth], 1) if hit in wanted)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(wanted), depth) + 1))
    return got / best if best else 0.0
