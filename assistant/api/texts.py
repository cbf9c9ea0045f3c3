"""Texts under decision: what waits, what one is, and what is decided on it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.access import Asking
from assistant.api.paging import Page
from assistant.api.replay import ReplayRoute
from assistant.domain.item import Item, State
from assistant.review.book import Told
from assistant.review.rules import Wish

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter(route_class=ReplayRoute)
MOST = 500
"""Texts of one decision."""
Decided = Literal["submit", "approve", "reject", "ask", "release", "retire", "undo"]


class Seen(BaseModel):
    """A text, and the version of it that was looked at."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=1, max_length=32)
    version: int | None = Field(default=None, ge=0, le=1_000_000)


class Given(BaseModel):
    """A decision on several texts. `reason` is an id of the pack's reasons. `bulk`: what has findings is left out."""

    model_config = ConfigDict(extra="forbid")
    act: Decided
    texts: list[Seen] = Field(min_length=1, max_length=MOST)
    reason: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=2000)
    bulk: bool = False


class Words(BaseModel):
    """Other words for a text, figures as they read or as slots."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=10_000)
    version: int | None = Field(default=None, ge=0, le=1_000_000)


@router.get("/texts")
def texts(
    request: Request,
    state: State | None = None,
    campaign: str | None = None,
    package: str | None = None,
    channel: str | None = None,
    locale: str | None = None,
    after: Annotated[str, Query(max_length=32)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """Texts that somebody has touched, those longest unchanged first. `after`: the last id of the page before."""
    desk: Desk = request.app.state.desk
    where = {"campaign": campaign, "package": package, "channel": channel, "locale": locale}
    chosen = {name: value for name, value in where.items() if value is not None}
    found = desk.shelf.listed(state=state, after=after, limit=limit, **chosen)
    return Page(items=[told_of(one) for one in found], next=found[-1].id if len(found) == limit else None)


@router.get("/texts/{own}")
def text(request: Request, own: str) -> dict[str, Any]:
    """One text with its proof, as the checks find it today, and its history."""
    desk: Desk = request.app.state.desk
    row = desk.shelf.rows([own])[own]
    with desk.shelf.book() as book:
        item = book.items([own])[own]
    checked = desk.looking.checked(row)
    return {
        **told_of(item),
        "text": row["text"],
        "template": row["template"],
        "writer": row["writer"],
        "checked": checked.model_dump(mode="json") if checked else None,
        "decisions": [one.model_dump(mode="json") for one in desk.shelf.decisions(own)],
    }


@router.post("/texts/decisions")
def decide(request: Request, given: Given, person: Asking) -> dict[str, Any]:
    """Decide texts, each judged by itself. A text alone that is refused is a problem; of several it is told beside."""
    desk: Desk = request.app.state.desk
    now = dt.datetime.now(dt.UTC)
    alone = len(given.texts) == 1 and not given.bulk
    told: list[Told] = []
    for one in given.texts if not given.bulk else ():
        wish = Wish(given.act, person, given.reason, given.comment, one.version, alone=True)
        told += desk.workflow.do([one.id], wish, now)
    if given.bulk:
        seen = {one.id: one.version for one in given.texts}
        told = desk.workflow.do(
            list(seen), Wish(given.act, person, given.reason, given.comment, alone=False), now, seen
        )
    if alone and told[0].refused:
        raise told[0].refused
    return {"texts": [_came(one) for one in told], "refused": sum(one.refused is not None for one in told)}


@router.post("/texts/{own}/lease")
def lease(request: Request, own: str, person: Asking) -> dict[str, Any]:
    """Take a text to decide it, for ten minutes."""
    desk: Desk = request.app.state.desk
    return told_of(desk.workflow.take(own, Wish("approve", person), dt.datetime.now(dt.UTC)))


@router.put("/texts/{own}")
def words(request: Request, own: str, given: Words, person: Asking) -> dict[str, Any]:
    """Put other words in a text's place; what was approved is a draft again. The answer is the text with its proof."""
    desk: Desk = request.app.state.desk
    desk.editing.words(own, given.text, person, given.version, dt.datetime.now(dt.UTC))
    return text(request, own)


def told_of(item: Item) -> dict[str, Any]:
    """An item as the API tells it."""
    told = item.model_dump(mode="json", exclude={"cell", "draft", "run"})
    return {**told, **item.cell.model_dump(), "run": item.run}


def _came(one: Told) -> dict[str, Any]:
    if one.refused:
        return {"id": one.id, "refused": one.refused.code, "detail": one.refused.what, "mend": one.refused.mend}
    assert one.item is not None
    return {"id": one.id, "state": one.item.state, "version": one.item.version}
