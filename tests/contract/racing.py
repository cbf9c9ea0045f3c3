"""The same act by many hands at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """What came of an act that so many did at the same time; an exception is what came of it, too."""
    came: list[object] = []
    ready = threading.Barrier(count)

    def run(number: int) -> None:
        ready.wait()
        try:
            came.append(act(number))
        except Exception as error:  # noqa: BLE001 - what failed is what the test asks about
            came.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came
