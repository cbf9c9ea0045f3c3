"""What the OpenAPI document says beyond what routes say of themselves: errors, files, a body that is a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI

from assistant.api.problems import MEDIA, Problem

Responses = dict[int | str, dict[str, Any]]
_WHEN = {
    400: "The input is wrong.",
    401: "Nobody is signed in, or the token has ended.",
    403: "Not their role, scope or customer; or a page from elsewhere asks.",
    404: "An id that is in no list, or not theirs.",
    409: "The desk's rules forbid it, or somebody else was first.",
    422: "Fields that are missing, unknown or of another type.",
    503: "The database or another part cannot serve now; ask again after Retry-After.",
}
_NAME = "#/components/schemas/Problem"
PROBLEMS: Responses = {
    status: {"description": words, "content": {MEDIA: {"schema": {"$ref": _NAME}}}} for status, words in _WHEN.items()
}
"""Every error that a route may answer."""


def files(types: Iterable[str]) -> Responses:
    """An answer that is a file of one of some media types."""
    whole = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "The file.", "content": {one.partition(";")[0]: whole for one in types}}}


FILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""A request whose body is a file, for `openapi_extra`."""


def described(app: FastAPI) -> FastAPI:
    """The application, whose document knows the shape of a problem."""
    of_routes = app.openapi

    def document() -> dict[str, Any]:
        told = of_routes()
        told.setdefault("components", {}).setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
        return told

    app.openapi = document  # type: ignore[method-assign]
    return app
