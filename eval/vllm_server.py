"""A real vLLM server for tests and trials: started, waited for, ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Self

from assistant.errors import FileError, ModelUnavailable

NAME = "tiny"
ENVIRONMENT = (
    "HF_HUB_OFFLINE=1",
    "VLLM_NO_USAGE_STATS=1",
    "VLLM_CPU_KVCACHE_SPACE=1",
    "VLLM_CPU_OMP_THREADS_BIND=nobind",
    "OMP_NUM_THREADS=1",
)
"""Offline, one GiB of cache, one thread: more threads on a shared machine are slower by far."""
_POLL_S, _TIDY_S, _TAIL = 0.25, 10.0, 30


class VllmServer:
    """`with VllmServer(model, python) as server`: an OpenAI-compatible server at `server.url`, which ends in `/v1`.

    `model`: a folder as `eval.tiny_model` makes it. `python`: that of an environment with vLLM. `port`: 0 for a free
    one. `context`: tokens of prompt and answer together. `start_s`: seconds until it must be ready. `end_s`: seconds
    that it has to end by itself. `log`: the file that its words go to, else `vllm.log` beside the model's folder.
    Once it is ready, `started_s` says how many seconds that took.
    Entering raises FileError where the model or the Python is missing, ModelUnavailable where the server ends or is
    not ready in time, with the last lines of the log.
    """

    def __init__(
        self,
        model: Path,
        python: Path,
        port: int = 0,
        *,
        context: int = 4096,
        start_s: float = 300.0,
        end_s: float = 20.0,
        log: Path | None = None,
    ) -> None:
        self.model = model.absolute()
        # Not resolved: a virtual environment's python is a link, and knows its packages by the link's place.
        self.python = python.absolute()
        self.port = port
        self.context = context
        self.start_s = start_s
        self.end_s = end_s
        self.log = (log or model.with_name("vllm.log")).absolute()
        self.started_s = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """The address without a path: /health, /metrics, /tokenize."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address that a client of OpenAI's interface takes."""
        return f"{self.base}/v1"

    def command(self) -> list[str]:
        """What is run. `env` sets the variables and then becomes the server, so that its id is the group's."""
        served = ["--model", str(self.model), "--served-model-name", NAME, "--host", "127.0.0.1"]
        served += ["--port", str(self.port), "--dtype", "bfloat16", "--max-model-len", str(self.context)]
        answers = ["--reasoning-parser", "qwen3", "--default-chat-template-kwargs", '{"enable_thinking":false}']
        grammar = ["--structured-outputs-config", '{"backend":"guidance","disable_any_whitespace":true}']
        cache = ["--enable-prefix-caching", "--enable-prompt-tokens-details", "--enforce-eager"]
        started = [str(self.python), "-m", "vllm.entrypoints.openai.api_server"]
        return ["env", "-u", "PYTHONPATH", *ENVIRONMENT, *started, *served, *answers, *grammar, *cache]

    def __enter__(self) -> Self:
        if not (self.model / "config.json").is_file():
            raise FileError(f"{self.model} is no model's folder.", "Make one: python -m eval.tiny_model DIR.")
        if not self.python.is_file():
            raise FileError(f"There is no Python at {self.python}.", "Run scripts/vllm-environment.")
        self.port = self.port or _free_port()
        began = time.monotonic()
        with self.log.open("wb") as log:
            # Its folder is the log's: from the project's own, Python would find our packages before vLLM's.
            self._process = subprocess.Popen(
                self.command(), cwd=self.log.parent, stdout=log, stderr=log, start_new_session=True
            )
        try:
            self._await(self._process, began + self.start_s)
        except BaseException:  # an interrupt too: the server goes with whoever started it; the reason goes on
            self._end()
            raise
        self.started_s = time.monotonic() - began
        return self

    def __exit__(self, *raised: object) -> None:
        self._end()

    def _await(self, process: subprocess.Popen[bytes], until: float) -> None:
        while not self._healthy():
            try:
                # The pause between two polls ends at once when the server does.
                code = process.wait(_POLL_S)
            except subprocess.TimeoutExpired:
                if time.monotonic() > until:
                    raise ModelUnavailable(self._told(f"was not ready within {self.start_s:g} s")) from None
            else:
                raise ModelUnavailable(self._told(f"ended with {code} before it was ready"))

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/health", timeout=5) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _told(self, what: str) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines()[-_TAIL:]
        return "\n".join([f"The vLLM server {what}; {self.log} ends with:", *lines])

    def _end(self) -> None:
        """End the group that was started; who of it does not go by itself is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.end_s)
        with suppress(ProcessLookupError):
            # The server's last child gives back their shared memory; killed, it leaves hundreds of megabytes behind.
            until = time.monotonic() + (_TIDY_S if process.returncode is not None else 0)
            while time.monotonic() < until:
                os.killpg(process.pid, 0)
                time.sleep(0.05)  # grandchildren: nothing tells us when they end
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
