"""A PostgreSQL of the tests' own, in a temporary folder, on a socket that nobody else sees."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

OPTIONS = (
    "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB "
    "-c timezone=Asia/Shanghai"  # not UTC: what depends on the server's zone is to fail
)


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that is installed; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which("pg_ctl")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def served(shared: Path, options: str = OPTIONS) -> Iterator[str]:
    """The folder of a running server's socket. Workers that share a folder share the server; the last one stops it."""
    state, lock = shared / "postgres.json", FileLock(shared / "postgres.lock")
    with lock:
        known = json.loads(state.read_text()) if state.exists() else {"folder": str(_start(options)), "users": 0}
        state.write_text(json.dumps({**known, "users": known["users"] + 1}))
    try:
        yield known["folder"]
    finally:
        with lock:
            left = json.loads(state.read_text())["users"] - 1
            if left:
                state.write_text(json.dumps({**known, "users": left}))
            else:
                state.unlink()
                _stop(Path(known["folder"]))


def _start(options: str) -> Path:
    # A socket's path has about a hundred characters at most: pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="copydesk-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    _run("initdb", "-D", f"{folder}/data", "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-k {folder} {options}"
    _run("pg_ctl", "-D", f"{folder}/data", "-w", "-s", "-l", f"{folder}/log", "-o", options, "start")
    return folder


def _stop(folder: Path) -> None:
    _run("pg_ctl", "-D", f"{folder}/data", "-w", "-s", "-m", "immediate", "stop")
    shutil.rmtree(folder)


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; it refuses to be run by root."""
    bin = binaries()
    assert bin is not None
    other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*other, str(bin / program), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, f"{program}: {done.stderr}"
