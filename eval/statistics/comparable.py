"""Whether comparisons rank all that was compared; where they do not there is no finite strength, and why is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.errors import InputError

SHOWN = 6


def need_ranking(names: Sequence[str], wins: NDArray[np.float64], ties: NDArray[np.float64]) -> None:
    """InputError where the most likely strengths are not finite. `wins[i, j]`: i over j; `ties`: symmetric; K × K both.

    Everything must be reachable from everything by losing or tying (Ford 1957). With ties (Davidson 1970) their share
    is estimated too, and then wins and ties may still all fall as one order of even steps tells, which fits best at
    infinity; that is a system of differences, solvable where its graph has no negative cycle.
    """
    met = wins + wins.T + ties > 0
    apart = ~_reached(met)[0]
    if apart.any():
        raise InputError(
            f"{_told(names, apart)} never met {_told(names, ~apart)}, not even through others.",
            "Compare some of the one group with some of the other.",
        )
    reached = _reached((wins + ties) > 0)
    for one in range(len(names)):
        if not reached[one].all():
            lower, upper = reached[one], ~reached[one]
            raise InputError(
                f"{_told(names, upper)} won against {_told(names, lower)} every time, so by how much is not told.",
                "Make more comparisons between them, or leave one group out.",
            )
    if ties.any() and not _contradicted(wins, ties):
        raise InputError(
            f"Between {_told(names, np.ones(len(names), dtype=bool))} every win goes down one order and none goes "
            "up; ties fill the rest. The strengths have no end.",
            "Make more comparisons, or count a tie as half a win.",
        )


def _reached(edges: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which can be come to from which, over any number of edges: K × K."""
    reached = edges | np.eye(len(edges), dtype=bool)
    for through in range(len(edges)):
        reached |= np.outer(reached[:, through], reached[through])
    return reached


def _contradicted(wins: NDArray[np.float64], ties: NDArray[np.float64]) -> bool:
    """Whether no strengths have every win two steps or more apart, and every tie two or fewer: a negative cycle."""
    far = np.where(wins > 0, -2.0, np.where(ties > 0, 2.0, np.inf))
    np.fill_diagonal(far, 0.0)
    for through in range(len(far)):
        far = np.minimum(far, far[:, through : through + 1] + far[through : through + 1])
        if (np.diag(far) < 0).any():
            return True
    return False


def _told(names: Sequence[str], chosen: NDArray[np.bool_]) -> str:
    found = [name for name, one in zip(names, chosen, strict=True) if one]
    return ", ".join(found[:SHOWN]) + (f" and {len(found) - SHOWN} more" if len(found) > SHOWN else "")
