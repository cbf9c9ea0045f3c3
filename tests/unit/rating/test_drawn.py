"""What a desk has written becomes a file of pairs that a session is begun from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.brief import Cell
from assistant.domain.draft import Variant, Written
from assistant.domain.pack import Pack
from assistant.errors import FileError
from eval.rating.drawn import pairs_of, write_file
from eval.rating.pairs_file import read_file

CELL = Cell(campaign="B1-TERM2Y", segment="salary", age="35-44", channel="sms", locale="zh-Hans", market="cn")


def text(own: str, angle: str) -> Variant:
    return Variant(
        id=own, text=f"{own}。", template="", angle=angle, writer="phrases", verdict="pass", findings=[], claims=[]
    )


def test_every_two_texts_of_a_cell_that_differ_in_angle_are_a_pair(bank: Pack, tmp_path: Path) -> None:
    variants = [text("one", "gain"), text("two", "calm"), text("three", "gain")]
    done = [Written(cell=CELL, status="written", why="", variants=variants)]
    found = tuple(pairs_of(done, bank))
    assert [(one.a.source, one.b.source) for one in found] == [
        ("phrases, gain", "phrases, calm"),
        ("phrases, calm", "phrases, gain"),
    ]
    assert found[0].readers.startswith(bank.segments["salary"].name["zh-Hans"]) and found[0].cluster == CELL.key
    assert write_file(tmp_path / "out" / "p.jsonl", found) == 2 and read_file(tmp_path / "out" / "p.jsonl") == found


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(FileError):
        write_file(tmp_path / "out" / "p.jsonl", [])
