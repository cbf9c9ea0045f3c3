"""copydesk serve: the web page and the API."""

from __future__ import annotations

import argparse

from assistant.commands.common import desk_of, say


def options(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", help="127.0.0.1")
    parser.add_argument("--port", type=int, help="7860")


def run(given: argparse.Namespace) -> int:
    """Serve until stopped."""
    import uvicorn

    from assistant.api.logs import logging_of
    from ui.app import application

    desk = desk_of(given)
    settings = desk.settings.over(host=given.host, port=given.port)
    page = application(desk)
    say(f"Copydesk is at http://{settings.host}:{settings.port}")
    uvicorn.run(page, host=settings.host, port=settings.port, **logging_of(settings))
    return 0
