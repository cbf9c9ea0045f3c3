"""copydesk serve: the web page and the API."""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, say
from assistant.errors import FileError

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from assistant.settings import Settings

_M_ARENA_MAX, _HEAPS = -8, 2
"""The first as glibc's malloc.h has it."""


def options(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", help="127.0.0.1")
    parser.add_argument("--port", type=int, help="7860")
    parser.add_argument("--socket", type=Path, help="a unix socket instead, for a proxy on this machine")


def run(given: argparse.Namespace) -> int:
    """Serve until stopped."""
    from ui.app import application

    sparing()
    desk = desk_of(given)
    for words in desk.begin(dt.datetime.now(dt.UTC)):
        say(words)
    settings = desk.settings = desk.settings.over(host=given.host, port=given.port)
    page = application(desk)
    say(f"Copydesk is at {given.socket or f'http://{settings.host}:{settings.port}'}")
    say(door_of(page.state.access.needs_no_account, desk.people.store.anybody()))
    if given.socket is None:
        server(page, settings).run()
        return 0
    with listening(given.socket) as own:
        server(page, settings).run(sockets=[own])
    given.socket.unlink(missing_ok=True)
    return 0


def sparing() -> bool:
    """Have the threads of this process share two heaps, where its C library lets one say so; whether it does.

    glibc gives every thread a heap of its own and hands little of it back: pages drawn for many at once would stay in
    memory once for each thread that has drawn one.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS))
    except (AttributeError, OSError, TypeError):
        return False  # another C library


def server(page: FastAPI, settings: Settings) -> uvicorn.Server:
    """What serves. Who is at the other end is what a trusted header goes by: no header may change it."""
    import uvicorn

    from assistant.api.logs import logging_of

    told = {"proxy_headers": False, "server_header": False, **logging_of(settings)}
    config = uvicorn.Config(page, host=settings.host, port=settings.port, **told)
    return uvicorn.Server(config)


def door_of(open_here: bool, anybody: bool) -> str:
    """Who may come in, in words."""
    if open_here:
        return (
            "Nobody has an account: whoever sits at this machine may do everything but approve their own texts. "
            "With the first account (copydesk user add NAME --role admin) everybody signs in."
        )
    if anybody:
        return "Everybody signs in."
    return "Everybody signs in, and nobody has an account yet: copydesk user add NAME --role admin makes the first."


def listening(path: Path) -> socket.socket:
    """A unix socket that its owner and group may use. FileError where it cannot be made."""
    own = socket.socket(socket.AF_UNIX)
    try:
        with suppress(FileNotFoundError):
            if path.is_socket():
                path.unlink()
        own.bind(str(path))
        path.chmod(0o660)
    except OSError as error:
        own.close()
        raise FileError(
            f"The socket {path} cannot be made ({error.strerror}).", "Name a folder of your own."
        ) from error
    return own
