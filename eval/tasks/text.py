"""The answer is in the case: texts that somebody wrote elsewhere, to be scored."""

from __future__ import annotations

from assistant.errors import InputError
from eval.cases.case import Case
from eval.tasks.seam import Answer, Room


async def given_text(case: Case, room: Room) -> Answer:
    """The case's own text. InputError where it has none."""
    if not isinstance(case.given.get("text"), str):
        raise InputError(f"The case {case.id} ({case.place}) brings no text.", "Write it as given: {text: …}.")
    return Answer({"text": case.given["text"]})
