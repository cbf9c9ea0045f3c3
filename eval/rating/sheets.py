"""Pairs as a spreadsheet that somebody fills in, and what was said as one that others read; no cell is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.domain.rating import RatingSession, Rubric, Scored
from assistant.errors import InputError, unwritable
from assistant.packs.sheets.grid import Cell
from assistant.packs.sheets.guard import kind_of
from assistant.packs.sheets.xlsx import read_xlsx
from assistant.review.exporting.workbook import Workbook
from assistant.text.cells import safe
from eval.calibration.judgements import LEVELS
from eval.calibration.ratings import COLUMNS
from eval.rating.pairs import Turn
from eval.rating.said import Given, gathered

PAIRS = ("pair", "choice", "reasons", "left", "right", "readers", "language")
_ABOUT = "1 left, 2 neither, 3 right; reasons: {reasons}"


def write_pairs(path: Path, turns: Sequence[Turn], rubric: Rubric) -> None:
    """One rater's turns, in their order, `choice` and `reasons` left empty: nothing says who wrote which."""
    rows = [("", "", "", turn.left, turn.right, turn.pair.readers, turn.pair.language) for turn in turns]
    named = [(turn.name, *row[1:]) for turn, row in zip(turns, rows, strict=True)]
    told = _ABOUT.format(reasons=", ".join(rubric.reasons))
    _write(path, {"pairs": (PAIRS, named), "rubric": (("question", "choice"), [(rubric.question, told)])})


def read_pairs(path: Path) -> dict[str, Given]:
    """What one rater filled in; rows without a choice are left out. Raises FileError, or InputError with every row that
    is wrong as `file:row`."""
    if kind_of(path) != "xlsx":
        raise InputError(f"{path.name} is no workbook.", "Fill in the workbook that was written, and name it.")
    rows = []
    for sheet in read_xlsx(path)[0]:
        heads = {cell.column: str(cell.value).strip().lower() for cell in sheet.rows[0]} if sheet.rows else {}
        if not {"pair", "choice"} <= set(heads.values()):
            continue
        for row in sheet.rows[1:]:
            cells = {heads[cell.column]: _plain(cell) for cell in row if cell.column in heads}
            if choice := cells.get("choice", ""):
                reasons = tuple(one.strip() for one in cells.get("reasons", "").split(",") if one.strip())
                number = int(choice) if choice in ("1", "2", "3") else 0
                rows.append((f"{path.name}:{row[0].row}", cells.get("pair", ""), number, reasons))
    return gathered(rows, path.name, "1, 2 or 3")


def write_said(path: Path, session: RatingSession, said: Iterable[Scored]) -> None:
    """All that was said, as ratings that a calibration reads (1: a is better, 2: tie, 3: b), and beside it the pairs
    with who wrote them: no longer blind. What came again is marked and stands on a sheet of its own."""
    clusters, criterion = {pair.id: pair.cluster for pair in session.pairs}, session.rubric.criterion
    rows = [(one.repeat, _row(one, clusters[one.pair], criterion)) for one in said]
    pairs = [(pair.id, pair.cluster, pair.a.source, pair.b.source, pair.a.text, pair.b.text) for pair in session.pairs]
    more = (*COLUMNS, "reasons", "at")
    _write(
        path,
        {
            "ratings": (more, [row for repeat, row in rows if not repeat]),
            "repeats": (more, [row for repeat, row in rows if repeat]),
            "pairs": (("item", "cluster", "source a", "source b", "text a", "text b"), pairs),
        },
    )


def _row(one: Scored, cluster: str, criterion: str) -> tuple[object, ...]:
    reasons = ", ".join(one.reasons)
    return one.pair, cluster, one.rater, criterion, LEVELS[one.better], reasons, one.at.isoformat()


def _write(path: Path, sheets: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]]) -> None:
    try:
        book = Workbook(path, {"dc:title": path.stem})
        for name, (columns, rows) in sheets.items():
            book.begin(name, columns)
            for row in rows:
                book.append(name, [safe(value) if isinstance(value, str) else value for value in row])
        book.close()
    except OSError as error:
        raise unwritable(path, error) from error


def _plain(cell: Cell) -> str:
    """What stands in a cell; a whole number as it is written."""
    value = cell.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
