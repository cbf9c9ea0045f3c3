"""How a script of the evaluation ends: what is wrong with the pack or the input is told in words."""

from __future__ import annotations

import sys
from collections.abc import Callable

from assistant.errors import CopydeskError


def ended(main: Callable[[], int]) -> None:
    """Exit as `main` says; 2 with a message where what it was given is wrong."""
    try:
        sys.exit(main())
    except CopydeskError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
