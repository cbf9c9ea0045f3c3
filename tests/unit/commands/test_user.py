"""copydesk user and token: accounts and tokens by command; a password never stands on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commanding import Command, commanding
from tests.conftest import QUICK

PASSWORD = "seven herons over the lake"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    for name, value in QUICK.items():
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", str(value))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return commanding(monkeypatch, capsys)


def test_the_first_admin_is_made_and_listed(command: Command) -> None:
    code, _out, said = command("user", "add", "Ada", "--role", "admin", "--name", "Ada L.", typed=PASSWORD + "\n")
    assert code == 0 and "everybody signs in" in said
    command("user", "add", "rita", "--role", "rm", "--manager", "RM1", "--team", "east", "--no-password")
    _code, out, _said = command("user", "list", "--json")
    ada, rita = (json.loads(line) for line in out.splitlines())
    assert (ada["login"], ada["name"], ada["roles"], ada["door"], ada["state"]) == (
        "ada", "Ada L.", ["admin"], "password", "open",
    )  # fmt: skip
    assert (rita["manager"], rita["team"], rita["door"]) == ("RM1", "east", "header")


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("add", "mei", "--role", "marketer"), "short\n", "Take 12 at least"),
        (("add", "mei", "--role", "marketer"), "", "No password was given"),
        (("add", "mei lin", "--role", "marketer"), PASSWORD, "no name for an account"),
        (("add", "mei"), PASSWORD, "--role"),
        (("add", "mei", "--role", "boss"), PASSWORD, "invalid choice"),
        (("add", "ada", "--role", "rm"), PASSWORD, "There is an account ada"),
        (("roles", "adda", "--role", "rm"), "", "Did you mean ada?"),
        (("disable", "ada"), "", "last admin"),
        (("add", "mei", "--role", "rm", "--password", PASSWORD), "", "unrecognized"),
    ],
)
def test_what_cannot_be_done_is_told_with_its_mend(
    command: Command, words: tuple[str, ...], typed: str, told: str
) -> None:
    command("user", "add", "ada", "--role", "admin", typed=PASSWORD)
    code, out, said = command("user", *words, typed=typed)
    assert code == 2 and told in said and out == "" and "Traceback" not in said


def test_roles_are_changed_and_accounts_closed(command: Command) -> None:
    command("user", "add", "ada", "--role", "admin", typed=PASSWORD)
    command("user", "add", "mei", "--role", "marketer", "--team", "east", typed=PASSWORD)
    assert command("user", "roles", "mei", "--role", "checker", "evaluator", "--team", "")[0] == 0
    assert command("user", "disable", "mei")[0] == command("user", "password", "mei", typed=PASSWORD + " again")[0] == 0
    _code, out, _said = command("user", "list", "--json")
    mei = json.loads(out.splitlines()[1])
    assert (mei["roles"], mei["team"], mei["state"]) == (["checker", "evaluator"], None, "closed")
    assert "mei" in command("user", "list")[1]


def test_a_token_is_shown_once_and_revoked(command: Command) -> None:
    command("user", "add", "ada", "--role", "admin", typed=PASSWORD)
    code, out, said = command("token", "add", "ada", "--name", "feed", "--scope", "events:write", "--days", "7")
    assert code == 0 and out.startswith("copydesk_") and "shown this once" in said
    secret = out.strip().rsplit("_", 1)[1]
    _code, out, _said = command("token", "list", "--json")
    (told,) = (json.loads(line) for line in out.splitlines())
    assert told["state"] == "open" and "hash" not in told and secret not in out
    assert command("token", "revoke", told["id"])[0] == 0
    assert "revoked" in command("token", "list", "ada")[1]
    assert command("token", "revoke", "nothing")[0] == 2


def test_a_scope_that_is_none_is_told_with_the_nearest(command: Command) -> None:
    command("user", "add", "ada", "--role", "admin", typed=PASSWORD)
    code, out, said = command("token", "add", "ada", "--name", "feed", "--scope", "event:write")
    assert code == 2 and "events:write" in said and out == ""
