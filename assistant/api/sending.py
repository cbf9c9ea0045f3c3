"""A file that is made for one answer and goes with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from fastapi.responses import FileResponse
from starlette.background import BackgroundTask


def made(name: str, media_type: str, write: Callable[[Path], None]) -> FileResponse:
    """A file of that name, written by `write`; it is gone from the disk when it is sent, or could not be written."""
    folder = Path(tempfile.mkdtemp(prefix="copydesk-"))
    path = folder / name
    try:
        write(path)
    except BaseException:  # a cancellation too: the folder goes, the reason goes on
        rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        path,
        media_type=media_type,
        filename=path.name,
        headers={"Cache-Control": "no-store"},
        background=BackgroundTask(rmtree, folder, ignore_errors=True),
    )
