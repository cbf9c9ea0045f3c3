"""Pairs out of two finished runs of one suite: the first text of each case, as the one subject wrote it and the other.

Only cases that both answered alike count: the same case, by its hash, with a text on each side that is not the other's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.domain.rating import LONGEST_TEXT, Half, Pair
from assistant.errors import CopydeskError, InputError
from eval.cases.case import Case
from eval.cases.load import load_suite
from eval.rating.readers import readers_of
from eval.running.rows import AnswerRow, Rows, Run

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def comparable(rows: Rows) -> list[Run]:
    """The finished runs whose cases hold texts, the newest first."""
    return [run for run in rows.runs() if run.ended_at and any(_text(answer) for answer in _some(rows, run))]


def subject(run: Run) -> str:
    """What a run is told by: who wrote, by which prompt, over which model."""
    told = [str(run.subject.get(name) or "") for name in ("writer", "model", "prompt")]
    return " · ".join(filter(None, told)) or run.id


def pairs_of(rows: Rows, one: str, other: str, most: int, desk_of: Callable[[], Desk]) -> list[Pair]:
    """At most so many pairs of two runs, drawn from all by the runs' ids, so that the same two give the same.

    Raises UnknownId, or InputError where the runs are one, unfinished, of two suites or share no texts.
    """
    first, second = rows.run(one), rows.run(other)
    if first.id == second.id or first.suite != second.suite or not (first.ended_at and second.ended_at):
        raise InputError("These are not two finished runs of one suite.", "Choose two of the same suite.")
    sources = _sources(first, second)
    mine = {row.case_id: row for row in rows.answers(first.id)}
    cases = _cases(first.suite, desk_of)
    found = []
    for row in rows.answers(second.id):
        its = mine.get(row.case_id)
        if its is not None and its.case_hash == row.case_hash and (texts := _differing(its, row)):
            case = cases.get(row.case_hash)
            found.append(_pair(row, texts, sources, case.given if case else {}, desk_of))
    if not found:
        raise InputError("The two runs wrote the same texts, or none.", "Choose runs of other writers or prompts.")
    drawn = random.Random(f"{first.id} {second.id}").sample(range(len(found)), min(most, len(found)))
    return [found[place] for place in sorted(drawn)]


def _pair(
    row: AnswerRow, texts: tuple[str, str], sources: tuple[str, str], given: dict[str, Any], desk_of: Callable[[], Desk]
) -> Pair:
    a, b = (Half(text=text, source=source) for text, source in zip(texts, sources, strict=True))
    language = str(given.get("locale", ""))
    readers = readers_of(desk_of().pack, given) if language else ""
    return Pair(
        id=row.case_id[:120], cluster=(row.cluster or row.case_id)[:120], language=language, readers=readers, a=a, b=b
    )


def _sources(first: Run, second: Run) -> tuple[str, str]:
    """The two subjects; where they are alike, with the run beside each, since the knowledge or the code differed."""
    one, other = subject(first), subject(second)
    if one == other:
        one, other = f"{one} · {first.id}", f"{other} · {second.id}"
    return one[:200], other[:200]


def _cases(suite: str, desk_of: Callable[[], Desk]) -> dict[str, Case]:
    """The suite's cases as they are now, by hash: they say for whom a text is. None where it is no more."""
    try:
        return {case.hash: case for case in load_suite(suite, desk_of=desk_of).cases}
    except CopydeskError:
        # A suite of somebody's own lies elsewhere; its texts can be compared all the same.
        return {}


def _differing(one: AnswerRow, other: AnswerRow) -> tuple[str, str] | None:
    texts = _text(one), _text(other)
    return texts if all(texts) and texts[0] != texts[1] else None


def _text(row: AnswerRow) -> str:
    """The first text of an answer; empty where there is none, or too long a one."""
    texts = row.content.get("texts")
    first = texts[0] if isinstance(texts, list) and texts else None
    text = str(first.get("text") or "") if isinstance(first, dict) else ""
    return text if len(text) <= LONGEST_TEXT else ""


def _some(rows: Rows, run: Run) -> Sequence[AnswerRow]:
    return [row for row, _ in zip(rows.answers(run.id), range(50), strict=False)]
