"""Writing a cell as the product does: what may be offered, the writer, the gate."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from assistant.domain.brief import Brief, Cell
from assistant.errors import InputError, SettingsError
from eval.cases.case import Case
from eval.tasks.seam import Answer, Room

if TYPE_CHECKING:
    from assistant.domain.draft import Variant, Written
    from assistant.writing.cells import CellWriter
    from assistant.writing.model.writer import ModelWriter

PARTS = ("campaign", "segment", "age", "channel", "locale")
_FINDING = {"rule", "severity", "start", "end", "text", "message"}


async def written(case: Case, room: Room) -> Answer:
    """The texts of one cell with their templates, verdicts, findings and claims.

    `given`: campaign, segment, age, channel, locale, send_on; perhaps market, variants and note.
    """
    done = await write_cell(room, case.given)
    return Answer(content_of(done), *tokens_of(done))


async def contrasted(case: Case, room: Room) -> Answer:
    """The texts of several cells that differ in one thing: `given` names its values under `over` (`{age: [...]}`).

    `versions` holds one content a value, as `written` gives it, with the value under `of`.
    """
    [(name, values)] = case.given["over"].items()
    plain = {key: value for key, value in case.given.items() if key != "over"}
    done = [await write_cell(room, {**plain, name: value}) for value in values]
    versions = [{"of": value, **content_of(one)} for value, one in zip(values, done, strict=True)]
    tokens = [tokens_of(one) for one in done]
    return Answer({"versions": versions}, sum(t for t, _ in tokens), sum(t for _, t in tokens))


async def write_cell(room: Room, given: dict[str, Any]) -> Written:
    """A cell of the subject's writer. Raises UnknownId, InputError."""
    return await writer_of(room).write(cell_of(room, given), brief_of(given), "eval")


def cell_of(room: Room, given: dict[str, Any]) -> Cell:
    """The cell that is given; without a market it is its locale's own. InputError names what is missing."""
    missing = [part for part in (*PARTS, "send_on") if part not in given]
    if missing:
        raise InputError(f"The case does not say its {missing[0]}.", f"Give {', '.join((*PARTS, 'send_on'))}.")
    market = given.get("market") or room.desk.pack.home_market(given["locale"])
    return Cell(**{part: given[part] for part in PARTS}, market=market)


def brief_of(given: dict[str, Any]) -> Brief:
    """The brief that asks for that cell alone."""
    return Brief(
        campaign=given["campaign"],
        segments=(given["segment"],),
        ages=(given["age"],),
        channels=(given["channel"],),
        locales=(given["locale"],),
        market=given.get("market"),
        variants=given.get("variants", 3),
        note=given.get("note", ""),
        send_on=dt.date.fromisoformat(given["send_on"]),
    )


def writer_of(room: Room) -> CellWriter:
    """The subject's writer, made once. SettingsError where a model is asked for and none is set."""
    if "cell writer" not in room.kept:
        from assistant.writing.cells import CellWriter
        from assistant.writing.gate import Gate

        desk, model = room.desk, _model(room) if room.subject.writer != "phrases" else None
        gate = Gate(desk.pack, desk.engine)
        # The phrase writer reads no evidence: to search for it would only take time.
        evidence = desk.evidence if model else lambda cell, product, brief: ()
        room.kept["cell writer"] = CellWriter(desk.pack, gate, desk.phrases, evidence, model)
    writer: CellWriter = room.kept["cell writer"]
    return writer


def _model(room: Room) -> ModelWriter:
    model = room.desk.model
    if model is None:
        raise SettingsError("There is no model to write with.", "Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME.")
    return model


def content_of(done: Written) -> dict[str, Any]:
    """A cell as an answer's content."""
    return {
        "status": done.status,
        "why": done.why,
        "offer": done.offer,
        "texts": [_text(one) for one in done.variants],
        "faults": done.faults,
    }


def _text(one: Variant) -> dict[str, Any]:
    return {
        "text": one.text,
        "template": one.template,
        "angle": one.angle,
        "writer": one.writer,
        "verdict": one.verdict,
        "findings": [finding.model_dump(include=_FINDING) for finding in one.findings],
        "claims": [claim.model_dump() for claim in one.claims],
    }


def tokens_of(done: Written) -> tuple[int, int]:
    """Tokens in and out of every call that was made for a cell."""
    return sum(call.tokens_in for call in done.calls), sum(call.tokens_out for call in done.calls)
