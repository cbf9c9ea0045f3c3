"""The desk's commands with the pages' clock set: `python -m tests.e2e.at_moment 2026-11-10T02:35+00:00 serve …`.

The sample's customers live in one morning, so a countdown over them needs that morning. Time runs on from there.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from dataclasses import replace
from typing import Any

from assistant import cli
from ui import surface


def set_clock(moment: dt.datetime) -> None:
    """From now on who asks a page asks at a moment."""
    asked, begun = surface._caller, time.monotonic()

    def caller(*given: Any) -> surface.Caller:
        return replace(asked(*given), now=moment + dt.timedelta(seconds=time.monotonic() - begun))

    surface._caller = caller


if __name__ == "__main__":
    set_clock(dt.datetime.fromisoformat(sys.argv[1]))
    sys.exit(cli.main(sys.argv[2:]))
