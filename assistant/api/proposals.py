"""Changes of the knowledge: proposed, looked at, decided by somebody else."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import TYPE_CHECKING, Annotated, Any, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.api.access import Asking
from assistant.api.paging import Page
from assistant.api.replay import ReplayRoute
from assistant.domain.proposal import LONGEST, Proposal, ProposalAct, Standing
from assistant.review.knowledge.rules import ProposalWish

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter(prefix="/knowledge/proposals", route_class=ReplayRoute)


class Change(BaseModel):
    """Another text for an entry, or other values of some of its keys."""

    model_config = ConfigDict(extra="forbid")
    section: str = Field(min_length=1, max_length=40)
    id: str = Field(min_length=1, max_length=160)
    text: str | None = Field(default=None, max_length=LONGEST)
    values: dict[str, Any] | None = None
    note: str = Field(default="", max_length=2000)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.text is None) == (self.values is None):
            raise ValueError("send either text or values")
        return self


class Given(BaseModel):
    """A decision on a proposal. `version`: the one that was looked at; `reason`: an id of the pack's reasons."""

    model_config = ConfigDict(extra="forbid")
    act: ProposalAct
    version: int | None = Field(default=None, ge=0, le=1_000_000)
    reason: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=2000)


@router.post("", status_code=201)
def propose(request: Request, given: Change, person: Asking) -> dict[str, Any]:
    """Try a change on a copy and keep it: `proposed`, or a `draft` with its problems."""
    desk: Desk = request.app.state.desk
    now = dt.datetime.now(dt.UTC)
    return told_of(desk.proposals.propose(given.section, given.id, person, now, given.text, given.values, given.note))


@router.get("")
def proposals(
    request: Request,
    state: Standing | None = None,
    section: Annotated[str | None, Query(max_length=40)] = None,
    id: Annotated[str | None, Query(max_length=160)] = None,
    after: Annotated[str, Query(max_length=32)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """Proposals, the newest first."""
    desk: Desk = request.app.state.desk
    where = {name: value for name, value in (("section", section), ("entry", id)) if value is not None}
    found = desk.proposal_store.listed(state, after, limit, **where)
    return Page(items=[row_of(one) for one in found], next=found[-1].id if len(found) == limit else None)


@router.get("/{own}")
def proposal(request: Request, own: str) -> dict[str, Any]:
    """A proposal whole; `stale` where its entry has another text by now."""
    desk: Desk = request.app.state.desk
    return told_of(desk.proposals.proposal(own))


@router.post("/{own}/decisions")
def decide(request: Request, own: str, given: Given, person: Asking) -> dict[str, Any]:
    """Approve it into effect, reject it with a reason, withdraw one's own, or submit a draft whose cause was mended."""
    desk: Desk = request.app.state.desk
    wish = ProposalWish(given.act, person, given.reason, given.comment, given.version)
    return told_of(desk.proposals.decide(own, wish, dt.datetime.now(dt.UTC)))


def row_of(proposal: Proposal) -> dict[str, Any]:
    """A proposal in a list: without its texts."""
    told = proposal.model_dump(mode="json", exclude={"text", "was", "problems", "outdated", "entry", "touches"})
    return {**told, "id": proposal.id, "entry": proposal.entry, "problems": len(proposal.problems)}


def told_of(proposal: Proposal) -> dict[str, Any]:
    """A proposal whole, with the lines that differ."""
    name = f"{proposal.file}:{proposal.line}"
    before, after = proposal.was.splitlines(), proposal.text.splitlines()
    diff = "\n".join(difflib.unified_diff(before, after, name, name, lineterm=""))
    return {**proposal.model_dump(mode="json"), "diff": diff}
