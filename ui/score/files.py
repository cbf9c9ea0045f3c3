"""The score page's files: pairs that go out blind, answers that come back, what was said, and how a session begins."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.api.access import Asking
from assistant.api.sending import made
from assistant.api.upload import uploaded
from assistant.domain.values import Locale
from eval.judge.criteria import load_criteria
from eval.rating import label_studio, sheets
from eval.rating.pairs_file import read_file
from eval.rating.rules import load_rules
from eval.rating.scoring import Scoring
from ui.score.asking import scoring

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter(prefix="/score/files", include_in_schema=False)
Own = Annotated[str, InPath(pattern=r"^[0-9a-f]{16}$")]
Name = Annotated[str, Query(max_length=300)]


class Ending(StrEnum):
    """The kinds of file that pairs and answers go out as."""

    XLSX = "xlsx"
    JSON = "json"


TYPES = {
    Ending.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Ending.JSON: "application/json",
}


@router.post("")
async def begin(
    request: Request, by: Asking, name: Name, title: Annotated[str, Query(max_length=300)], criterion: str
) -> dict[str, str]:
    """Begin a session over the pairs of a file, which is the body; `name` says its kind (`may.jsonl`)."""
    session, rules = _scoring(request), load_rules()
    async with uploaded(request, name) as path:
        pairs = await run_in_threadpool(read_file, path)
    rubric = rules.rubric(load_criteria().one(criterion))
    own = await run_in_threadpool(session.begin, title, pairs, rubric, by, dt.datetime.now(dt.UTC))
    return {"session": own}


@router.get("/{own}/config.xml")
def config(request: Request, own: Own, by: Asking, locale: Locale = "en") -> Response:
    """Label Studio's labelling configuration of a session."""
    rubric = _scoring(request, own).session(by).rubric
    told = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="label-studio-{own}.xml"'}
    return Response(label_studio.pair_config(rubric, locale), media_type="application/xml", headers=told)


@router.get("/{own}/pairs.{ending}", response_class=FileResponse)
def pairs(request: Request, own: Own, ending: Ending, by: Asking) -> FileResponse:
    """The caller's own turns, in their order; nothing in the file says who wrote which."""
    session = _scoring(request, own)
    turns, rubric = session.turns(by), session.session(by).rubric

    def write(path: Path) -> None:
        if ending is Ending.XLSX:
            sheets.write_pairs(path, turns, rubric)
        else:
            label_studio.write_json(path, label_studio.pair_tasks(turns, rubric))

    return made(f"pairs-{own}-{by.login}.{ending}", TYPES[ending], write)


@router.get("/{own}/said.{ending}", response_class=FileResponse)
def said(request: Request, own: Own, ending: Ending, by: Asking) -> FileResponse:
    """All that was said, with who wrote what; refused to whoever has pairs before them."""
    session, rows = _scoring(request, own).said(by)

    def write(path: Path) -> None:
        if ending is Ending.XLSX:
            sheets.write_said(path, session, rows)
        else:
            label_studio.write_json(path, label_studio.pair_annotations(session, rows))

    return made(f"said-{own}.{ending}", TYPES[ending], write)


@router.post("/{own}/answers")
async def answers(request: Request, own: Own, by: Asking, name: Name) -> dict[str, int]:
    """Keep what the caller said of their turns elsewhere, all of the file or nothing; how many answers were new."""
    session = _scoring(request, own)
    async with uploaded(request, name) as path:
        read = label_studio.read_pairs if path.suffix == ".json" else sheets.read_pairs
        found = await run_in_threadpool(read, path)
    return {"kept": await run_in_threadpool(session.keep, by, found, dt.datetime.now(dt.UTC))}


def _scoring(request: Request, own: str = "") -> Scoring:
    desk: Desk = request.app.state.desk
    return scoring(desk, load_rules(), own)
