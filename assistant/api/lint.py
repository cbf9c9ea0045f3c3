"""Texts to be checked, kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.checks.case import LintCase
from assistant.checks.mending import linted

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk

router = APIRouter()


class Cases(BaseModel):
    """Texts, each with what is known of it: channel, product, customer's age and risk, day of sending."""

    model_config = ConfigDict(extra="forbid")
    cases: Annotated[list[LintCase], Field(min_length=1, max_length=500)]


@router.post("/lint")
def lint(request: Request, given: Cases) -> dict[str, Any]:
    """Every text's verdict, findings with their mends, and claims with their facts."""
    desk: Desk = request.app.state.desk
    return {"results": [linted(desk.engine, case).model_dump(mode="json") for case in given.cases]}
