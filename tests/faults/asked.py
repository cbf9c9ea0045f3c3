"""What people and programs ask of a desk, through its own doors: commands and requests, and what they are told."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from assistant.api.application import api
from assistant.bootstrap.desk import Desk
from assistant.cli import main
from assistant.commands import audit_command, export_command, index_command, write_command
from tests.conftest import here
from tests.e2e.moves import CAMPAIGN, NOW

V1 = "/api/v1"
COMMANDS = (audit_command, export_command, index_command, write_command)


@dataclass(frozen=True)
class Told:
    """An answer: an exit code or a status, and the words that came with it."""

    code: int
    words: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        return self.code in (0, 200, 201)


class Asked:
    """A desk that is asked. Commands work with the desk that is open already."""

    def __init__(self, desk: Desk, out: Path) -> None:
        for command in COMMANDS:
            command.desk_of = lambda _given: desk  # type: ignore[attr-defined]
        self._desk, self._out, self._count = desk, out, itertools.count()
        self.client: TestClient = here(api(desk))
        self.doings: Mapping[str, Callable[[], Told]] = {
            "write": self.write,
            "decide": self.decide,
            "export": self.export,
            "export_command": self.export_command,
            "seal": self.seal,
            "index": self.index,
        }

    def write(self) -> Told:
        """A cell that nobody has written yet, or what is left of it."""
        segment = sorted(self._desk.pack.segments)[self._desk.drafts.count()["runs"] % 6]
        where = ("--segment", segment, "--age", "35-44", "--channel", "sms", "--locale", "zh-Hans")
        return self._command("write", CAMPAIGN, *where, "-n", "2", "--note", f"warmer, {next(self._count)}", "--json")

    def decide(self) -> Told:
        """A text is submitted, or taken back to be a draft by an edit."""
        waiting = self._desk.shelf.listed(state="submitted", limit=1)
        if waiting:
            own = waiting[0].id
            text = self._desk.shelf.rows([own])[own]["text"]
            return self._request("PUT", f"/texts/{own}", {"text": text})
        own = next(row["id"] for row in self._desk.recalls.drafts() if row["id"] not in self._released())
        return self._request("POST", "/texts/decisions", {"act": "submit", "texts": [{"id": own}]})

    def export(self) -> Told:
        order = {"campaign": CAMPAIGN, "send_at": NOW.isoformat()}
        return self._request("POST", "/exports", {"order": order})

    def export_command(self) -> Told:
        return self._command("export", "--campaign", CAMPAIGN, "--send-at", "2026-11-23T10:00", "--out", str(self._out))

    def seal(self) -> Told:
        return self._command("audit", "seal")

    def index(self) -> Told:
        return self._command("index")

    def _released(self) -> set[str]:
        return {one.draft for one in self._desk.shelf.listed(state="released")}

    def _command(self, *given: str) -> Told:
        said = io.StringIO()
        with redirect_stderr(said), redirect_stdout(io.StringIO()):
            code = main(given)
        return Told(code, said.getvalue())

    def _request(self, method: str, path: str, body: Any) -> Told:
        answer = self.client.request(method, V1 + path, json=body)
        return Told(answer.status_code, answer.text, {**answer.json(), "headers": dict(answer.headers)})
