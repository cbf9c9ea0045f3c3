"""An entry is cut out of its file and put back to the letter, whatever stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import FileError, InputError, PackError, UnknownId
from assistant.packs.guides import HEADING
from assistant.packs.laying import strayed, with_values
from assistant.packs.loader import SECTIONS
from assistant.packs.place import id_of, listed, place_in, place_of
from assistant.packs.source import parse
from tests.conftest import BANK

FILES = [
    (section, path) for section, (pattern, *_) in SECTIONS.items() for path in sorted(BANK.glob(pattern))
]  # fmt: skip
SMALL = """# before
reasons:
  # of the first
  - id: one   # said so
    name: {zh-Hans: 一, zh-Hant: 一, en: One}
    # within

    more: |
      two
        lines
  # of the second
  -   id: two
      name: {zh-Hans: 二,
        zh-Hant: 二, en: Two}  # behind

# after
"""


@pytest.mark.parametrize(("section", "path"), FILES, ids=[f"{one}-{path.stem}" for one, path in FILES])
def test_the_first_and_the_last_entry_of_each_file_come_back_to_the_letter(section: str, path: Path) -> None:
    raw = path.read_bytes()
    entries = listed(parse(raw, path.name), SECTIONS[section][1])
    for entry in (entries[0], entries[-1]):
        place = place_in(raw, path.name, section, str(id_of(entry)))
        assert place is not None and place.with_text(place.text) == raw
        assert parse(place.text.encode(), "entry").content == entry


def test_a_clause_is_found_by_its_locale_and_id_and_comes_back_to_the_letter() -> None:
    for locale in ("en", "zh-Hans"):
        place = place_of(BANK, "phrases", f"{locale}/a1-open.head.2")
        assert place.file == f"phrases/{locale}/bodies_a.yaml" and place.own == "a1-open.head.2"
        assert place.with_text(place.text) == place.raw
    other = with_values(place, {"text": "别的标题"})
    assert strayed(place, place.with_text(other), other) == []
    renamed = other.replace("head.2", "head.x")
    assert (
        "the id “a1-open.head.2” becomes “a1-open.head.x”" in strayed(place, place.with_text(renamed), renamed)[0].what
    )
    with pytest.raises(UnknownId, match=r"en/a1-open\.head"):
        place_of(BANK, "phrases", "en/a1-open.hed.2")


def test_the_sections_of_a_guide_come_back_to_the_letter() -> None:
    name = "guides/en/objections.md"
    raw = (BANK / name).read_bytes()
    for number in range(1, len(HEADING.findall(raw.decode())) + 1):
        place = place_in(raw, name, "guides", f"{name}#{number}")
        assert place is not None and place.text.startswith("## ") and place.with_text(place.text) == raw


@pytest.mark.parametrize(
    "raw", [SMALL.encode(), SMALL.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + SMALL.encode()]
)
def test_only_an_entrys_own_lines_change(raw: bytes) -> None:
    for own, line in (("one", 4), ("two", 12)):
        place = place_in(raw, "reasons.yaml", "reasons", own)
        assert place is not None and place.line == line and place.with_text(place.text) == raw
        assert "# before" not in place.text and "# after" not in place.text and "# of the" not in place.text
    one = place_in(raw, "reasons.yaml", "reasons", "one")
    assert one is not None and one.text.splitlines()[-1] == "    lines"
    changed = one.with_text("id: one\nname: x")
    lines = changed.decode("utf-8-sig").splitlines()
    assert lines[3:5] == ["  - id: one", "    name: x"] and lines[5] == "  # of the second"
    assert changed.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in changed) == (b"\r\n" in raw) and b"\r\r" not in changed


def test_what_cannot_be_cut_out_is_told(tmp_path: Path) -> None:
    file = tmp_path / "reasons.yaml"
    file.write_text("reasons: [{id: one}, {id: two}]")
    with pytest.raises(InputError, match="one line of reasons"):
        place_of(tmp_path, "reasons", "one")
    file.write_text("reasons: [")
    with pytest.raises((PackError, UnknownId)):
        place_of(tmp_path, "reasons", "reasons")
    file.unlink()
    file.mkdir()
    with pytest.raises(FileError, match="cannot be read"):
        place_of(tmp_path, "reasons", "one")
    for own in ("\udc80", "one#x", "../one"):
        file.rmdir() if file.is_dir() else None
        with pytest.raises(UnknownId):
            place_of(tmp_path, "reasons", own)
