"""The product's own checks on a text: what the gate would say."""

from __future__ import annotations

from assistant.checks.case import LintCase, read_case
from eval.cases.case import Case
from eval.tasks.seam import Answer, Room


def case_of(case: Case) -> LintCase:
    """What is given, as the checks take it. InputError names the case, the key and the mend."""
    return read_case({"id": case.id, **case.given}, f"{case.id} ({case.place})")


async def linted(case: Case, room: Room) -> Answer:
    """Verdict, findings and claims of the check engine; the text beside them."""
    checked = room.desk.engine.run(case_of(case))
    return Answer({"text": case.given["text"], **checked.model_dump(mode="json", exclude={"id"})})
