"""A command of the desk run in this process, as its person sees it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from assistant.cli import main

Command = Callable[..., tuple[int, str, str]]


def commanding(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """What runs a command's words, with `typed` on standard input: its exit code, output and messages."""

    def run(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        try:
            code = main(list(words))
        except SystemExit as error:
            code = int(error.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run
