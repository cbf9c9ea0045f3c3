"""The web page and the API as one application: one Gradio app a page and language, mounted at its full public path."""

from __future__ import annotations

import gradio as gr
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.domain.values import LOCALES, Locale
from ui.document import Documents
from ui.frame import ASSETS, Frame
from ui.languages import COOKIE
from ui.pages.check import check
from ui.pages.studio import studio
from ui.studio.room import WritingRoom
from ui.theme import theme
from ui.words import words_of

YEAR = 365 * 24 * 3600
PAGES = ("/studio", "/check")


def application(desk: Desk) -> FastAPI:
    """Everything that `copydesk serve` serves. The desk is made ready here, so that a healthy server is a warm one."""
    _ready(desk)
    app, room = api(desk), WritingRoom()
    app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    app.get("/", include_in_schema=False)(_home)
    app.get("/language/{locale}", include_in_schema=False)(_language)
    for locale in LOCALES:
        words = words_of(locale)
        _mount(app, f"/studio/{locale}", studio(desk, words, room))
        _mount(app, f"/check/{locale}", check(desk, words))
    app.add_middleware(Documents, frame=Frame(PAGES, dict(desk.pack.institution.name)), default=desk.settings.lang)
    return app


def _ready(desk: Desk) -> None:
    """Load what the first reader would otherwise wait for; the search index may have to be built."""
    _ = desk.matrix, desk.search, desk.drafts


def _mount(app: FastAPI, path: str, page: gr.Blocks) -> None:
    gr.mount_gradio_app(
        app,
        page,
        path=path,
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


def _home() -> RedirectResponse:
    return RedirectResponse(PAGES[0])


def _language(locale: Locale, to: str = Query(PAGES[0])) -> RedirectResponse:
    """Keep the reader's language and go back to the page. Only pages of ours are gone back to."""
    if to not in PAGES:
        raise HTTPException(404, f"There is no page {to[:40]}.")
    answer = RedirectResponse(to, 303)
    answer.set_cookie(COOKIE, locale, max_age=YEAR, httponly=True, samesite="lax")
    return answer
