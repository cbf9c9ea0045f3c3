"""A suite is read whole, or everything that is wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import FileError, PackError, UnknownId
from eval.cases.case import Case, Suite
from eval.cases.load import load_suite
from tests.unit.harness.suites_made import cases, written

HEAD = "suite: small\ntask: text\nscorers: [asserts]\n"


def suite_of(tmp_path: Path, body: str, head: str = HEAD) -> Path:
    file = tmp_path / "small.yaml"
    file.write_text(head + body, encoding="utf-8")
    return file


def test_everything_wrong_with_a_suite_is_told_at_once(tmp_path: Path) -> None:
    body = """scorrers: [x]
cases:
  - {id: a, given: {text: x}}
  - {id: b, cluster: one, given: {text: x}}
  - {id: b, cluster: one, given: {text: y}}
  - {id: c, cluster: one, gven: {text: y}}
"""
    with pytest.raises(PackError) as told:
        load_suite(str(suite_of(tmp_path, body)))
    words = str(told.value)
    assert "The suite has 5 problem(s)" in words
    for part in ("“scorrers” is no key", "has no cluster", "the id “b” is that of", "“gven” is no key", "“given”"):
        assert part in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("suite: [", "this is no YAML"),
        ("- a", "this is no suite"),
        (HEAD, "the suite has no case"),
        (HEAD + "files: [gone.jsonl]\n", "no file is called gone.jsonl"),
        ("task: text\nscorers: [asserts]\ncases: [{id: a, cluster: b, given: {}}]\n", "“suite” is missing"),
    ],
)
def test_a_file_that_is_no_suite_is_told_as_such(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(PackError, match=words):
        load_suite(str(suite_of(tmp_path, text, "")))


def test_a_line_that_is_no_json_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text('{"id": "a", "cluster": "b", "given": {}}\n{oops\n[1]\n', encoding="utf-8")
    with pytest.raises(PackError, match=r"cases\.jsonl:2: this is no JSON[\s\S]*cases\.jsonl:3: this is no object"):
        load_suite(str(suite_of(tmp_path, "files: ['*.jsonl']\n")))


def test_a_name_that_is_no_suites_and_a_path_that_is_no_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownId, match="There is no suite “lawx”"):
        load_suite("lawx", tmp_path)
    with pytest.raises(FileError, match=r"There is no file .*gone\.yaml"):
        load_suite(str(tmp_path / "gone.yaml"))


def test_a_file_of_promptfoo_is_a_suite_by_itself(tmp_path: Path) -> None:
    row = {"vars": {"text": "Hello"}, "assert": [{"type": "contains", "value": "H"}], "metadata": {"cluster": "x"}}
    suite = load_suite(str(written(tmp_path / "foo.jsonl", row, row)))
    assert (suite.name, suite.task, suite.scorers) == ("foo", "text", ("asserts",))
    assert [(case.id, case.cluster, case.place[-11:]) for case in suite.cases] == [
        ("foo-1", "x", "foo.jsonl:1"),
        ("foo-2", "x", "foo.jsonl:2"),
    ]
    assert suite.cases[0].expected == {"assert": row["assert"]} and suite.cases[0].hash == suite.cases[1].hash


def test_a_case_of_promptfoo_without_a_cluster_is_refused_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"foo\.jsonl:1: the case has no cluster"):
        load_suite(str(written(tmp_path / "foo.jsonl", {"vars": {"text": "Hello"}})))


def test_a_hash_changes_with_the_content_and_with_nothing_else() -> None:
    one = Case("a", "c", {"text": "x", "n": 1}, {"y": 2}, "here:1")
    assert one.hash == Case("b", "d", {"n": 1, "text": "x"}, {"y": 2}, "there:9").hash
    assert one.hash != Case("a", "c", {"text": "x", "n": 2}, {"y": 2}, "here:1").hash
    some = cases(3)
    first = Suite("s", "text", ("length",), some)
    assert first.hash == Suite("s", "text", ("length",), some[::-1]).hash
    assert first.hash != Suite("s", "text", ("length",), some[:2]).hash
    assert first.hash != Suite("s", "text", ("asserts",), some).hash
