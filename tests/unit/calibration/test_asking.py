"""Judges are asked about a file, a line a judgement; a run that was cut off goes on; the model's own texts are refused."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import FileError, InputError, Refused
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply
from eval.calibration import asking_command, command
from eval.calibration.asking import ask_all, left, read_items
from eval.calibration.judgements import Said, read_judgements
from eval.judge.jury import Juror, Jury
from eval.judge.scripted import Careful, Character, Dice, LongerLover, Prose, ScriptedModel
from tests.conftest import ROOT
from tests.unit.calibration.town import CRITERION, judge_of, rated, texts, truth

MADE = texts(260)


def items(path: Path, count: int, **more: object) -> Path:
    rows = [{"item": own, "cluster": cluster, "text": text, **more} for own, cluster, text, _ in MADE[:count]]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    return path


def script(character: Character) -> Callable[[Mapping[str, Any]], Reply]:
    """An endpoint that answers as a character does."""

    def reply(body: Mapping[str, Any]) -> Reply:
        schema = body["response_format"]["json_schema"]["schema"]
        return Reply(ScriptedModel(character).answer(body["messages"], schema).content)

    return reply


def given(of: Any, *words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--content", default=str(ROOT))
    parser.add_argument("--pack", default="bank")
    of.options(parser)
    return parser.parse_args(words)


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Points the settings at a model."""

    def at(url: str, name: str) -> None:
        for key, value in (("HOME", str(tmp_path / "home")), ("MODEL_URL", url), ("MODEL_NAME", name)):
            monkeypatch.setenv(f"COPYDESK_{key}", value)

    return at


def test_from_items_over_judgements_to_a_record_and_back_into_a_run(
    tmp_path: Path, at_home: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    path, out, record = items(tmp_path / "items.jsonl", 260), tmp_path / "j.jsonl", tmp_path / "r.json"
    ratings = tmp_path / "ratings.jsonl"
    ratings.write_text("\n".join(row.model_dump_json() for row in rated(MADE)))
    with ScriptedEndpoint(script(Careful(truth(MADE), 0.95)), name="glm") as server:
        at_home(server.url, "glm")
        words = [str(path), "--out", str(out), "--criterion", CRITERION]
        assert asking_command.run(given(asking_command, *words)) == 0
        asked = len(server.requests)
        said = read_judgements(out)
        assert asked == len(said.rows) == 260 and {row.standing for row in said.rows} == {"uncalibrated"}
        assert all(row.tokens_in and row.evidence and row.characters for row in said.rows)
        assert asking_command.run(given(asking_command, *words)) == 0 and len(server.requests) == asked

        calibrate = [str(ratings), "--judge", str(out), "--record", str(record)]
        assert command.run(given(command, *calibrate)) == 0
        assert "clarity (taste): admitted" in capsys.readouterr().out
        again = [str(path), "--out", str(tmp_path / "k.jsonl"), "--criterion", CRITERION, "--record", str(record)]
        assert asking_command.run(given(asking_command, *again)) == 0
        assert {row.standing for row in read_judgements(tmp_path / "k.jsonl").rows} == {"admitted"}
        assert "clarity: admitted" in capsys.readouterr().err


def test_calibrate_tells_refused_and_too_little_evidence_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def exit_of(character: Character, count: int) -> tuple[int, dict[str, Any]]:
        path, out = items(tmp_path / "i.jsonl", count), tmp_path / f"{type(character).__name__}{count}.jsonl"
        jury = Jury((Juror("m", judge_of(character)),))
        asyncio.run(
            ask_all(jury, left(read_items(path), [CRITERION], jury, out), out, lambda _: "uncalibrated", print_not)
        )
        ratings = tmp_path / "r.csv"
        rows = [(r.item, r.cluster, r.rater, r.criterion, r.level) for r in rated(MADE[:count])]
        ratings.write_text("item,cluster,rater,criterion,level\n" + "\n".join(",".join(map(str, row)) for row in rows))
        code = command.run(given(command, str(ratings), "--judge", str(out), "--json"))
        return code, json.loads(capsys.readouterr().out)

    code, told = exit_of(Careful(truth(MADE), 0.95), 260)
    assert code == 0 and told["admitted"] and told["judge"]["kappa"]["low"] > 0.5
    code, told = exit_of(Careful(truth(MADE), 0.97), 120)
    assert code == 3 and told["reasons"][0]["lacking"] and not told["admitted"]
    for character in (LongerLover(), Dice(), Prose()):
        code, told = exit_of(character, 260)
        assert code == 1 and not told["admitted"] and told["reasons"]


def print_not(said: Said) -> None:
    """Nobody listens."""


def test_a_run_that_was_cut_off_asks_only_what_no_whole_line_answers(tmp_path: Path) -> None:
    path, out = items(tmp_path / "i.jsonl", 20), tmp_path / "j.jsonl"
    jury = Jury((Juror("m", judge_of(Careful(truth(MADE)))),))
    every = left(read_items(path), [CRITERION, "tone"], jury, out)
    assert len(every) == 40
    asyncio.run(ask_all(jury, every, out, lambda _: "uncalibrated", print_not, at_once=3))
    whole = out.read_bytes()
    for cut in (0, 1, len(whole) // 2, len(whole) - 5):
        out.write_bytes(whole[:cut])
        rest = left(read_items(path), [CRITERION, "tone"], jury, out)
        assert len(rest) == 40 - whole[:cut].count(b"\n")
        asyncio.run(ask_all(jury, rest, out, lambda _: "uncalibrated", print_not))
        lines = out.read_text().splitlines()
        assert len({(row["item"], row["criterion"]) for row in map(json.loads, lines)}) == len(lines) == 40


def test_what_failed_is_asked_again_and_another_judges_file_is_not_gone_on_with(tmp_path: Path) -> None:
    path, out = items(tmp_path / "i.jsonl", 5), tmp_path / "j.jsonl"
    jury = Jury((Juror("m", judge_of(Prose())),))
    asyncio.run(ask_all(jury, left(read_items(path), [CRITERION], jury, out), out, lambda _: "uncalibrated", print_not))
    assert {row.fault for row in read_judgements(out).rows} == {"no_json"}
    able = Jury((Juror("m", judge_of(Careful(truth(MADE)))),))
    asyncio.run(ask_all(able, left(read_items(path), [CRITERION], able, out), out, lambda _: "uncalibrated", print_not))
    assert {row.fault for row in read_judgements(out).rows} == {""}
    with pytest.raises(InputError, match="holds the judgements of m by"):
        left(read_items(path), [CRITERION], Jury((Juror("another", judge_of(Dice())),)), out)


def test_pairs_are_asked_in_both_orders_and_a_jury_says_what_most_said(tmp_path: Path) -> None:
    path, out = tmp_path / "i.jsonl", tmp_path / "j.jsonl"
    rows = [{"item": f"p{n}", "cluster": "c", "a": MADE[n][2], "b": MADE[n + 1][2]} for n in range(10)]
    path.write_text("\n".join(map(json.dumps, rows)))
    able, prose = judge_of(Careful(truth(MADE))), judge_of(Prose())
    jury = Jury((Juror("x", able), Juror("y", able), Juror("z", prose)))
    asyncio.run(ask_all(jury, left(read_items(path), [CRITERION], jury, out), out, lambda _: "uncalibrated", print_not))
    for row in read_judgements(out).rows:
        one, other = (MADE[int(row.item[1:]) + step][3] for step in (0, 1))
        assert row.better == ("tie" if one == other else "a" if one > other else "b") and row.model == "x+y+z"
        assert row.said == (row.better, row.better) and row.lengths and "1 of 3 could not judge" in row.why


def test_a_model_is_not_asked_about_its_own_familys_texts(tmp_path: Path, at_home: Callable[[str, str], None]) -> None:
    path = items(tmp_path / "i.jsonl", 3, writer="model:Qwen/Qwen3-8B:1.2")
    with ScriptedEndpoint(script(Dice()), name="qwen3-32b") as server:
        at_home(server.url, "qwen3-32b")
        with pytest.raises(Refused, match=r"Every judge \(qwen3-32b\) is of the family of Qwen/Qwen3-8B"):
            asking_command.run(given(asking_command, str(path), "--out", str(tmp_path / "j.jsonl")))
        assert not server.requests


def test_a_jury_is_read_from_a_file(
    tmp_path: Path, at_home: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = items(tmp_path / "i.jsonl", 4, writer="model:qwen3-8b:1.2"), tmp_path / "j.jsonl"
    (tmp_path / "key").write_text("secret-key\n")
    with ScriptedEndpoint(script(Careful(truth(MADE)))) as server:
        at_home(server.url, "any")
        seats = [{"name": name, "url": server.url, "key_file": "key"} for name in ("glm-4", "llama-3", "qwen3-32b")]
        (tmp_path / "jury.yaml").write_text(json.dumps({"judges": seats}))
        words = [str(path), "--out", str(out), "--jury", str(tmp_path / "jury.yaml"), "--criterion", CRITERION]
        assert asking_command.run(given(asking_command, *words)) == 0
        assert {request.headers["authorization"] for request in server.requests} == {"Bearer secret-key"}
    assert {row.model for row in read_judgements(out).rows} == {"glm-4+llama-3"}
    assert "qwen3-32b was left out" in capsys.readouterr().err
    (tmp_path / "jury.yaml").write_text("judges: []")
    with pytest.raises(FileError, match="names no judges"):
        asking_command.run(given(asking_command, *words))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"item": "i", "cluster": "c"}, "either a text, or a and b"),
        ({"item": "i", "cluster": "c", "a": "x"}, "either a text"),
        ({"item": "i", "cluster": "c", "text": "x", "a": "y", "b": "z"}, "either a text"),
        ({"item": "i", "text": "x"}, "cluster"),
    ],
)
def test_items_that_are_none_are_told_with_their_row(tmp_path: Path, row: dict[str, str], words: str) -> None:
    path = tmp_path / "i.jsonl"
    path.write_text(json.dumps(row))
    with pytest.raises(InputError, match=rf"i\.jsonl:1: .*{words}"):
        read_items(path)
    path.write_text(
        json.dumps({"item": "i", "cluster": "c", "text": "x"})
        + "\n"
        + json.dumps({"item": "i", "cluster": "c", "text": "x"})
    )
    with pytest.raises(InputError, match=r"i\.jsonl:2: the item i stands at .*:1 already"):
        read_items(path)
