"""What the desk costs a model's server, and what it saves it: `python -m benchmarks.model`.

Against a real vLLM on the CPU with a tiny model (docs/testing-models.md): tokens a second of the desk's model writer
beside a bare load generator that posts the same bytes, at 1 and at 32 at once; then how much of a matrix's prompts the
server has read before. VLLM_PYTHON names the Python of an environment with vLLM, else it is that of .venv-vllm. Client
and server share the machine's cores. Some ten minutes; prints Markdown tables.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.bootstrap.desk import Desk
from assistant.settings import Settings
from benchmarks.model_load import LOAD_HEAD, loads
from benchmarks.model_prefix import PREFIX_HEAD, prefixes
from benchmarks.model_sides import PATIENCE_S
from eval.vllm_server import NAME, VllmServer

ROOT = Path(__file__).resolve().parent.parent
PYTHON = Path(os.environ.get("VLLM_PYTHON") or ROOT / ".venv-vllm" / "bin" / "python")


def tiny_model() -> Path:
    """The model's folder, made by vLLM's Python: ours need not have torch."""
    folder = ROOT / "out" / "tiny-model"
    subprocess.run([PYTHON, "-m", "eval.tiny_model", folder], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder


async def run(server: VllmServer, home: Path, times: float) -> None:
    """Measure and print; `home` is where the desk keeps its index, `times` lengthens what is measured in turns."""
    # No seeds: this build for the CPU ends at one in a long prompt.
    settings = Settings(home, model_url=server.url, model_name=NAME, model_timeout=PATIENCE_S, model_seed=False)
    desk = Desk(settings)
    began = time.monotonic()
    print(LOAD_HEAD)
    async for row in loads(desk, server.base, times):
        print(row, flush=True)
    block, cells, rows = await prefixes(desk, server.base)
    print(f"\n{cells} cells, {rows[0].tokens / cells:,.0f} tokens a prompt; the cache's blocks have {block}.\n")
    print(PREFIX_HEAD, *rows, sep="\n")
    took = f"the server was ready after {server.started_s:.0f} s, the rest took {time.monotonic() - began:.0f} s"
    print(f"\nLoad of the machine at the end {os.getloadavg()[0]:.1f}; {took}.")


def main() -> None:
    """Start the server, measure, end it."""
    # Ended from outside (a time limit), it still ends the server, which runs in a group of its own.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    parser = argparse.ArgumentParser(description="What the desk costs a model's server, and what it saves it.")
    told = "measure the load for so many times as long: what a busy machine needs"
    parser.add_argument("--times", type=float, default=1.0, metavar="N", help=told)
    times: float = parser.parse_args().times
    print(f"Load of the machine before the server started: {os.getloadavg()[0]:.1f}.\n", flush=True)
    with tempfile.TemporaryDirectory() as home, VllmServer(tiny_model(), PYTHON) as server:
        asyncio.run(run(server, Path(home), times))


if __name__ == "__main__":
    main()
