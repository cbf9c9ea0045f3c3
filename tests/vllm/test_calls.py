"""A call script by a real vLLM: decoding keeps to the schema of a call, and a script that may be said comes in any case."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain.pack import Pack
from assistant.domain.slots import ANY_BRACE
from assistant.models.answer import validate
from assistant.writing.scripts.model.asked import wanted
from assistant.writing.scripts.model.outline import outline_of
from assistant.writing.scripts.model.said import said_by, texts_of
from assistant.writing.scripts.scene import Scene
from assistant.writing.scripts.talk import talk_of
from eval.script_cases import record
from tests.conftest import BANK, ROOT
from tests.contract.served import PATIENCE_S, Served, ask

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]
CALL = f"--data {BANK / 'sample'} --as-of 2026-11-10T10:30 --json".split()


@pytest.mark.parametrize("trigger", ["F3-HABITS", "B6-BIRTHDAY", "B1-IDLE"])
def test_an_answer_holds_the_texts_of_a_call_and_no_strange_slot(served: Served, bank: Pack, trigger: str) -> None:
    made = record(bank, bank.triggers[trigger], 40, "online", "", "zh-Hans")
    scene = Scene(bank, talk_of(bank, made, made.actions[0], "zh-Hans"))
    asked = wanted(bank, outline_of(bank, scene))
    model = served.with_answers_of(3000)

    async def once() -> dict[str, object]:
        try:
            return (await ask(model, "Say it.", asked.schema(exact=True))).content
        finally:
            await model.aclose()

    content = asyncio.run(once())
    validate(content, asked.schema(exact=True))
    assert scene.words(said_by(scene.composer, asked, content))
    assert not [text for _, text in texts_of(content) if re.search(r"[0-9]", ANY_BRACE.sub("", text))]


@pytest.mark.parametrize(("customer", "trigger"), [("C0151", "G1-INFLOW"), ("", "F4-SPREAD")])
def test_the_command_gives_a_script_that_may_be_said(
    served: Served, tmp_path: Path, customer: str, trigger: str
) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")},
        **served.environment,
        "COPYDESK_HOME": str(tmp_path),
        "COPYDESK_SCRIPT_TIMEOUT": str(PATIENCE_S),
    }

    def run(*words: str) -> list[dict[str, object]]:
        command = [sys.executable, "-m", "assistant.cli", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=3 * PATIENCE_S, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.decode().splitlines()]

    if not customer:
        customer = str(next(line["customer_id"] for line in run("scan", *CALL) if line["trigger"] == trigger))
    before = served.ended() if served.ended else 0
    (script,) = run("script", "--customer", customer, "--trigger", trigger, *CALL)
    assert script["verdict"] != "block" and script["sections"]
    # A model of random weights writes noise: it was judged, and the lines stand in for it.
    judged = re.search("did not pass|cut off|holds|is empty|schema", str(script["why"]))
    assert script["status"] == "written" or judged, script["why"]
    assert served.ended is None or served.ended() > before
