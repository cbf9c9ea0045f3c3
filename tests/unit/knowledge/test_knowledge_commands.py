"""copydesk knowledge and expire: thin over the same service, with the same words for what is wrong."""

from __future__ import annotations

import json

import pytest

from assistant.bootstrap.desk import Desk
from assistant.commands import expire_command, knowledge_command
from tests.commanding import Command, commanding
from tests.unit.api.staff import hire


@pytest.fixture
def command(own: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """A command over a desk that is open already: exit code, output, messages."""
    hire(own, "mei", "marketer")
    hire(own, "chen", "checker")
    for module in (knowledge_command, expire_command):
        monkeypatch.setattr(module, "desk_of", lambda given: own)

    return commanding(monkeypatch, capsys)


def test_a_change_goes_its_way_by_commands(command: Command, own: Desk) -> None:
    _code, text, _said = command("knowledge", "show", "products", "TD-24M")
    first, _, text = text.partition("\n")
    assert first.startswith("# products/term_deposits.yaml:")
    changed = text.replace('{rate: {rate: "2.20%"}', '{rate: {rate: "2.30%"}')
    code, out, _said = command("knowledge", "propose", "products", "TD-24M", "--by", "mei", "--json", typed=changed)
    made = json.loads(out)
    assert code == 0 and made["state"] == "proposed"
    assert made["id"] in command("knowledge", "list", "proposals")[1]
    code, _out, said = command("knowledge", "decide", made["id"], "approve", "--by", "mei")
    assert code == 2 and "role of checker or admin" in said
    code, out, _said = command("knowledge", "decide", made["id"], "approve", "--by", "chen")
    assert code == 0 and "TD-24M.rate: 2.2% → 2.3%" in out and "text(s):" in out
    assert str(own.pack.facts["product:TD-24M.rate"].value) == "2.30"
    assert "approved" in command("knowledge", "show", "proposals", made["id"])[1]


def test_a_change_with_problems_ends_with_one_and_names_the_line(command: Command) -> None:
    values = '{"facts": {"rate": {"rate": "2.3"}}}'
    code, out, _said = command("knowledge", "propose", "products", "TD-24M", "--set", values, "--by", "mei")
    assert code == 1 and "draft" in out and "products/term_deposits.yaml:" in out and "2.20%" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("list", "product"), "products"),
        (("show", "products", "TD-24"), "TD-24M"),
        (("show", "proposals", "none"), "no proposal"),
        (("propose", "products", "TD-24M", "--set", "{", "--by", "mei"), "no JSON"),
        (("propose", "products", "TD-24M", "--file", "none.yaml", "--by", "mei"), "cannot be read"),
        (("propose", "products", "TD-24M", "--by", "nobody"), "no open account"),
        (("decide", "none", "approve", "--by", "chen"), "no proposal"),
    ],
)
def test_bad_input_is_told_with_its_mend(command: Command, words: tuple[str, ...], told: str) -> None:
    code, _out, said = command("knowledge", *words, typed="id: TD-24M")
    assert code == 2 and told in said


def test_entries_are_listed_by_their_words(command: Command, own: Desk) -> None:
    code, out, _said = command("knowledge", "list", "products", "term_deposit", "--json")
    assert code == 0 and {json.loads(line)["type"] for line in out.splitlines()} == {"term_deposit"}
    assert len(command("knowledge", "list", "products")[1].splitlines()) == len(own.pack.products)


def test_expire_says_what_it_did(command: Command) -> None:
    for words in (("--dry-run",), ("--json",)):
        code, out, said = command("expire", *words)
        assert (code, out) == (0, "") and said.startswith("0 text(s)")
