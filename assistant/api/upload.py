"""A file in a request's body: taken to a folder of its own, as far as it is not too long."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from assistant.errors import InputError

MOST = 100_000_000
"""Bytes of one file."""


@asynccontextmanager
async def uploaded(request: Request, name: str) -> AsyncIterator[Path]:
    """The body as a file of that name's kind, removed at the end. Raises InputError where it is too long or empty."""
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > MOST:
        raise _too_long()
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        # The name says the kind and nothing else: what a stranger wrote never becomes a path.
        path, size = Path(folder) / f"file{Path(name).suffix.lower()[:8]}", 0
        with path.open("wb") as file:
            async for piece in request.stream():
                size += len(piece)
                if size > MOST:
                    raise _too_long()
                await run_in_threadpool(file.write, piece)
        if not size:
            raise InputError("The body is empty.", "Send the file as the body.")
        yield path


def _too_long() -> InputError:
    return InputError(f"The file is longer than {MOST // 10**6} MB.", "Split it.")
