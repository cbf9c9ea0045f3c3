"""What the search finds for a question."""

from __future__ import annotations

from eval.cases.case import Case
from eval.tasks.seam import Answer, Room

DEPTH = 10


async def found(case: Case, room: Room) -> Answer:
    """The owners of the first ten hits over all markets and languages, best first, with their scores."""
    hits = [hit for hit in room.desk.search.search(case.given["query"], k=DEPTH) if hit.allowed]
    return Answer({"hits": [hit.entry.owner for hit in hits], "scores": [round(hit.score, 4) for hit in hits]})
