"""What is secret in the environment is in no output, whatever a command meets."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.cli import main
from assistant.domain.pack import Pack
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply
from assistant.models.scripted_words import answer
from tests.unit.models.servers import refusal, serving

KEY = "sk-never-shown-8836"
WRITE = "write B1-TERM2Y --segment salary --age 35-44 --channel sms --locale zh-Hans -n 2 --json".split()
CELL = "B1-TERM2Y/salary/35-44/sms/zh-Hans"


class Run:
    """Commands in this process, all that they print kept."""

    def __init__(self, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        self._capsys, self._caplog = capsys, caplog
        self.said = ""
        self.logged = ""

    def __call__(self, *arguments: str) -> tuple[int, str]:
        code = main(arguments)
        out, err = self._capsys.readouterr()
        self.said += out + err
        self.logged += self._caplog.text
        return code, out


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all: its index is made once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    bank: Pack,
    engine: CheckEngine,
    home: Path,
) -> Run:
    monkeypatch.chdir(tmp_path)
    # The pack holds no secret; loading it anew for each command is what would take the time.
    monkeypatch.setattr(Desk, "pack", bank)
    monkeypatch.setattr(Desk, "engine", engine)
    for name, value in {"HOME": home, "MODEL_KEY": KEY, "MODEL_NAME": "scripted"}.items():
        monkeypatch.setenv(f"COPYDESK_{name}", str(value))
    return Run(capsys, caplog)


def kept(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_key_is_printed_and_kept_nowhere(run: Run, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    with ScriptedEndpoint() as server:
        monkeypatch.setenv("COPYDESK_MODEL_URL", server.url)
        code, out = run(*WRITE)
        assert code == 0
        draft = json.loads(out)["variants"][0]["id"]
        assert run("replay", draft)[0] == 0 and run("replay", draft, "--json")[0] == 0
        assert run("prompt", "show", CELL)[0] == 0
        assert run("doctor")[0] == 0 and run("doctor", "--json")[0] == 0
        assert run("model", "probe")[0] == 0 and run("model", "probe", "--json")[0] == 0
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}", "the key was there to be shown"
    assert KEY not in run.said + run.logged and KEY.encode() not in kept(home)


def test_a_server_that_repeats_the_key_is_not_quoted(run: Run, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    def tells(*_: Any) -> Any:
        return refusal(f"{KEY} is no key for schema and grammar", 400)

    with ScriptedEndpoint(answer) as server:
        monkeypatch.setenv("COPYDESK_MODEL_URL", server.url)
        draft = json.loads(run(*WRITE)[1])["variants"][0]["id"]
    with serving(tells) as url:
        monkeypatch.setenv("COPYDESK_MODEL_URL", f"{url}/v1")
        assert run("replay", draft)[0] == 2
        assert run("model", "probe")[0] == 1 and run("model", "probe", "--json")[0] == 1
        assert run("doctor")[0] == 1
        assert run(*WRITE, "--note", "shorter")[0] == 0
    assert KEY not in run.said + run.logged and KEY.encode() not in kept(home)


def test_a_key_in_the_address_is_not_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedEndpoint([Reply("Hello.")]) as server:
        monkeypatch.setenv("COPYDESK_MODEL_URL", server.url.replace("//", f"//clerk:{KEY}@"))
        monkeypatch.delenv("COPYDESK_MODEL_KEY")
        run("doctor")
        run("model", "probe", "--json")
    monkeypatch.setenv("COPYDESK_MODEL_URL", f"{KEY}@host:1/v1")
    assert run("model", "probe")[0] == 2 and run("doctor")[0] == 1
    monkeypatch.setenv("COPYDESK_DATABASE_URL", f"nodatabase://clerk:{KEY}@host/desk")
    assert run("doctor")[0] == 1
    assert KEY not in run.said


def test_a_slip_in_a_secrets_name_shows_the_name_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_MODEL_KAY", KEY)
    assert run("doctor")[0] == 2
    assert "COPYDESK_MODEL_KEY" in run.said and KEY not in run.said
