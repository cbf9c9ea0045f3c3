"""Where an entry stands in its file: the lines that are its own, cut out and put back, the rest untouched."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import FileError, InputError, PackError, Problem, UnknownId
from assistant.packs.guides import HEADING, read_guides
from assistant.packs.loader import SECTIONS
from assistant.packs.sheets.edit import end_of, line_end
from assistant.packs.source import Source, Unreadable, parse, read

GUIDES = "guides"
PHRASES = "phrases"
"""Clauses, by locale and id: `en/a1-open.head.1`. They change as entries do; they are too many to be listed."""
SECTION_NAMES = (*SECTIONS, GUIDES)
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Place:
    """An entry's own characters, `start` to `end` of its file's text. `file`: below the pack's folder; `line`: from 1;
    `indent`: columns before its keys; `text`: as it reads by itself."""

    section: str
    id: str
    file: str
    line: int
    start: int
    end: int
    indent: int
    text: str
    raw: bytes

    @property
    def own(self) -> str:
        """The id as it stands in the file."""
        return self.id.partition("/")[2] if self.section == PHRASES else self.id

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits over the entry's text."""
        return digest_of(self.text)

    def with_text(self, text: str) -> bytes:
        """The whole file with other words in the entry's place; line ends are the file's own."""
        whole = decoded(self.raw)
        lines = [f"{' ' * self.indent}{line}" if line.strip() else "" for line in tidy(text).split("\n")]
        newline = "\r\n" if "\r\n" in whole else "\n"
        body = newline.join(lines)[self.indent :]
        bom = BOM if self.raw.startswith(BOM) else b""
        return bom + (whole[: self.start] + body + whole[self.end :]).encode()


def place_of(root: Path, section: str, own: str) -> Place:
    """Where an entry stands in the pack's files now. Raises UnknownId, PackError, FileError; InputError where it shares
    its line."""
    if section not in (*SECTION_NAMES, PHRASES):
        raise UnknownId("section of the knowledge", section, (*SECTION_NAMES, PHRASES))
    try:
        for path in _files(root, section):
            place = place_in(path.read_bytes(), path.relative_to(root).as_posix(), section, own)
            if place is not None:
                return place
        raise UnknownId(f"entry of {section}", own, _ids(root, section))
    except Unreadable as error:
        raise PackError([error.problem]) from error
    except OSError as error:
        raise FileError(f"{error.filename} cannot be read ({error.strerror}).", "Check its rights.") from error


def place_in(raw: bytes, name: str, section: str, own: str) -> Place | None:
    """Where an entry stands in what a file holds; None where it does not. Raises Unreadable."""
    if section == GUIDES:
        return _of_guide(raw, name, own) if own.startswith(f"{name}#") else None
    locale, _, bare = own.rpartition("/") if section == PHRASES else ("", "", own)
    if bare.encode("utf-8", "surrogatepass") not in raw or not name.startswith(
        f"{PHRASES}/{locale}/" if locale else ""
    ):
        return None
    source = parse(raw, name)
    key = key_of(section)
    for position, entry in enumerate(listed(source, key)):
        if id_of(entry) == bare:
            return _of_item(source, section, own, list_node(source, key), position)
    return None


def key_of(section: str) -> str:
    """What the list of a section is called in its files."""
    return PHRASES if section == PHRASES else SECTIONS[section][1]


def listed(source: Source, key: str) -> list[Any]:
    """The entries of a file's list; none where it has no such list."""
    content = source.content
    found = content.get(key) if isinstance(content, dict) else None
    return found if isinstance(found, list) else []


def id_of(entry: Any) -> str | None:
    """What an entry is called; how people ask for a thing is called by the thing."""
    found = (entry.get("id") or entry.get("of")) if isinstance(entry, dict) else None
    return None if found is None else str(found)


def list_node(source: Source, key: str) -> Any:
    """The node of a file's list."""
    return next(value for name, value in source.node.value if name.value == key)


def tidy(text: str) -> str:
    """An entry's text without what is around it: its own indent, empty lines before and after, carriage returns."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return textwrap.dedent("\n".join(line.rstrip() for line in plain.split("\n"))).strip("\n")


def digest_of(text: str) -> str:
    """Sixteen hexadecimal digits over a text."""
    return hashlib.sha256(tidy(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def decoded(raw: bytes) -> str:
    """A file's text without its mark."""
    return raw.decode("utf-8-sig")


def decoded_guide(raw: bytes, name: str) -> str:
    """A guide's text. Raises Unreadable."""
    try:
        return decoded(raw)
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(name, 1, "the file is not UTF-8", "save it as UTF-8")) from error


def _of_item(source: Source, section: str, own: str, node: Any, position: int) -> Place:
    item, text = node.value[position], decoded(source.raw)
    if node.flow_style or not isinstance(item, yaml.MappingNode):
        what = f"{own} stands in one line of {source.name} with others."
        raise InputError(what, "Give each entry a line of its own in that file first.")
    start, indent = item.start_mark.index, item.start_mark.column
    end = line_end(text, end_of(text, item))
    first, *rest = text[start:end].replace("\r\n", "\n").split("\n")
    words = "\n".join((first, *(_less(line, indent) for line in rest)))
    line = item.start_mark.line + 1
    return Place(section, own, source.name, line, start, end, indent, tidy(words), source.raw)


def _less(line: str, indent: int) -> str:
    """A line without its indent, or what it has of it."""
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]


def _of_guide(raw: bytes, name: str, own: str) -> Place | None:
    number = own.rpartition("#")[2]
    if not number.isdecimal():
        return None
    text = decoded_guide(raw, name)
    headings = list(HEADING.finditer(text))
    if not 1 <= int(number) <= len(headings):
        return None
    start = headings[int(number) - 1].start()
    until = headings[int(number)].start() if int(number) < len(headings) else len(text)
    end = start + len(text[start:until].rstrip())
    line = text.count("\n", 0, start) + 1
    return Place(GUIDES, own, name, line, start, end, 0, tidy(text[start:end]), raw)


def _files(root: Path, section: str) -> list[Path]:
    apart = {GUIDES: "guides/*/*.md", PHRASES: "phrases/*/*.yaml"}
    return sorted(root.glob(apart[section] if section in apart else SECTIONS[section][0]))


def _ids(root: Path, section: str) -> Iterator[str]:
    for path in _files(root, section):
        name = path.relative_to(root).as_posix()
        if section == GUIDES:
            yield from (guide.id for guide in read_guides(decoded_guide(path.read_bytes(), name), name, "en"))
        else:
            entries = listed(read(path, name), key_of(section))
            before = f"{path.parent.name}/" if section == PHRASES else ""
            yield from (f"{before}{own}" for own in map(id_of, entries) if own is not None)
