"""Logged actions are read, or it is said which row cannot be; the command tells what it found."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import FileError, InputError
from eval.policy.command import options, run
from eval.policy.context import encoded
from eval.policy.load import Columns, Logged, read_log
from eval.policy.targets import target
from tests.conftest import ROOT

HEADS = "customer,age,city,action,propensity,reward,next\n"
GOOD = (
    HEADS
    + 'c1,41,宁,push,0.5,1,push\nc2,,甬,letter,0.25,0,"{""push"": 0.4, ""letter"": 0.6}"\nc3,33,宁,push,0.5,0,letter\n'
)


def read(folder: Path, text: str, name: str = "log.csv", **columns: object) -> Logged:
    (folder / name).write_text(text, "utf-8")
    return read_log(folder / name, Columns(**columns), ["next"])  # type: ignore[arg-type]


def test_a_table_and_lines_of_json_are_read_alike(tmp_path: Path) -> None:
    rows = [
        {"action": "push", "propensity": 0.5, "reward": 1, "age": 41},
        {"action": "letter", "propensity": "0.25", "reward": False, "age": None},
    ]
    first = read(tmp_path, "action,propensity,reward,age\npush,0.5,1,41\nletter,0.25,0,\n")
    second = read(tmp_path, "\n".join(map(json.dumps, rows)) + "\n", "log.jsonl")
    for name in ("actions", "propensities", "rewards", "context"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert first.arms == second.arms == ("letter", "push")
    assert (first.place(1), second.place(1)) == ("log.csv:3", "log.jsonl:2")


def test_context_is_numbers_and_words_of_one_size_without_the_identifier(tmp_path: Path) -> None:
    log = read(tmp_path, GOOD, cluster="customer")
    assert log.clusters == ["c1", "c2", "c3"]
    assert log.context.shape == (3, 4)  # age, age missing, two cities
    np.testing.assert_allclose(log.context.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(log.context.std(axis=0), 1)
    assert encoded({"id": ["a", "b", "c"], "same": [1, 1, 1], "none": ["", "", ""]}, 3).shape == (3, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADS, "no decision"),
        ("", "no decision"),
        ("action,reward\npush,1\n", "log.csv:2: there is no “propensity”"),
        (HEADS + "c,1,x,push,1.5,1,push\n", "log.csv:2: a propensity of 1.5"),
        (HEADS + "c,1,x,push,-0.1,1,push\n", "log.csv:2: a propensity of -0.1"),
        (HEADS + "c,1,x,push,0.5,1,push\nc,1,x,push,,1,push\n", "log.csv:3: “propensity” is “”"),
        (HEADS + "c,1,x,push,0.5,nan,push\n", "log.csv:2: “reward” is “nan”"),
        (HEADS + "c,1,x, ,0.5,1,push\n", "log.csv:2: no action"),
        (HEADS + "c,1,x,push,0.5\n", "log.csv:2: it has not as many cells"),
        (HEADS + "c,1,x,push,0.5,1,push,8\n", "log.csv:2: it has not as many cells"),
        (HEADS + '"c"d,1,x,push,0.5,1,push\n', "log.csv:2: this is no CSV"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words.replace(".", r"\.")):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "log.jsonl:1: this is not JSON"),
        ("[1]", "log.jsonl:1: this is no object"),
        (
            '{"action": "a", "propensity": 1, "reward": 1}\n{"action": "a", "propensity": 1, "reward": 1, "x": 2}',
            ":2: .* x",
        ),
    ],
)
def test_a_line_that_is_no_decision_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(tmp_path, text, "log.jsonl")


def test_a_file_that_is_not_there_or_no_text_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_log(tmp_path / "none.csv", Columns())
    (tmp_path / "raw.csv").write_bytes(b"action,propensity\n\xff\xfe")
    with pytest.raises(FileError, match="not UTF-8"):
        read_log(tmp_path / "raw.csv", Columns())


def test_a_target_is_a_lot_an_arm_or_a_column_of_arms_and_probabilities(tmp_path: Path) -> None:
    log = read(tmp_path, GOOD)
    np.testing.assert_allclose(target("uniform", log), 0.5)
    np.testing.assert_allclose(target("always:push", log), [[0, 1]] * 3)
    np.testing.assert_allclose(target("column:next", log), [[0, 1], [0.6, 0.4], [1, 0]])


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("sms", "log.csv:2: the target chooses “sms”"),
        ('"{""push"": 0.4}"', "log.csv:2: .* sum to 0.4"),
        ('"{""push"": 1.4, ""letter"": -0.4}"', "log.csv:2: .* gives “push” 1.4"),
        ('"{push}"', "log.csv:2: the target is not JSON"),
    ],
)
def test_a_target_that_is_none_is_named_by_its_row(tmp_path: Path, cell: str, words: str) -> None:
    log = read(tmp_path, HEADS + f"c,1,x,push,0.5,1,{cell}\nc,1,x,letter,0.5,1,push\n")
    with pytest.raises(InputError, match=words):
        target("column:next", log)


@pytest.mark.parametrize("words", ["always:sms", "column:nowhere", "best"])
def test_a_target_that_is_not_known_is_said_to_be(tmp_path: Path, words: str) -> None:
    with pytest.raises(InputError):
        target(words, read(tmp_path, GOOD))


def _asked(log: Path, *more: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    options(parser)
    return parser.parse_args([str(log), *more])


def _log(folder: Path, count: int = 200) -> Path:
    generator = np.random.default_rng(1)
    lines = [HEADS]
    for row in range(count):
        action = ("letter", "push")[int(generator.random() < 0.5)]
        reward = int(generator.random() < (0.6 if action == "push" else 0.2))
        lines.append(f"c{row // 4},{row % 60},x{row % 3},{action},0.5,{reward},push\n")
    (folder / "log.csv").write_text("".join(lines), "utf-8")
    return folder / "log.csv"


def test_the_command_tells_each_target_as_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = _log(tmp_path)
    code = run(_asked(log, "--target", "always:push", "--target", "column:next", "--cluster", "customer", "--json"))
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert code == 0 and first["target"] == "always:push"
    assert {**first, "target": ""} == {**second, "target": ""}
    assert first["robust"]["low"] < 0.6 < first["robust"]["high"]
    assert first["gain"]["low"] > 0, "the push earned more than the log did"


def test_the_command_tells_people_a_table_with_its_warnings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(_asked(_log(tmp_path, 40), "--target", "uniform", "--context", "age", "--level", "0.9"))
    told = capsys.readouterr().out
    assert "uniform: 40 decisions" in told and "90% from" in told and "doubly robust" in told
    assert "! The effective sample is 40" in told


def test_the_commands_options_load_no_numpy() -> None:
    script = "import sys, eval.policy.command; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
