"""Checking a built index in a process of its own, where a crash harms nobody.

`python -m assistant.retrieval.verify FOLDER`: exit code 0 where the index answers, 1 where it does not, and standard
error says why. With `--wait` it first reads a line from standard input, so that the slow imports overlap with
the building.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import assistant
from assistant.errors import IndexDamaged
from assistant.retrieval.manifest import CHROMA, SAMPLE

PATIENCE = 300.0
NEAR = 0.999


class Verifier:
    """A waiting process that checks one folder when it is told to."""

    def __init__(self, folder: Path) -> None:
        # The folder above the package, so that `-m` finds it wherever the desk was started.
        above = Path(assistant.__file__).parents[1]
        command = [sys.executable, "-m", "assistant.retrieval.verify", str(folder.absolute()), "--wait"]
        pipe, none = subprocess.PIPE, subprocess.DEVNULL
        self._process = subprocess.Popen(command, cwd=above, stdin=pipe, stdout=none, stderr=pipe, text=True)

    def check(self) -> None:
        """Raises IndexDamaged where the folder does not answer as it should."""
        try:
            _, said = self._process.communicate("go\n", timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            self.stop()
            raise IndexDamaged(f"The new index did not answer within {PATIENCE:.0f} seconds.") from error
        if self._process.returncode != 0:
            last = said.strip().splitlines()[-1:] or [f"exit code {self._process.returncode}"]
            raise IndexDamaged(f"The new index failed its check ({last[0]}).")

    def stop(self) -> None:
        """End the process, whether it has checked or not."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


def check_folder(folder: Path) -> None:
    """Every id is there and each sampled vector finds its own entry, in a copy of the folder. Raises IndexDamaged."""
    import numpy as np

    from assistant.retrieval.collection import Collection

    sample = json.loads((folder / SAMPLE).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="copydesk-verify-") as copy:
        shutil.copytree(folder / CHROMA, Path(copy) / CHROMA)
        collection = Collection(Path(copy) / CHROMA)
        try:
            if len(collection.entries()) != sample["size"]:
                raise IndexDamaged("entries are missing")
            for name, vector in sample["vectors"].items():
                near = collection.nearest(np.asarray(vector, dtype=np.float32), None, 1)
                # Two entries with the same words share a vector: the nearest need not be this one, only as near.
                if not near or near[0][1] < NEAR:
                    raise IndexDamaged(f"{name} is not found by its own vector")
        finally:
            collection.close()


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    import chromadb  # noqa: F401

    if "--wait" in arguments and not sys.stdin.readline():
        return 1
    try:
        check_folder(Path(arguments[0]))
    except (IndexDamaged, OSError, ValueError, KeyError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
