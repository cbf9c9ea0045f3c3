"""Other words in an entry's place: what the file becomes, whether it changes that entry alone, a copy that has it."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import FileError, InputError, Problem
from assistant.packs.guides import read_guides
from assistant.packs.place import (
    GUIDES,
    Place,
    decoded,
    decoded_guide,
    id_of,
    key_of,
    list_node,
    listed,
    place_in,
    tidy,
)
from assistant.packs.sheets.edit import changes, edited
from assistant.packs.source import MAX_DEPTH, Unreadable, parse

_BEYOND = ("the text reaches beyond its entry", "write the one entry, with nothing before its first key")


def with_values(place: Place, values: Mapping[str, Any]) -> str:
    """An entry's text with some values changed, comments and order kept. InputError where that cannot be said so."""
    if place.section == GUIDES:
        raise InputError("A guide has no fields.", "Send its text.")
    key = key_of(place.section)
    source = parse(place.raw, place.file)
    position = next(at for at, entry in enumerate(listed(source, key)) if id_of(entry) == place.own)
    old = listed(source, key)[position]
    _shallow(values)
    patch = _typed(old, dict(values))
    text = decoded(place.raw)
    try:
        raw = edited(text, list(changes(text, list_node(source, key).value[position], old, patch))).encode()
        found = place_in(raw, place.file, place.section, place.id)
    except (Unreadable, UnicodeEncodeError) as error:
        raise InputError(f"The values make no entry ({error}).", "Send the entry's text.") from error
    if found is None:
        raise InputError("The id of an entry is kept for good.", "Leave it out of the values.")
    return found.text


def strayed(place: Place, content: bytes, text: str) -> list[Problem]:
    """What a file that has other words in an entry's place changes beside it, or makes of it that is no such entry."""
    if not tidy(text):
        return [Problem(place.file, place.line, "the text is empty", "write the entry; one is not removed here")]
    try:
        if place.section == GUIDES:
            return list(_strayed_guide(place, content))
        return list(_strayed_entry(place, content))
    except Unreadable as error:
        return [error.problem]


def _strayed_entry(place: Place, content: bytes) -> Iterator[Problem]:
    key = key_of(place.section)
    before, after = parse(place.raw, place.file), parse(content, place.file)
    old, new = listed(before, key), listed(after, key)
    position = next(at for at, entry in enumerate(old) if id_of(entry) == place.own)
    others = [entry for at, entry in enumerate(old) if at != position]
    whole = isinstance(after.content, dict) and {**after.content, key: None} == {**before.content, key: None}
    if not whole or len(new) != len(old) or [one for at, one in enumerate(new) if at != position] != others:
        yield Problem(place.file, place.line, *_BEYOND)
        return
    if not isinstance(new[position], dict):
        yield Problem(place.file, place.line, "the text is no entry", "write key: value pairs, the first of them id:")
    elif (own := id_of(new[position])) != place.own:
        what = f"the id “{place.own}” becomes “{own}”" if own else f"the id “{place.own}” is missing"
        yield Problem(place.file, place.line, what, f"write “{place.own}”: texts and facts name the entry by it")


def _strayed_guide(place: Place, content: bytes) -> Iterator[Problem]:
    before = read_guides(decoded_guide(place.raw, place.file), place.file, "en")
    after = read_guides(decoded_guide(content, place.file), place.file, "en")
    old, new = ({guide.id: (guide.title, guide.text) for guide in found} for found in (before, after))
    if list(old) != list(new) or any(old[own] != new[own] for own in old if own != place.id):
        what, mend = "the text is not one section with a heading and words", "begin it with “## ” and a heading"
        yield Problem(place.file, place.line, what, mend)


@contextmanager
def copy_with(root: Path, file: str, content: bytes) -> Iterator[Path]:
    """A copy of a pack's folder in which one file is another, for as long as it is looked at. FileError."""
    try:
        with tempfile.TemporaryDirectory(prefix="copydesk-knowledge-") as folder:
            copy = Path(folder) / root.resolve().name
            shutil.copytree(root, copy, copy_function=shutil.copyfile)
            (copy / file).write_bytes(content)
            yield copy
    except shutil.Error as error:
        raise FileError(f"The pack cannot be copied to try the change ({error}).", "Check its rights.") from error
    except OSError as error:
        raise FileError(f"The pack cannot be copied to try the change ({error}).", "Check the space.") from error


def _shallow(values: Any) -> None:
    """InputError for values in one another beyond what an entry can hold."""
    level, depth = [values], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise InputError(f"The values lie more than {MAX_DEPTH} deep in one another.", "Flatten them.")
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [value for one in inner for value in one]


def _typed(old: Any, new: Any) -> Any:
    """A value as YAML would give it: JSON has no days."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {name: _typed(old.get(name), value) for name, value in new.items()}
    if isinstance(old, dt.date) and isinstance(new, str):
        try:
            return dt.date.fromisoformat(new)
        except ValueError:
            return new
    return new
