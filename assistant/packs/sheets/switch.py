"""Several files change together: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from assistant.errors import FileError


def replace_all(contents: dict[Path, bytes]) -> None:
    """Write each file beside its place, then put all in place; after a failure every file is as it was. FileError."""
    real = {path.resolve(): content for path, content in contents.items()}
    before = {path: path.read_bytes() if path.exists() else None for path in real}
    waiting: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for path, content in real.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[path] = beside(path, content)
        for path, temporary in waiting.items():
            temporary.replace(path)
            done.append(path)
    except OSError as error:
        for path in done:
            _restored(path, before[path])
        what = f"{error.filename or 'The pack'} cannot be written ({error.strerror}); nothing was changed."
        raise FileError(what, "Check the rights and the space.") from error
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)


def beside(path: Path, content: bytes, mark: str = "") -> Path:
    """A new file beside a file, whole and on the disk, with its mode; `mark`: what its name begins with. OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{mark}{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _restored(path: Path, content: bytes | None) -> None:
    # The disk fails already; what can be put back is put back, and the first error is the one that is told.
    with contextlib.suppress(OSError):
        if content is None:
            path.unlink()
        else:
            beside(path, content).replace(path)
