"""A live feed: events in, next actions out."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.moments import When
from assistant.errors import InputError
from assistant.playbook.actions import NextActions
from assistant.playbook.database import local

router = APIRouter()
MOST = 1000
"""Events of one request."""
EARLIEST = dt.datetime(1970, 1, 1)
AHEAD = dt.timedelta(days=1)
"""So far a sender's clock may be ahead of ours; an event of the future would carry all others of its request there."""


class Event(BaseModel):
    """One event as it is posted. `at` without a zone is the institution's own time."""

    model_config = ConfigDict(extra="forbid")
    event_id: str = Field(min_length=1, max_length=128)
    customer_id: str = Field(min_length=1, max_length=64)
    at: When
    kind: str
    amount: float | None = Field(default=None, ge=0, le=1e15, allow_inf_nan=False)
    attributes: dict[str, Any] = Field(default_factory=dict)


_EVENT = Event.model_json_schema()
_MANY = {"type": "array", "items": _EVENT, "maxItems": MOST}
_BODY = {"requestBody": {"content": {"application/json": {"schema": {"anyOf": [_EVENT, _MANY]}}}}}


@router.post("/events", openapi_extra=_BODY)
def post(request: Request, body: Annotated[Any, Body()]) -> dict[str, Any]:
    """One event or many; each is judged by itself. An event whose id is known leads to nothing a second time."""
    desk = request.app.state.desk
    given = body if isinstance(body, list) else [body]
    if len(given) > MOST:
        raise InputError(f"The request holds {len(given)} events.", f"Post {MOST} at most at a time.")
    actions: NextActions = desk.actions
    if actions.place is None:
        raise InputError("No customers are named.", "Set COPYDESK_DATA to a folder or a DuckDB file.")
    zone, kinds, refused = desk.pack.institution.timezone, desk.pack.institution.event_kinds, list[dict[str, Any]]()
    sound: dict[int, dict[str, Any]] = {}
    latest = local(max(actions.opened_at, dt.datetime.now(dt.UTC)), zone) + AHEAD
    for place, one in enumerate(given):
        what, row = _read(one, kinds, zone, latest)
        if row is None:
            refused.append({"index": place, "error": what})
        else:
            sound[place] = row
    known = actions.live.knows(sorted({row["customer_id"] for row in sound.values()}))
    for place in [place for place, row in sound.items() if row["customer_id"] not in known]:
        refused.append({"index": place, "error": f"there is no customer {sound.pop(place)['customer_id']}"})
    fresh, told = actions.post(list(sound.values()))
    lines = [one.line(new, zone) for one, new in told]
    return {"accepted": len(fresh), "known": len(sound) - len(fresh), "refused": refused, "actions": lines}


def _read(given: Any, kinds: tuple[str, ...], zone: str, latest: dt.datetime) -> tuple[str, dict[str, Any] | None]:
    """A posted event as the playbook takes it; else what is wrong with it."""
    try:
        event = Event.model_validate(given)
    except ValidationError as error:
        first: Any = error.errors(include_url=False)[0]
        key = ".".join(str(step) for step in first["loc"]) or "the event"
        return f"{key}: {first['msg']}", None
    if event.kind not in kinds:
        close = difflib.get_close_matches(event.kind, kinds, n=1)
        return f"kind: “{event.kind}” is unknown" + (f"; is “{close[0]}” meant?" if close else ""), None
    at = local(event.at, zone)
    if not EARLIEST <= at <= latest:
        return f"at: {event.at.isoformat()} lies {'in the future' if at > latest else 'before 1970'}", None
    return "", {**event.model_dump(), "at": at}
