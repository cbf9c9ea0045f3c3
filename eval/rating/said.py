"""What a rater said in a file: read from any kind of file, refused alike."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.errors import InputError

Given = tuple[int, tuple[str, ...]]
"""A choice (1 left, 2 neither, 3 right) and reasons."""
_SHOWN = 20


def gathered(rows: Iterable[tuple[str, str, int, tuple[str, ...]]], name: str, wanted: str) -> dict[str, Given]:
    """Turn → what was said of it. `rows`: place, turn, choice (0: none that is known), reasons; `wanted`: in words.

    Raises InputError with every row that is wrong.
    """
    found, places, problems = dict[str, Given](), dict[str, str](), list[str]()
    for place, turn, choice, reasons in rows:
        if not turn:
            problems.append(f"{place}: no pair is named")
        elif choice not in (1, 2, 3):
            problems.append(f"{place}: the choice is not {wanted}")
        elif found.setdefault(turn, (choice, reasons)) != (choice, reasons):
            problems.append(f"{place}: the pair {turn} was answered otherwise at {places[turn]}")
        places.setdefault(turn, place)
    if problems:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise InputError("\n".join(problems[:_SHOWN]) + more, f"Mend them in {name}; nothing was kept.")
    if not found:
        raise InputError(f"{name} holds no answers.", "Answer some pairs first.")
    return found
