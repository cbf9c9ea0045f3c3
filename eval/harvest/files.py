"""A harvest as files: the same database gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import FileError
from eval.harvest.edits import Edits, edits
from eval.harvest.outcomes import Outcomes, outcomes
from eval.harvest.proposed import Proposed, told
from eval.harvest.proposing import Proposing
from eval.harvest.reading import Reading
from eval.harvest.rejections import Rejections, rejections
from eval.harvest.repeated import repeated
from eval.harvest.terms import Terms

SUITE = """\
# Texts that were sent back at the desk: copydesk eval run rejections.yaml
suite: rejections
task: write
scorers: [not_again]
margins: {not_again: 0.0}
files: [rejections.jsonl]
"""


@dataclass(frozen=True)
class Harvest:
    """All that a harvest found; `masked`: spans of personal data that were masked; `undone`: judgements taken back."""

    rejections: Rejections
    edits: Edits
    outcomes: Outcomes
    proposals: tuple[Proposed, ...]
    unproposed: tuple[dict[str, Any], ...]
    masked: int
    undone: int


def gathered(reading: Reading, terms: Terms) -> Harvest:
    """Everything that a desk holds for an evaluator."""
    sent_back, changed, came = rejections(reading), edits(reading), outcomes(reading, terms)
    proposing = Proposing(reading, terms)
    proposals = proposing.of(repeated(reading, changed, terms.repeated))
    undone, unproposed = reading.history.undone, tuple(proposing.unproposed)
    return Harvest(sent_back, changed, came, tuple(proposals), unproposed, reading.screen.masked, undone)


def written(folder: Path, harvest: Harvest) -> None:
    """Write the files; what lies there of an earlier harvest gives way. FileError."""
    contents = {
        "rejections.yaml": SUITE,
        "rejections.jsonl": _lines(harvest.rejections.cases),
        "edits.jsonl": _lines(pair.model_dump(mode="json") for pair, _edit in harvest.edits.pairs),
        "outcomes.jsonl": _lines(harvest.outcomes.rows),
        "proposals.yaml": told(list(harvest.proposals), list(harvest.unproposed)),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FileError(f"{folder} cannot be written ({error.strerror}).", "Name another with --out.") from error


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
