"""Every error as problem+json (RFC 9457), with the mend beside it."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, get_args

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from assistant.errors import CopydeskError, Forbidden, InputError, NotSignedIn, Refused, Stale, UnknownId

MEDIA = "application/problem+json"
RETRY_S = 5
"""When to ask again where the desk could not serve."""
_STATUS: tuple[tuple[type[CopydeskError], int], ...] = (
    (UnknownId, 404),
    (InputError, 400),
    (NotSignedIn, 401),
    (Forbidden, 403),
    (Refused, 409),
    (CopydeskError, 503),
)
_OF_CODE = {"absent": 404, "method": 405}
logger = logging.getLogger(__name__)


class Problem(BaseModel):
    """What went wrong. `type` is one word for programs, `mend` what the reader can do; more fields may come with it."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    detail: str
    mend: str = ""


def status_of(error: CopydeskError) -> int:
    """The status that tells of an error."""
    if isinstance(error, Refused) and error.code in _OF_CODE:
        return _OF_CODE[error.code]
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def told(error: CopydeskError) -> Response:
    """An error of ours as an answer; never a traceback."""
    status, more, headers = status_of(error), dict[str, Any](), dict[str, str]()
    kind = "unknown_id" if isinstance(error, UnknownId) else "input" if isinstance(error, InputError) else "unavailable"
    if isinstance(error, Refused):
        kind = error.code
    if isinstance(error, Stale):
        more = {"by": error.by, "version": error.version}
    if isinstance(error, UnknownId):
        more = {"close": error.close}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="copydesk"'
    if status == 503:
        headers["Retry-After"] = str(RETRY_S)
    return problem(status, kind, error.what, error.mend, more, headers)


def problem(
    status: int,
    kind: str,
    detail: str,
    mend: str = "",
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer in the shape of every problem. It is not kept, whatever stands before the desk."""
    body = Problem(
        type=f"urn:copydesk:{kind}", title=HTTPStatus(status).phrase, status=status, detail=detail, mend=mend
    )
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return JSONResponse({**body.model_dump(), **(more or {})}, status, kept, media_type=MEDIA)


def add_problems(app: FastAPI) -> None:
    """Have an application tell every error so."""
    app.add_exception_handler(CopydeskError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _ours(_request: Request, error: Exception) -> Response:
    assert isinstance(error, CopydeskError)
    return told(error)


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "http", str(error.detail), headers=error.headers)


async def _unexpected(request: Request, error: Exception) -> Response:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "fault", "The desk met a fault of its own.", "It is in the log; tell whoever runs the desk.")


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [_fault(request, one) for one in error.errors()]
    detail = "; ".join(f"{one['field']}: {one['what']}" for one in faults[:5])
    more = f" … and {len(faults) - 5} more" if len(faults) > 5 else ""
    return problem(422, "invalid", detail + more, "Mend the fields that are named.", {"errors": faults})


def _fault(request: Request, fault: Mapping[str, Any]) -> dict[str, str]:
    place, what = fault["loc"], str(fault["msg"])
    if fault["type"] == "extra_forbidden":
        close = difflib.get_close_matches(str(place[-1]), _fields(request, place[1:-1]), n=1)
        what = "there is no such field" + (f"; is “{close[0]}” meant?" if close else "")
    return {"field": ".".join(str(step)[:64] for step in place), "what": what}


def _fields(request: Request, steps: Sequence[Any]) -> list[str]:
    """The fields of what a route takes, at a place within it."""
    params: Sequence[Any] = getattr(getattr(request.scope.get("route"), "dependant", None), "body_params", ())
    kind: Any = params[0].field_info.annotation if len(params) == 1 else None
    for step in steps:
        named = kind.model_fields.get(step) if _is_model(kind) else None
        kind = named.annotation if named else next(iter(one for one in _args(kind) if _is_model(one)), None)
    inner: list[Any] = [kind, *_args(kind)]
    return [name for one in inner if _is_model(one) for name in one.model_fields]


def _args(kind: Any) -> tuple[Any, ...]:
    return get_args(kind)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
