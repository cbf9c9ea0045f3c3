"""The server's keeper without a vLLM: what it says when nothing comes up, and that it leaves nothing behind."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import FileError, ModelUnavailable
from eval.vllm_server import VllmServer


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}", "utf-8")
    return folder


def program(folder: Path, *lines: str) -> Path:
    """A file that stands in for the Python of an environment."""
    path = folder / "python"
    path.write_text("\n".join(["#!/bin/sh", *lines]), "utf-8")
    path.chmod(0o755)
    return path


def test_what_is_missing_is_told_before_anything_starts(model: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"eval\.tiny_model"):
        VllmServer(tmp_path / "none", Path(sys.executable)).__enter__()
    with pytest.raises(FileError, match="scripts/vllm-environment"):
        VllmServer(model, tmp_path / "no-python").__enter__()


def test_a_server_that_ends_at_once_is_told_with_its_last_lines(model: Path, tmp_path: Path) -> None:
    python = program(tmp_path, "echo no such module >&2", "exit 3")
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"(?s)ended with 3.*no such module"):
        VllmServer(model, python, start_s=60).__enter__()
    assert time.monotonic() - began < 30


def test_a_server_that_never_answers_is_ended_with_all_that_it_started(model: Path, tmp_path: Path) -> None:
    child = tmp_path / "child"
    python = program(
        tmp_path, "echo slow", "trap '' TERM", "sleep 600 &", f"echo $! > {child}", "wait; wait; sleep 600"
    )
    server = VllmServer(model, python, start_s=0.5, end_s=0.5)
    with pytest.raises(ModelUnavailable, match=r"(?s)not ready within 0\.5 s.*slow"):
        server.__enter__()
    assert not _runs(int(child.read_text()))


def _runs(process: int) -> bool:
    """Whether a process is still at work; one that ended and waits for its parent to notice is not."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return False
        if state == "Z":
            return False
        time.sleep(0.05)  # the kernel tells only a parent that a process has ended
    return True
