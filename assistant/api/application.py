"""The FastAPI application: health, who one is, runs, events, actions; and the door before all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from assistant.api.absence import router as absence
from assistant.api.access import Access, Asking, Whose
from assistant.api.actions import router as actions
from assistant.api.allowed import ALLOWED, Allowed
from assistant.api.assets import router as assets
from assistant.api.audit import router as audit
from assistant.api.briefs import router as briefs
from assistant.api.current import Current
from assistant.api.document import PROBLEMS, described
from assistant.api.door import Door, Shown
from assistant.api.events import router as events
from assistant.api.exports import router as exports
from assistant.api.knowledge import router as knowledge
from assistant.api.lint import router as lint
from assistant.api.oidc import router as oidc
from assistant.api.packages import router as packages
from assistant.api.problems import add_problems
from assistant.api.proposals import router as proposals
from assistant.api.results import router as results
from assistant.api.runs import router as runs
from assistant.api.segments import router as segments
from assistant.api.texts import router as texts
from assistant.api.watching import watchable, watched

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def api(desk: Desk) -> FastAPI:
    """An application that serves this desk over the API alone, its door shut."""
    return guarded(routes(desk), desk)


def routes(desk: Desk) -> FastAPI:
    """The API's routes, for who adds pages to them. The interactive documentation is off: it loads from elsewhere."""
    app = FastAPI(
        title="Copydesk", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", responses=PROBLEMS
    )
    app.state.desk = desk
    add_problems(app)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Whether the desk can work, and with which knowledge."""
        return {"status": "ok", "pack": desk.pack.id, "version": desk.pack.version}

    @app.get("/api/v1/me")
    def me(person: Asking, whose: Whose) -> dict[str, Any]:
        """Who is asking, what they may do, and whose customers they see: managers' ids, null for everybody's."""
        return {**person.model_dump(), "managers": None if whose is None else sorted(whose)}

    # What stands before a name in braces must come first: /actions/overdue is no action's name.
    for one in (runs, events, absence, actions, texts, packages, exports, results, assets, audit, lint):
        app.include_router(one, prefix="/api/v1")
    for one in (proposals, knowledge, briefs, segments):
        app.include_router(one, prefix="/api/v1")
    app.include_router(oidc)
    app.add_middleware(Current, catch_up=desk.catch_up)
    return described(watchable(app, desk))


def guarded(
    app: FastAPI, desk: Desk, allowed: Allowed = ALLOWED, shown: Shown = lambda _scope, _error: None
) -> FastAPI:
    """The application with its door, once all that it serves is there. A route in no row stops it from starting."""
    missing = allowed.missing(app.routes)
    if missing:
        raise RuntimeError(f"assistant/api/allowed.py does not say who may ask for: {', '.join(missing)}")
    access = Access.of(lambda: desk.people, desk.settings)
    app.state.access = access
    app.add_middleware(Door, access=access, allowed=allowed, shown=shown)
    return watched(app, desk)
