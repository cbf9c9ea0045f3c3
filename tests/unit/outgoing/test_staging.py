"""Files of an export stand together or not at all, also after a process was killed between two of them."""

from __future__ import annotations

from pathlib import Path

from assistant.review.exporting.staging import beside, publish, withdraw


def drawn(folder: Path, words: str) -> Path:
    """A draft of an export: its texts, what was refused, what it is."""
    folder.mkdir()
    draft = folder / "may.csv"
    for one in (draft, beside(draft, "refused"), folder / "may.csv.meta.json"):
        one.write_text(words)
    return draft


def test_what_was_put_beside_a_file_that_never_came_is_taken_away(tmp_path: Path) -> None:
    draft, place = drawn(tmp_path / "draft", "new"), tmp_path / "may.csv"
    for side in (beside(draft, "refused"), draft.with_name("may.csv.meta.json")):
        side.replace(tmp_path / side.name)
    withdraw(place)
    assert [one.name for one in tmp_path.iterdir()] == ["draft"]


def test_an_earlier_export_that_still_stands_keeps_what_belongs_to_it(tmp_path: Path) -> None:
    place = tmp_path / "may.csv"
    publish(drawn(tmp_path / "draft", "old"), place)
    withdraw(place)
    assert sorted(one.name for one in tmp_path.glob("may*")) == ["may.csv", "may.csv.meta.json", "may.refused.csv"]
