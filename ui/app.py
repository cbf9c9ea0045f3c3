"""The web page and the API as one application: one Gradio app a page and language, mounted at its full public path."""

from __future__ import annotations

from collections.abc import Mapping

import gradio as gr
from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from assistant.api.access import KEY, Asked, Asking
from assistant.api.allowed import PAGES
from assistant.api.application import guarded, routes
from assistant.bootstrap.desk import Desk
from assistant.domain.person import Role
from assistant.domain.values import LOCALES, Locale
from ui.document import Documents
from ui.frame import ASSETS, Frame
from ui.languages import COOKIE
from ui.late import Late
from ui.pages.calls import calls
from ui.pages.check import check
from ui.pages.insights import insights
from ui.pages.knowledge import knowledge
from ui.pages.review import review
from ui.pages.score import score
from ui.pages.studio import studio
from ui.refusals import shown
from ui.score.files import router as score_files
from ui.sign_in import router as sign_in
from ui.tabs import Tabs
from ui.theme import theme
from ui.welcome import example
from ui.words import words_of

YEAR = 365 * 24 * 3600
HOMES: Mapping[Role, str] = {
    "marketer": "/studio", "checker": "/review", "rm": "/calls", "lead": "/calls", "evaluator": "/score",
    "admin": "/knowledge",
}  # fmt: skip
GONE_BACK_TO = (*PAGES, "/login", "/password")


def application(desk: Desk) -> FastAPI:
    """Everything that `copydesk serve` serves. The desk is made ready here, so that a healthy server is a warm one."""
    _ready(desk)
    app = routes(desk)
    app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    app.get("/", include_in_schema=False)(_home)
    app.get("/language/{locale}", include_in_schema=False)(_language)
    app.include_router(sign_in)
    app.include_router(score_files)
    for locale in LOCALES:
        words = words_of(locale)
        _mount(app, "/studio", locale, studio(desk, words))
        _mount(app, "/review", locale, review(desk, words))
        _mount(app, "/calls", locale, calls(desk, words))
        _mount(app, "/check", locale, check(desk, words))
        _mount(app, "/knowledge", locale, knowledge(desk, words))
        _mount(app, "/score", locale, score(desk, words))
        _mount(app, "/insights", locale, insights(desk, words))
    frame = Frame(tuple(PAGES), dict(desk.pack.institution.name), example(desk.pack), Late(desk))
    app.add_middleware(Documents, frame=frame, default=desk.settings.lang)
    app.add_middleware(Tabs)
    return guarded(app, desk, shown=shown)


def _ready(desk: Desk) -> None:
    """Load what the first reader would otherwise wait for; the search index may have to be built."""
    _ = desk.matrix, desk.search, desk.drafts, desk.room


def _mount(app: FastAPI, page: str, locale: Locale, blocks: gr.Blocks) -> None:
    """Mount a page in one language, for those alone whose role the page is for."""

    def who(request: Request) -> str | None:
        asked = request.scope.get(KEY)
        if not isinstance(asked, Asked) or not asked.person.is_a(*PAGES[page]):
            return None
        return asked.person.login

    gr.mount_gradio_app(
        app,
        blocks,
        path=f"{page}/{locale}",
        auth_dependency=who,
        theme=theme(),
        allowed_paths=[],
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        show_error=False,
        max_file_size="1mb",
    )


def _home(person: Asking) -> RedirectResponse:
    """The page that is their work; of somebody with several roles, the first in the order of the header."""
    theirs = {HOMES[role] for role in person.roles}
    return RedirectResponse(next(page for page in PAGES if page in theirs), 303)


def _language(locale: Locale, to: str = Query("/studio")) -> RedirectResponse:
    """Keep the reader's language and go back to the page. Only pages of ours are gone back to."""
    if to not in GONE_BACK_TO:
        raise HTTPException(404, f"There is no page {to[:40]}.")
    answer = RedirectResponse(to, 303)
    answer.set_cookie(COOKIE, locale, max_age=YEAR, httponly=True, samesite="lax")
    return answer
