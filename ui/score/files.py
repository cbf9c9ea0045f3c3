"""Files of a comparison: they are made and read on the server's disk for the moment that it takes."""

from __future__ import annotations

import base64
import binascii
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.domain.person import Person
from assistant.errors import InputError
from eval.rating import label_studio, sheets
from eval.rating.said import Given
from eval.rating.scoring import Scoring
from ui.score.asked import Form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def made(scoring: Scoring, by: Person, form: Form, locale: str) -> dict[str, str]:
    """A file to keep: name, kind and content in base64. Raises as the acts of `Scoring` do."""
    shown = scoring.session(by)

    def tasks(path: Path) -> None:
        label_studio.write_json(path, label_studio.pair_tasks(scoring.turns(by), shown.rubric))

    def config(path: Path) -> None:
        path.write_text(label_studio.pair_config(shown.rubric, locale), encoding="utf-8")

    def sheet(path: Path) -> None:
        sheets.write_pairs(path, scoring.turns(by), shown.rubric)

    def annotations(path: Path) -> None:
        label_studio.write_json(path, label_studio.pair_annotations(*scoring.said(by)))

    def ratings(path: Path) -> None:
        sheets.write_said(path, *scoring.said(by))

    kinds: Mapping[Form, tuple[str, str, Callable[[Path], None]]] = {
        "tasks": (f"pairs-{by.login}.json", "application/json", tasks),
        "config": ("labelling.xml", "application/xml", config),
        "sheet": (f"pairs-{by.login}.xlsx", XLSX, sheet),
        "annotations": (f"said-{shown.id}.json", "application/json", annotations),
        "ratings": (f"said-{shown.id}.xlsx", XLSX, ratings),
    }
    name, kind, write = kinds[form]
    with tempfile.TemporaryDirectory(prefix="copydesk-score-") as folder:
        path = Path(folder) / name
        write(path)
        return {"name": name, "kind": kind, "content": base64.b64encode(path.read_bytes()).decode()}


def read(name: str, content: str) -> dict[str, Given]:
    """What somebody said in a file: turn → choice and reasons. InputError where it cannot be read."""
    ending = Path(name).suffix.lower()
    if ending not in (".json", ".xlsx"):
        raise InputError(f"{name} is neither .json nor .xlsx.", "Bring the file that was taken here, filled in.")
    try:
        raw = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError(f"{name} did not come whole ({error}).", "Choose it again.") from error
    with tempfile.TemporaryDirectory(prefix="copydesk-score-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(raw)
        return label_studio.read_pairs(path) if ending == ".json" else sheets.read_pairs(path)
