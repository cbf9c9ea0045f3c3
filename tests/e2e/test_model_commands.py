"""The commands about the model, as a person runs them, against a scripted server over real HTTP."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply, hang, status
from assistant.models.scripted_words import answer
from tests.conftest import BANK
from tests.e2e.test_commands import copydesk, lines

CELL = "B1-TERM2Y/salary/35-44/sms/zh-Hans/cn"
WRITE = "write B1-TERM2Y --segment salary --age 35-44 --channel sms --locale zh-Hans -n 2".split()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def model(server: ScriptedEndpoint) -> dict[str, str]:
    return {"COPYDESK_MODEL_URL": server.url, "COPYDESK_MODEL_NAME": server.name}


def test_prompt_show_prints_each_section_with_its_tokens(home: Path) -> None:
    shown = copydesk(home, "prompt", "show", CELL)
    assert shown.returncode == 0
    for section in ("rules", "answer", "campaign", "product", "slots", "evidence", "examples", "task"):
        assert f": {section} (" in shown.stdout, section
    assert "counted by own ranks (about)" in shown.stdout
    told = lines(copydesk(home, "prompt", "show", CELL, "--json"))[0]
    assert [part["section"] for part in told["sections"] if part["role"] == "user"][-1] == "task"
    assert all(part["tokens"] > 0 for part in told["sections"] if part["text"].strip())


def test_prompt_show_prints_what_a_wish_and_a_judge_would_be_asked_with(home: Path) -> None:
    told = lines(copydesk(home, "prompt", "show", CELL, "--task", "suggest", "--note", "warmer", "--json"))[0]
    roles = [part["role"] for part in told["sections"]]
    assert roles.index("assistant") > roles.index("user") and roles[-1] == "user"
    assert "warmer" in told["sections"][-1]["text"] and "warmer" not in told["sections"][-3]["text"]
    shown = copydesk(home, "prompt", "show", CELL, "--task", "judge", "--criterion", "tone", "--text", "慢慢看。")
    assert shown.returncode == 0 and "user: criterion (" in shown.stdout and "<<<text\n慢慢看。" in shown.stdout
    wrong = copydesk(home, "prompt", "show", CELL, "--task", "judge", "--criterion", "tune")
    assert wrong.returncode == 2 and "tone" in wrong.stderr


def test_a_draft_is_rewritten_with_a_model_and_without_one(home: Path) -> None:
    own = lines(copydesk(home, *WRITE, "--json"))[0]["variants"][0]
    shorter = lines(copydesk(home, "rewrite", own["id"], "--note", "shorter", "--json"))[0]
    assert len(shorter["variant"]["text"]) < len(own["text"]) and shorter["draft"] == own["id"]
    refused = copydesk(home, "rewrite", own["id"], "--note", "more formal")
    assert refused.returncode == 2 and "needs a model" in refused.stderr and "shorter" not in refused.stdout
    assert copydesk(home, "rewrite", own["id"]).returncode == 2
    fresh = [Reply({"variants": [{"angle": "warmth", "title": "", "body": "闲钱可以慢慢放。{campaign.link}"}]})]
    with ScriptedEndpoint(fresh) as server:
        done = copydesk(home, "rewrite", own["id"], "--note", "more formal", **model(server))
        assert done.returncode == 0 and "闲钱可以慢慢放。" in done.stdout and own["text"] in done.stdout
        again = done.stdout.split("after   ")[1].split()[0]
        assert copydesk(home, "replay", again, **model(server)).returncode == 0
    assert copydesk(home, "rewrite", "nothing", "--note", "shorter").returncode == 2


CALL = f"--data {BANK / 'sample'} --as-of 2026-11-10T10:30 --customer C0151 --trigger G1-INFLOW".split()


def test_prompt_show_prints_what_would_be_sent_for_a_call(home: Path) -> None:
    told = lines(copydesk(home, "prompt", "show", *CALL, "--json"))[0]
    assert [part["section"] for part in told["sections"] if part["role"] == "user" and part["text"].strip()] == [
        *("trigger", "products", "wanted", "evidence", "examples", "audience"),
    ]
    assert all(part["tokens"] > 0 for part in told["sections"] if part["text"].strip())
    nothing = copydesk(home, "prompt", "show", "--trigger", "G1-INFLOW")
    assert nothing.returncode == 2 and "--customer and --trigger" in nothing.stderr


def test_a_script_is_the_models_where_one_is_set_and_the_lines_where_they_are_asked_for(home: Path) -> None:
    with ScriptedEndpoint() as server:
        told = lines(copydesk(home, "script", *CALL, "--json", **model(server)))[0]
        assert told["writer"].startswith("model:") and told["status"] == "written" and len(told["calls"]) == 1
        own = lines(copydesk(home, "script", *CALL, "--writer", "phrases", "--json", **model(server)))[0]
        assert (own["writer"], own["calls"]) == ("phrases", []) and len(server.requests) == 1
    with ScriptedEndpoint([hang()]) as server:
        late = lines(copydesk(home, "script", *CALL, "--json", COPYDESK_SCRIPT_TIMEOUT="0.5", **model(server)))[0]
        assert (late["writer"], late["status"], late["verdict"]) == ("phrases", "fallback", "pass")
        assert late["faults"] == ["late"] and "did not answer within" in late["why"]
    nobody = copydesk(home, "script", *CALL, "--writer", "model")
    assert nobody.returncode == 2 and "No model is set" in nobody.stderr


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("B1-TERM2Y/salary", "is no cell"),
        ("B1-TERM2X/salary/35-44/sms/zh-Hans", "B1-TERM2Y"),
        ("B1-TERM2Y/salary/35-44/smoke/zh-Hans", "sms"),
    ],
)
def test_a_cell_that_is_none_is_told_with_the_nearest_name(home: Path, cell: str, says: str) -> None:
    shown = copydesk(home, "prompt", "show", cell)
    assert shown.returncode == 2 and says in shown.stderr


def calls_kept(home: Path) -> int:
    with sqlite3.connect(home / "copydesk.db") as kept:
        (count,) = kept.execute("select count(*) from calls").fetchone()
    return int(count)


def test_what_is_written_can_be_replayed(home: Path) -> None:
    with ScriptedEndpoint() as server:
        done = copydesk(home, *WRITE, "--json", **model(server))
        assert done.returncode == 0 and "Estimated: about 1 calls" in done.stderr and "faults: none" in done.stderr
        variants, kept = lines(done)[0]["variants"], calls_kept(home)
        assert variants[0]["writer"].startswith("model:")
        again = copydesk(home, "replay", variants[0]["id"], **model(server))
        assert again.returncode == 0 and "The answer is the same." in again.stdout
        assert server.requests[0].body["messages"] == server.requests[1].body["messages"]
        assert server.requests[0].body["seed"] == server.requests[1].body["seed"]
    with ScriptedEndpoint([Reply({"variants": [{"angle": "fit", "title": "", "body": "换了。"}] * 2})]) as other:
        changed = copydesk(home, "replay", variants[0]["id"], **model(other))
        assert changed.returncode == 1 and "+" in changed.stdout and "换了。" in changed.stdout
    assert copydesk(home, "replay", "nothing").returncode == 2
    assert calls_kept(home) == kept, "a replay was kept as if it had written"


def test_the_phrase_writers_draft_has_no_call_to_replay(home: Path) -> None:
    own = lines(copydesk(home, *WRITE, "--json"))[0]["variants"][0]
    told = copydesk(home, "replay", own["id"])
    assert told.returncode == 2 and "No model wrote" in told.stderr


def test_an_estimate_asks_the_model_nothing(home: Path) -> None:
    with ScriptedEndpoint() as server:
        told = copydesk(home, *WRITE[:6], "--channel", "sms", "push", "--estimate", **model(server))
    assert told.returncode == 0 and "tokens in" in told.stderr and not server.requests


def test_a_probe_finds_out_a_server_that_ignores_schemas(home: Path) -> None:
    with ScriptedEndpoint(lambda body: answer(body), name="free") as server:
        told = lines(copydesk(home, "model", "probe", "--json", **model(server)))[0]
    assert told["reachable"] and told["models"] == ["free"]
    assert "not enforced" in told["schema"] and "not told" in told["finish_reason"]
    assert set(told["speed"]) == {"1", "8", "32"} and told["recommended"]["model_name"] == "free"


def test_a_probe_tells_a_server_that_enforces_them(home: Path) -> None:
    def held(body: dict[str, object]) -> Reply:
        odd = {"stone": "quartz-41", "count": 7}
        return Reply(
            odd if "response_format" in body else "one two",
            finish_reason="length" if body["max_tokens"] == 4 else "stop",
        )

    with ScriptedEndpoint(held) as server:  # type: ignore[arg-type]
        done = copydesk(home, "model", "probe", **model(server))
    assert done.returncode == 0
    assert "JSON Schema    enforced" in done.stdout and "finish_reason  told" in done.stdout


def test_a_probe_of_nobody_says_so_and_shows_no_key(home: Path) -> None:
    with ScriptedEndpoint() as server:
        gone = model(server)
    done = copydesk(home, "model", "probe", **gone, COPYDESK_MODEL_KEY="sk-secret-441")
    assert done.returncode == 1 and "reachable      no" in done.stdout
    assert "sk-secret-441" not in done.stdout + done.stderr
    assert copydesk(home, "model", "probe").returncode == 2


def test_a_probe_of_another_model_names_those_that_are_served(home: Path) -> None:
    with ScriptedEndpoint([status(404)], name="qwen") as server:
        told = copydesk(home, "model", "probe", **(model(server) | {"COPYDESK_MODEL_NAME": "qwem"}))
    assert told.returncode == 1 and "it serves no model qwem" in told.stdout and "qwen" in told.stdout
