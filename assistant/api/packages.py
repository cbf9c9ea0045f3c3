"""Packages: several waves that take one approval, read a sentence at a time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.access import Asking
from assistant.api.paging import Page
from assistant.api.replay import ReplayRoute
from assistant.api.texts import MOST, told_of
from assistant.errors import UnknownId
from assistant.review.rules import Wish

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter(prefix="/packages", route_class=ReplayRoute)
Criterion = Literal["clicks", "conversions", "replies", "amount"]


class Bundle(BaseModel):
    """A package to be made: drafts of one campaign by wave, and how its success is measured."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=120)
    waves: dict[Annotated[str, Field(min_length=1, max_length=40)], list[str]] = Field(min_length=1, max_length=20)
    criterion: Criterion = "conversions"


class Decision(BaseModel):
    """A decision on every text of a package."""

    model_config = ConfigDict(extra="forbid")
    act: Literal["submit", "approve", "reject", "ask", "release", "retire"]
    reason: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=2000)


class Read(BaseModel):
    """Sentences that were read and passed."""

    model_config = ConfigDict(extra="forbid")
    sentences: list[str] = Field(min_length=1, max_length=MOST)


@router.get("")
def packages(
    request: Request,
    after: Annotated[str, Query(max_length=32)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """Packages by the day when they were made, the newest first."""
    desk: Desk = request.app.state.desk
    found = desk.shelf.packages(after=after, limit=limit)
    return Page(items=found, next=found[-1]["id"] if len(found) == limit else None)


@router.post("", status_code=201)
def bundle(request: Request, given: Bundle, person: Asking) -> dict[str, Any]:
    """Make a package of drafts."""
    desk: Desk = request.app.state.desk
    now = dt.datetime.now(dt.UTC)
    own = desk.packages.bundle(given.name, given.waves, given.criterion, person, now)
    return package(request, own)


@router.get("/{own}")
def package(request: Request, own: str) -> dict[str, Any]:
    """A package and its texts."""
    desk: Desk = request.app.state.desk
    found = desk.shelf.package(own)
    if found is None:
        raise UnknownId("package", own, [one["id"] for one in desk.shelf.packages(limit=50)])
    return {**found, "texts": [told_of(one) for one in desk.shelf.listed(package=own, limit=10_000)]}


@router.get("/{own}/sentences")
def sentences(request: Request, own: str, person: Asking) -> dict[str, Any]:
    """A package folded: each sentence once, with the texts that it stands in; what the person who asks has read."""
    desk: Desk = request.app.state.desk
    folded = desk.packages.folded(own)
    read = desk.shelf.read_by(own, person.login)
    plain, once = folded.characters()
    told = [
        {"id": one.id, "template": one.template, "locale": one.locale, "texts": one.items, "read": one.id in read}
        for one in folded.sentences
    ]
    return {"sentences": told, "characters": plain, "characters_folded": once}


@router.post("/{own}/decisions")
def decide(request: Request, own: str, given: Decision, person: Asking) -> dict[str, Any]:
    """Decide every text of a package, or none."""
    desk: Desk = request.app.state.desk
    wish = Wish(given.act, person, given.reason, given.comment, alone=given.act != "approve" or bool(given.comment))
    told = desk.packages.do_package(own, wish, dt.datetime.now(dt.UTC))
    return {"package": own, "texts": len(told), "state": told[0].item.state if told[0].item else None}


@router.post("/{own}/read")
def read(request: Request, own: str, given: Read, person: Asking) -> dict[str, Any]:
    """Note sentences as read; texts that are read whole are approved."""
    desk: Desk = request.app.state.desk
    told = desk.packages.read(own, given.sentences, person, dt.datetime.now(dt.UTC))
    approved = [one.id for one in told if one.item]
    left = [{"id": one.id, "refused": one.refused.code, "detail": one.refused.what} for one in told if one.refused]
    return {"approved": approved, "left": left}
