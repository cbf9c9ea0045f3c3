"""One YAML file of a pack: read safely, with the line of everything in it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

from assistant.errors import Problem

MAX_BYTES = 8_000_000
MAX_DEPTH = 30
_STRING = "tag:yaml.org,2002:str"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """The file cannot be read at all; carries the one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass
class Source:
    """A parsed file: `content` as plain values, the node tree for lines, problems met on the way."""

    name: str
    content: Any = None
    node: Any = None
    raw: bytes = b""
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: tuple[Hashable, ...]) -> int:
        """The line of the value at a path of keys and positions, or of its nearest ancestor that exists."""
        node, line = self.node, 1
        for step in path:
            key, child = _child(node, step)
            if child is None:
                break
            line = (key or child).start_mark.line + 1
            node = child
        return line


def _child(node: Any, step: Hashable) -> tuple[Any, Any]:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    return None, None


def _decode(name: str, raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1e6:.0f} MB"
        raise Unreadable(Problem(name, 1, f"the file is {size} long", f"split it below {MAX_BYTES // 10**6} MB"))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Problem(name, 1, "the file is UTF-16", "save it as UTF-8"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        guess = _looks_like(raw)
        raise Unreadable(Problem(name, line, f"the file is not UTF-8{guess}", "save it as UTF-8")) from None
    for number, row in enumerate(text.split("\n"), 1):
        if row.lstrip(" ").startswith("\t"):
            raise Unreadable(Problem(name, number, "a tab stands in the indent", "indent with two spaces"))
    return text


def _looks_like(raw: bytes) -> str:
    for encoding in ("gb18030", "big5"):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return f" (it reads as {'GBK' if encoding == 'gb18030' else 'Big5'})"
    return ""


def read(path: Path, name: str) -> Source:
    """Parse one file. Raises Unreadable; duplicate keys and aliases are problems of the returned source."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(Problem(name, 1, f"the file cannot be read ({error.strerror})", "check its rights")) from error
    return parse(raw, name)


def parse(raw: bytes, name: str) -> Source:
    """Parse what a file holds, or would hold. Raises as `read` does."""
    text = _decode(name, raw)
    source = Source(name, raw=raw)
    try:
        _without_aliases(text, name)
        source.node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"this is not YAML: {error.problem or error.context}"
        raise Unreadable(
            Problem(name, line, what, "quote texts that hold : { } # or %, and check the indent")
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Unreadable(Problem(name, 1, f"this is not YAML: {error}", "compare it with a sample pack")) from None
    if source.node is None:
        raise Unreadable(Problem(name, 1, "the file is empty", "fill it or delete it"))
    source.content = _plain(source, source.node, SafeConstructor(), 0)
    return source


def _without_aliases(text: str, name: str) -> None:
    """Refuse anchors and aliases: a few lines of them can stand for gigabytes. Most files hold neither sign."""
    for event in yaml.parse(text, Loader=_Loader) if "&" in text or "*" in text else ():
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else 1
            what = "anchors and aliases are not used in a pack"
            raise Unreadable(Problem(name, line, what, "write the value out where it is needed"))


def _plain(source: Source, node: Any, constructor: SafeConstructor, depth: int) -> Any:
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        raise Unreadable(Problem(source.name, line, f"more than {MAX_DEPTH} levels", "flatten the entry"))
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(source, node, constructor, depth))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(source, child, constructor, depth + 1) for child in node.value]
    if node.tag == _STRING:
        return node.value
    try:
        return constructor.construct_object(node)
    except (ConstructorError, ValueError, OverflowError) as error:
        what = f"“{node.value[:40]}” cannot be read ({getattr(error, 'problem', None) or error})"
        raise Unreadable(Problem(source.name, line, what, "quote it or mend it")) from None


def _pairs(source: Source, node: Any, constructor: SafeConstructor, depth: int) -> Iterator[tuple[Any, Any]]:
    seen: dict[Any, int] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise Unreadable(Problem(source.name, line, "a key is not a word", "use plain words as keys"))
        if key in seen:
            what = f"the key “{key}” stands twice (first in line {seen[key]})"
            source.problems.append(Problem(source.name, line, what, "remove one of the two"))
        seen[key] = line
        yield key, _plain(source, value_node, constructor, depth + 1)
