"""copydesk eval: suites are run, kept, compared, gated and reported by command."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.commanding import Command, commanding
from tests.unit.harness.suites_made import written

PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return commanding(monkeypatch, capsys)


def cases(*texts: str) -> list[dict[str, Any]]:
    """A case a text, which must not promise."""
    check = {"type": "not-contains", "value": "guaranteed"}
    return [
        {
            "id": f"k{place:02}",
            "cluster": f"c{place % 10}",
            "given": {"text": text},
            "expected": {"assert": [check]},
        }
        for place, text in enumerate(texts)
    ]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A suite of thirty texts that are as they should be."""
    written(tmp_path / "small.jsonl", *cases(*["Save with care."] * 30))
    file = tmp_path / "small.yaml"
    file.write_text("suite: small\ntask: text\nscorers: [asserts]\nfiles: [small.jsonl]\n", encoding="utf-8")
    return file


def test_a_run_is_told_by_metric_and_kept(command: Command, small: Path) -> None:
    code, out, _said = command("eval", "run", str(small), "--json")
    lines = {line["metric"]: line for line in map(json.loads, out.splitlines())}
    assert code == 0 and lines["asserts"]["mean"] == 1.0 and lines["asserts"]["clusters"] == 10
    [run] = [json.loads(line) for line in command("eval", "list", "runs", "--json")[1].splitlines()]
    assert run["suite"] == "small" and run["ended_at"] and run["id"] == lines["asserts"]["run"]


def test_nothing_is_asked_of_the_network(command: Command, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*address: object) -> None:
        raise AssertionError(f"a connection was tried: {address}")

    monkeypatch.setattr(socket.socket, "connect", refused)
    assert command("eval", "run", str(small))[0] == 0


def test_the_gate_passes_blocks_and_says_when_it_cannot_know(command: Command, small: Path, tmp_path: Path) -> None:
    command("eval", "run", str(small))
    code, out, _said = command("eval", "baseline", "small", "--out", "small.json")
    assert code == 0 and "30 cases, 2 metrics" in out
    gate = ("eval", "gate", str(small), "--baseline", "small.json", "--junit", "junit")
    assert command(*gate)[0] == 0
    assert 'failures="0" errors="0"' in (tmp_path / "junit" / "small.xml").read_text()

    def rerun(count: int) -> tuple[int, str, str]:
        # The same cases, told by a baseline that did better: what is given may not change between two sides.
        kept = json.loads((tmp_path / "small.json").read_text())
        kept["metrics"]["asserts"] = [1] * 30
        (tmp_path / "small.json").write_text(json.dumps(kept))
        rows = cases(*["Save with care."] * 30)
        for row in rows[:count]:
            row["given"]["text"] = "Gain is guaranteed."
        written(tmp_path / "small.jsonl", *rows)
        command("eval", "run", str(small))
        command("eval", "baseline", "small", "--out", "worse.json")
        worse = json.loads((tmp_path / "worse.json").read_text())
        for case in kept["cases"]:
            case[2] = next(own[2] for own in worse["cases"] if own[0] == case[0])
        (tmp_path / "small.json").write_text(json.dumps(kept))
        return command(*gate)

    code, out, _said = rerun(30)
    assert code == 1 and "regressed            asserts" in out
    code, out, _said = rerun(1)
    assert code == 3 and "not enough evidence  asserts" in out


def test_two_runs_are_compared_and_reported_with_what_is_worst_first(
    command: Command, small: Path, tmp_path: Path
) -> None:
    command("eval", "run", str(small))
    command("eval", "baseline", "small", "--out", "small.json")
    rows = cases(*["Save with care."] * 29, f"{PAYLOAD} is guaranteed.")
    written(tmp_path / "small.jsonl", *rows)
    assert command("eval", "run", str(small))[0] == 0
    _code, out, _said = command("eval", "compare", "small.json", "small")
    assert "1 cases with other content: k29" in out
    code, out, _said = command("eval", "report", "small", "--against", "small.json", "--out", "r.html")
    page = (tmp_path / "r.html").read_text()
    assert code == 0 and out == "r.html\n"
    assert "k29" in page and "not-contains &quot;guaranteed&quot;" in page and "<svg" in page
    assert PAYLOAD not in page and "&lt;script&gt;alert(1)" in page and "http" not in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run",), "No suite is named"),
        (("run", "laww"), "There is no suite “laww”"),
        (("run", "SMALL", "--writer", "model"), "No model is set"),
        (("run", "SMALL", "--at-once", "0"), "--at-once is 0"),
        (("run", "SMALL", "--prompt", "write"), "“write” is no prompt"),
        (("compare", "SMALL.json", "other"), "cannot be read"),
        (("gate", "SMALL", "--baseline", "gone.json"), "The baseline gone.json cannot be read"),
        (("report", "nothing"), "There is no run “nothing”"),
        (("report", "x.json"), "A baseline keeps figures alone"),
        (("jury",), "invalid choice"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_the_mend(
    command: Command, small: Path, words: tuple[str, ...], told: str
) -> None:
    code, out, said = command("eval", *(str(small) if word == "SMALL" else word for word in words))
    assert (code, out) == (2, "") and told in said


def test_a_baseline_of_another_suite_is_refused(command: Command, small: Path, tmp_path: Path) -> None:
    command("eval", "run", str(small))
    command("eval", "baseline", "small", "--out", "small.json")
    kept = json.loads((tmp_path / "small.json").read_text())
    (tmp_path / "other.json").write_text(json.dumps({**kept, "suite": "other"}))
    code, _out, said = command("eval", "gate", str(small), "--baseline", "other.json")
    assert code == 2 and "of the suite “other”, not of “small”" in said


def test_an_unknown_assertion_is_a_result_with_the_nearest_name(command: Command, small: Path, tmp_path: Path) -> None:
    [row] = cases("Save.")
    row["expected"]["assert"] = [{"type": "contain", "value": "x"}]
    written(tmp_path / "small.jsonl", row)
    code, out, _said = command("eval", "run", str(small))
    assert code == 1 and "Did you mean contains" in out
