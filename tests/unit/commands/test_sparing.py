"""A server's threads share their memory, so that what one has given back another may use."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

COUNT = """
import ctypes, sys, threading
from assistant.commands.serve_command import sparing
if sys.argv[1] == "sparing" and not sparing(): sys.exit("another C library")
meet = threading.Barrier(9)
def work(): [bytearray(300) for _ in range(9)]; meet.wait()
for _ in range(8): threading.Thread(target=work).start()
meet.wait()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(out := libc.fdopen(1, b"w")))
libc.fflush(ctypes.c_void_p(out))
"""


def heaps(how: str) -> int:
    """How many heaps a process has whose nine threads have each used memory."""
    done = subprocess.run([sys.executable, "-c", COUNT, how], cwd=ROOT, capture_output=True, text=True, check=False)
    if "another C library" in done.stderr:
        pytest.skip("only glibc lets one say so")
    assert done.returncode == 0, done.stderr
    return done.stdout.count("<heap nr=")


def test_threads_of_a_server_share_two_heaps() -> None:
    assert heaps("as it comes") > 2 >= heaps("sparing")
