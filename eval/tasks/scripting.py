"""Writing a call script for a made-up customer for whom a trigger fired."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from eval.cases.case import Case
from eval.script_cases import record
from eval.tasks.seam import Answer, Room

if TYPE_CHECKING:
    from assistant.writing.scripts.writer import WritesScripts


async def scripted(case: Case, room: Room) -> Answer:
    """The whole script as JSON, with its findings and claims; no section where the call may not be made.

    `given`: trigger, age, status (of the risk assessment), mood (perhaps empty), locale.
    """
    given, pack = case.given, room.desk.pack
    trigger = pack.trigger(given["trigger"])
    made = record(pack, trigger, given["age"], given["status"], given["mood"], given["locale"])
    asked = replace(made, locale=given["locale"])
    writer = _writer(room)
    if room.subject.writer == "phrases":
        script = writer.write(asked, trigger.id, given["locale"])
    else:
        # A model's writer waits for its calls: on a thread of its own it holds up nobody.
        script = await asyncio.to_thread(writer.write, asked, trigger.id, given["locale"])
    content = script.model_dump(mode="json", exclude={"calls"})
    return Answer(content, sum(c.tokens_in for c in script.calls), sum(c.tokens_out for c in script.calls))


def _writer(room: Room) -> WritesScripts:
    if room.subject.writer == "phrases":
        return room.desk.told_by_lines
    if room.desk.told_by_model is None:
        raise SettingsError("There is no model to write with.", "Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME.")
    return room.desk.told_by_model
