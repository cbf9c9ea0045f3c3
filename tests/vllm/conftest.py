"""A real vLLM on the CPU with a tiny model: made once, started once a session."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.models.endpoint import Endpoint
from eval.vllm_server import NAME, VllmServer
from tests.conftest import ROOT
from tests.contract.served import PATIENCE_S, Served
from tests.vllm.wire import Wire

START_S = 540.0
"""Seconds that the server has: half a minute is usual, but three processes load torch one after another, and on a machine
with much else to do that took more than five minutes. A little less than a test may take."""
PYTHON = Path(os.environ.get("VLLM_PYTHON") or ROOT / ".venv-vllm" / "bin" / "python")


@pytest.fixture(scope="session")
def tiny_model() -> Path:
    """The model's folder, made by vLLM's Python: ours need not have torch."""
    folder = ROOT / "out" / "tiny-model"
    if not PYTHON.is_file():
        pytest.fail(f"There is no Python at {PYTHON}: run scripts/vllm-environment, or set VLLM_PYTHON.")
    command = [str(PYTHON), "-m", "eval.tiny_model", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def server(tiny_model: Path) -> Iterator[VllmServer]:
    """The server that all tests of the session ask."""
    with VllmServer(tiny_model, PYTHON, start_s=START_S) as started:
        print(f"\nvLLM was ready after {started.started_s:.0f} s")
        yield started


@pytest.fixture(scope="session")
def wire(server: VllmServer) -> Iterator[Wire]:
    """The server, asked directly."""
    wire = Wire(server.base)
    yield wire
    wire.close()


@pytest.fixture(scope="session")
def served(server: VllmServer, wire: Wire) -> Served:
    """The server as the contract sees it."""
    # A seed in a prompt that is read in pieces ends this build: “CPU Generator does not use offset”.
    found = {
        "COPYDESK_MODEL_URL": server.url,
        "COPYDESK_MODEL_NAME": NAME,
        "COPYDESK_MODEL_TIMEOUT": str(PATIENCE_S),
        "COPYDESK_MODEL_SEED": "no",
    }
    endpoint = Endpoint(server.url, NAME, timeout_s=PATIENCE_S, seeded=False)
    return Served(endpoint, found, context=server.context, ended=wire.ended)
