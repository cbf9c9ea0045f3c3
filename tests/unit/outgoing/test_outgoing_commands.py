"""What the commands of exports, results and assets say to bad input: what is wrong, and the mend."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.cli import main
from assistant.commands import assets_command, export_command, results_command


@pytest.fixture
def commands(released: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The commands over a desk that is open already."""
    for command in (assets_command, export_command, results_command):
        monkeypatch.setattr(command, "desk_of", lambda given: released)
    return released


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export",), "nothing is chosen"),
        (("export", "nosuch"), "There is no text"),
        (("export", "--campaign", "B1-TERM2"), "B1-TERM2Y"),
        (("export", "--campaign", "B1-TERM2Y", "--out", "x.docx"), "known ending"),
        (("export", "--campaign", "B1-TERM2Y", "--send-at", "soon"), "2026-12-24T10:00"),
        (("export", "--campaign", "B1-TERM2Y", "--customers", "none.csv"), "cannot be read"),
        (("export", "--campaign", "B1-TERM2Y", "--rollout", "none.json"), "cannot be read"),
        (("export", "run"), "takes one id"),
        (("results", "import"), "takes a file"),
        (("results", "import", "none.csv"), "cannot be read"),
        (("results", "compare", "june"), "no experiment"),
        (("results", "show", "--by", "segmnt"), "segment"),
        (("assets", "reuse", "nosuch"), "There is no text"),
    ],
)
def test_bad_input_is_told_with_the_mend(
    commands: Desk, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_a_table_for_people_says_what_became_of_an_export(commands: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--campaign", "B1-TERM2Y", "--channel", "sms", "--send-at", "2026-12-01T10:00"]) == 0
    assert main(["export", "--campaign", "B1-TERM2Y", "--schedule", "--send-at", "2099-01-01"]) == 0
    assert main(["export", "list"]) == 0
    assert main(["export", "run", "due"]) == 0
    told = capsys.readouterr().out
    assert "row(s), 0 refused" in told and "scheduled" in told and "2099-01-01 09:00" in told
    own = commands.outgoing.export_store.listed(stand="scheduled")[0].id
    assert main(["export", "cancel", own]) == 0
    assert commands.outgoing.export_store.export(own).stand == "cancelled"


def test_a_table_for_people_shows_results_and_assets(commands: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["results", "show", "--by", "channel"]) == 0
    assert main(["assets", "search", "定期", "-k", "3"]) == 0
    assert "no results" in capsys.readouterr().out
