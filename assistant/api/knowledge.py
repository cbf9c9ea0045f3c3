"""The knowledge to look at: its sections, the entries of one, and an entry with its text, facts, uses and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request

from assistant.api.paging import Page
from assistant.api.proposals import row_of

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter(prefix="/knowledge")


@router.get("")
def sections(request: Request) -> dict[str, Any]:
    """Every section with its number of entries, and the version of the knowledge."""
    desk: Desk = request.app.state.desk
    return {"version": desk.pack.version, "sections": desk.browsing.sections()}


@router.get("/{section}")
def entries(
    request: Request,
    section: str,
    words: Annotated[str, Query(max_length=200)] = "",
    after: Annotated[str, Query(max_length=160)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """Entries of a section, in the pack's order; those that hold all `words`, where some are given."""
    desk: Desk = request.app.state.desk
    found = desk.browsing.listed(section, words, after, limit)
    return Page(items=found, next=found[-1]["id"] if len(found) == limit else None)


@router.get("/{section}/{own:path}")
def entry(request: Request, section: str, own: str) -> dict[str, Any]:
    """An entry as data and as it stands in its file; its facts, what uses it, the decided proposals on it."""
    desk: Desk = request.app.state.desk
    told = desk.browsing.entry(section, own)
    return {**told, "history": [row_of(one) for one in desk.proposals.history(section, own)]}
