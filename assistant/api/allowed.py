"""Who may ask for what: every address that the desk answers, once. What stands in no row is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount, compile_path

from assistant.domain.person import ROLES, Role
from assistant.domain.proposal import PROPOSERS

EVERYBODY = None
"""Nobody need be signed in. No roles at all would let nobody in."""
SIGNED_IN = ROLES


@dataclass(frozen=True)
class Row:
    """A method and a path as FastAPI writes it, and who may ask. `scope` lets a token ask too; `kept`: a browser may
    keep the answer, for it is the same for all."""

    method: str
    path: str
    roles: tuple[Role, ...] | None
    scope: str | None = None
    kept: bool = False
    _regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_regex", compile_path(self.path)[0])

    def fits(self, path: str) -> bool:
        """Whether an address that is asked for is this row's."""
        return self._regex.match(path) is not None


PAGES: Mapping[str, tuple[Role, ...]] = {
    "/studio": ("marketer",),
    "/review": ("checker", "marketer", "lead", "admin"),
    "/calls": ("rm", "lead"),
    "/score": ("evaluator",),
    "/insights": ("marketer", "checker", "lead", "evaluator", "admin"),
    "/knowledge": SIGNED_IN,
    "/check": SIGNED_IN,
}
"""The pages, in the order of the header."""

_OPEN = (
    Row("GET", "/healthz", EVERYBODY),
    Row("GET", "/readyz", EVERYBODY),
    Row("GET", "/metrics", ("admin",), "metrics:read"),
    Row("GET", "/assets/{path:path}", EVERYBODY, kept=True),
    Row("GET", "/language/{locale}", EVERYBODY),
    Row("GET", "/login", EVERYBODY),
    Row("POST", "/login", EVERYBODY),
    Row("GET", "/login/oidc", EVERYBODY),
    Row("GET", "/login/oidc/back", EVERYBODY),
    Row("POST", "/logout", EVERYBODY),
    Row("GET", "/", SIGNED_IN),
    Row("GET", "/password", SIGNED_IN),
    Row("POST", "/password", SIGNED_IN),
)
_TAKES_AWAY: tuple[Role, ...] = ("marketer", "lead", "admin")
_BRINGS: tuple[Role, ...] = ("marketer", "lead", "evaluator", "admin")
_LOOKS: tuple[Role, ...] = ("marketer", "checker", "lead", "evaluator", "admin")
_API = (
    Row("GET", "/api/v1/openapi.json", SIGNED_IN, "api:read"),
    Row("GET", "/api/v1/me", SIGNED_IN, "api:read"),
    Row("GET", "/api/v1/runs/{run}/export.{ending}", ("marketer", "checker", "lead", "evaluator"), "runs:read"),
    Row("POST", "/api/v1/events", ("admin",), "events:write"),
    Row("GET", "/api/v1/actions", ("rm", "lead"), "actions:read"),
    Row("GET", "/api/v1/actions/{own}/script", ("rm", "lead"), "actions:read"),
    Row("POST", "/api/v1/actions/{own}/outcome", ("rm", "lead"), "actions:write"),
    Row("POST", "/api/v1/exports", _TAKES_AWAY, "exports:write"),
    Row("GET", "/api/v1/exports", _TAKES_AWAY, "exports:read"),
    Row("GET", "/api/v1/exports/{own}", _TAKES_AWAY, "exports:read"),
    Row("POST", "/api/v1/exports/{own}/run", _TAKES_AWAY, "exports:write"),
    Row("POST", "/api/v1/exports/{own}/cancel", _TAKES_AWAY, "exports:write"),
    Row("GET", "/api/v1/exports/{own}/{table}", _TAKES_AWAY, "exports:read"),
    Row("POST", "/api/v1/results", _BRINGS, "results:write"),
    Row("POST", "/api/v1/results/file", _BRINGS, "results:write"),
    Row("GET", "/api/v1/results", _LOOKS, "results:read"),
    Row("GET", "/api/v1/actions/overdue", ("lead",), "actions:read"),
    Row("POST", "/api/v1/actions/reassign", ("lead",), "actions:write"),
    Row("GET", "/api/v1/texts", _LOOKS, "texts:read"),
    Row("GET", "/api/v1/texts/{own}", _LOOKS, "texts:read"),
    Row("POST", "/api/v1/texts/decisions", ("marketer", "checker", "lead", "admin"), "texts:decide"),
    Row("POST", "/api/v1/texts/{own}/lease", ("checker",), "texts:decide"),
    Row("PUT", "/api/v1/texts/{own}", ("marketer",), "texts:write"),
    Row("GET", "/api/v1/packages", _LOOKS, "texts:read"),
    Row("POST", "/api/v1/packages", ("marketer",), "texts:write"),
    Row("GET", "/api/v1/packages/{own}", _LOOKS, "texts:read"),
    Row("GET", "/api/v1/packages/{own}/sentences", _LOOKS, "texts:read"),
    Row("POST", "/api/v1/packages/{own}/decisions", ("marketer", "checker", "lead", "admin"), "texts:decide"),
    Row("POST", "/api/v1/packages/{own}/read", ("checker",), "texts:decide"),
    Row("GET", "/api/v1/knowledge", SIGNED_IN, "knowledge:read"),
    Row("GET", "/api/v1/knowledge/proposals", SIGNED_IN, "knowledge:read"),
    Row("POST", "/api/v1/knowledge/proposals", PROPOSERS, "knowledge:write"),
    Row("GET", "/api/v1/knowledge/proposals/{own}", SIGNED_IN, "knowledge:read"),
    Row("POST", "/api/v1/knowledge/proposals/{own}/decisions", PROPOSERS, "knowledge:decide"),
    Row("GET", "/api/v1/knowledge/{section}", SIGNED_IN, "knowledge:read"),
    Row("GET", "/api/v1/knowledge/{section}/{own:path}", SIGNED_IN, "knowledge:read"),
    Row("GET", "/api/v1/briefs", _LOOKS, "briefs:read"),
    Row("POST", "/api/v1/briefs", ("marketer",), "briefs:write"),
    Row("GET", "/api/v1/briefs/{own}", _LOOKS, "briefs:read"),
    Row("POST", "/api/v1/briefs/{own}/run", ("marketer",), "briefs:write"),
    Row("GET", "/api/v1/runs/{run}", ("marketer", "checker", "lead", "evaluator"), "runs:read"),
    Row("GET", "/api/v1/segments", _LOOKS, "segments:read"),
    Row("POST", "/api/v1/segments/list", ("marketer",), "segments:read"),
    Row("GET", "/api/v1/audit", ("admin", "lead"), "audit:read"),
    Row("POST", "/api/v1/lint", SIGNED_IN, "lint"),
    Row("GET", "/api/v1/results/experiments/{experiment}", _LOOKS, "results:read"),
    Row("GET", "/api/v1/assets", _LOOKS, "assets:read"),
    Row("POST", "/api/v1/assets/{own}/reuse", ("marketer",), "assets:write"),
)
# What a page's own script asks for below the page's address; all else that its framework offers stays closed.
_OF_A_PAGE = (
    ("GET", "", False),
    ("GET", "config", False),
    ("GET", "theme.css", False),
    ("GET", "assets/{path:path}", True),
    ("GET", "static/{path:path}", True),
    ("GET", "gradio_api/startup-events", False),
    ("GET", "gradio_api/heartbeat/{session_hash}", False),
    ("GET", "gradio_api/info", False),
    ("GET", "gradio_api/queue/data", False),
    ("POST", "gradio_api/queue/join", False),
    ("POST", "gradio_api/run/{name}", False),
    ("POST", "gradio_api/cancel", False),
    ("POST", "gradio_api/reset", False),
    ("POST", "gradio_api/component_server/", False),
)

# Files of the score page: whoever scores takes their pairs away and brings their answers back.
_OF_SCORING = (
    ("POST", "/score/files"),
    ("GET", "/score/files/{own}/config.xml"),
    ("GET", "/score/files/{own}/pairs.{ending}"),
    ("GET", "/score/files/{own}/said.{ending}"),
    ("POST", "/score/files/{own}/answers"),
)


def _pages() -> Iterator[Row]:
    for page, roles in PAGES.items():
        yield Row("GET", page, roles)
        yield Row("GET", f"{page}/", roles)
        for method, below, kept in _OF_A_PAGE:
            yield Row(method, f"{page}/{{locale}}/{below}", roles, kept=kept)


class Allowed:
    """The rows, and the questions that are asked of them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """What tokens can be made for."""
        return tuple(sorted({row.scope for row in self.rows if row.scope}))

    def at(self, method: str, path: str) -> tuple[Row | None, tuple[str, ...]]:
        """The row of a request, and the methods that its address has at all."""
        asked = "GET" if method == "HEAD" else method
        here = [row for row in self.rows if row.fits(path)]
        return next((row for row in here if row.method == asked), None), tuple(row.method for row in here)

    def missing(self, routes: Iterable[BaseRoute]) -> list[str]:
        """Routes that stand in no row, as `GET /path`. What is mounted must have rows below its address."""
        known = {(row.method, row.path) for row in self.rows}
        told = []
        for route in iter_route_contexts(list(routes)):
            path, methods = _face(route)
            if isinstance(route.original_route, Mount):
                if not any(row.path.startswith(f"{path}/") or row.fits(f"{path}/") for row in self.rows):
                    told.append(f"all of {path}")
            else:
                told += [f"{one} {path}" for one in sorted(methods - {"HEAD"}) if (one, path) not in known]
        return told


def _face(route: Any) -> tuple[str, set[str]]:
    return route.path or "", set(route.methods or ())


_FILES = (Row(method, path, PAGES["/score"]) for method, path in _OF_SCORING)
ALLOWED = Allowed((*_OPEN, *_API, *_FILES, *_pages()))
