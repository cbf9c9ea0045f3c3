"""The eval harness beside a bare loop and beside DeepEval, in one run.

    python -m benchmarks.harness [--cases 1000 10000] [--deepeval PYTHON]

Every side does the same: cases with five checks each (contains, not contains, a pattern, a length, a JSON Schema).
`--deepeval` names the Python of an environment where deepeval is installed. Seconds are processes from start to end;
the last line is how near a run of slow cases comes to the ideal, 32 at once and 50 ms each.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.harness_cases import write

HERE = Path(__file__).parent
AT_ONCE, LATENCY_S = 32, 0.05


def timed(command: list[str], home: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of a process."""
    begun = time.perf_counter()
    environment = {**os.environ, "COPYDESK_HOME": str(home), "DEEPEVAL_TELEMETRY_OPT_OUT": "1"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def sides(file: Path, deepeval: str | None) -> dict[str, list[str]]:
    """The command of each side."""
    found = {
        "bare loop": [sys.executable, "-P", str(HERE / "harness_bare.py"), str(file)],
        "copydesk eval run": [sys.executable, "-m", "assistant.cli", "eval", "run", str(file)],
    }
    return found | ({"DeepEval": [deepeval, "-P", str(HERE / "harness_deepeval.py"), str(file)]} if deepeval else {})


def ideal(cases: int) -> float:
    """How near a run of slow cases comes to the ideal time, as a share."""
    from eval.cases.case import Case, Suite
    from eval.running.rows import Rows
    from eval.running.run import Runner
    from eval.scorers.asserts import asserts
    from eval.tasks.seam import Answer, Room, Subject

    async def slow(case: Case, room: Room) -> Answer:
        await asyncio.sleep(LATENCY_S)
        return Answer(case.given)

    with tempfile.TemporaryDirectory() as home:
        made = tuple(Case(f"k{n}", f"c{n % 50}", {"text": str(n)}) for n in range(cases))
        suite, rows = Suite("slow", "text", ("asserts",), made), Rows(Path(home) / "eval.db")
        room = Room(Subject(), lambda: None)  # type: ignore[arg-type, return-value] - no desk is asked for
        runner = Runner(rows, AT_ONCE)
        run, begun = runner.opened(suite, room), time.perf_counter()
        asyncio.run(runner.go(run, suite, slow, [asserts], room, lambda done, total: None))
        return cases * LATENCY_S / AT_ONCE / (time.perf_counter() - begun)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--deepeval", metavar="PYTHON", help="a Python with deepeval")
    given = parser.parse_args()
    print("| cases | | wall s | CPU s | peak MB |\n| --: | :-- | --: | --: | --: |")
    with tempfile.TemporaryDirectory() as folder:
        for count in given.cases:
            file = write(Path(folder) / f"cases{count}.jsonl", count)
            for name, command in sides(file, given.deepeval).items():
                best = min(timed(command, Path(folder) / f"home{attempt}-{count}-{len(name)}") for attempt in range(3))
                print(f"| {count} | {name} | {best[0]:.2f} | {best[1]:.2f} | {best[2]:.0f} |", flush=True)
        start = min(
            timed([sys.executable, "-m", "assistant.cli", "eval", "list", "runs"], Path(folder))[0] for _ in "123"
        )
    print(
        f"\nCold start: {start:.2f} s. Of the ideal at {AT_ONCE} at once, {LATENCY_S * 1000:.0f} ms: {ideal(1000):.1%}."
    )
    print(json.dumps({"load": os.getloadavg()}))


if __name__ == "__main__":
    main()
