"""Changes of a YAML text in place: only the characters of a changed value are touched, comments and order stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from assistant.packs.sheets.emit import block, flow

_REST_OF_LINE = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: list[Edit]) -> str:
    """The text with all edits, which do not overlap; their line ends become the file's own."""
    newline = "\r\n" if "\r\n" in text else "\n"
    pieces: list[str] = []
    at = 0
    # Insertions at one place keep the order in which they were asked for: inner mappings before outer ones.
    for edit in sorted(edits, key=lambda one: one.start):
        pieces += (text[at : edit.start], edit.text.replace("\n", newline))
        at = edit.end
    return "".join((*pieces, text[at:]))


def changes(
    text: str, node: Any, old: dict[str, Any], patch: dict[str, Any], path: tuple[str, ...] = ()
) -> Iterator[Edit]:
    """The edits that lay a tree of changes over a mapping of the text; the counterpart of `compare.merged`."""
    children = {key.value: (key, value) for key, value in node.value}
    added: dict[str, Any] = {}
    for name, value in patch.items():
        if name not in children:
            added[name] = value
            continue
        key, child = children[name]
        before = old.get(name)
        other_kind = path == ("facts",) and isinstance(before, dict) and set(before) != set(value)
        if isinstance(before, dict) and isinstance(value, dict) and _mapping(child) and not other_kind:
            yield from changes(text, child, before, value, (*path, name))
        elif before != value:
            yield _replaced(text, key, child, value)
    if added:
        yield _added(text, node, added)


def appended(text: str, node: Any, entries: list[dict[str, Any]]) -> Edit:
    """The edit that puts entries behind the last one of a list."""
    if not node.value:
        start, end = node.start_mark.index, node.end_mark.index
        return Edit(start, end, "".join("\n" + block(entry, 2) for entry in entries))
    if node.flow_style:
        at = end_of(text, node.value[-1])
        return Edit(at, at, "".join(", " + flow(entry) for entry in entries))
    at = line_end(text, end_of(text, node))
    return Edit(at, at, "".join("\n" + block(entry, node.start_mark.column) for entry in entries))


def end_of(text: str, node: Any) -> int:
    """Where a node's own characters end. YAML's mark of a block lies behind the comments that follow it."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):
            start, end = node.start_mark.index, node.end_mark.index
            return int(start + len(text[start:end].rstrip()))
        return int(node.end_mark.index)
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return end_of(text, last[1] if isinstance(last, tuple) else last)


def _mapping(node: Any) -> bool:
    return isinstance(node, yaml.MappingNode)


def _replaced(text: str, key: Any, child: Any, value: Any) -> Edit:
    start, end = child.start_mark.index, end_of(text, child)
    quoted = isinstance(child, yaml.ScalarNode) and child.style in ("'", '"')
    words = flow(value, quoted)
    if start == end:
        return Edit(start, end, f" {words}")
    colon = text.index(":", key.end_mark.index) + 1
    gap = text[colon:start]
    if "\n" not in gap:
        return Edit(start, end, words)
    if "#" not in gap:
        return Edit(colon, end, f" {words}")
    # A comment stands between the key and its block: the value goes below it, indented as a value must be.
    line = colon + gap.rindex("\n") + 1
    return Edit(line, end, " " * (key.start_mark.column + 2) + words)


def _added(text: str, node: Any, values: dict[str, Any]) -> Edit:
    pairs = [f"{flow(key)}: {flow(value)}" for key, value in values.items()]
    if not node.value:
        return Edit(node.start_mark.index, node.end_mark.index, "{" + ", ".join(pairs) + "}")
    if node.flow_style:
        at = end_of(text, node.value[-1][1])
        return Edit(at, at, "".join(f", {pair}" for pair in pairs))
    at = line_end(text, end_of(text, node))
    indent = " " * node.value[0][0].start_mark.column
    return Edit(at, at, "".join(f"\n{indent}{pair}" for pair in pairs))


def line_end(text: str, at: int) -> int:
    """Where the line that a place lies in ends."""
    match = _REST_OF_LINE.match(text, at)
    return match.end() if match else at
