"""A plan → the pack's files: edited in memory, proved on a copy, then switched in together."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import FileError, InputError, PackError
from assistant.packs.loader import examine
from assistant.packs.sheets.change import Change, ImportPlan
from assistant.packs.sheets.compare import merged, nested
from assistant.packs.sheets.edit import Edit, appended, changes, edited
from assistant.packs.sheets.emit import block
from assistant.packs.sheets.headings import Section
from assistant.packs.sheets.plan import MODELS
from assistant.packs.sheets.stored import Stored, read_stored
from assistant.packs.sheets.switch import replace_all
from assistant.packs.source import Source

_HEADER = """# yaml-language-server: $schema=../../schemas/{section}.schema.json
# What copydesk import brought in. An entry may be moved to any other file of this folder.
{section}:
"""
# What a pack is read from; samples and databases need not be copied to prove it.
_READ = (".yaml", ".md")


def apply_import(plan: ImportPlan, pack_root: Path) -> list[Path]:
    """Write the plan into the pack and return the files that changed. PackError, InputError, FileError: nothing is."""
    if plan.problems:
        raise PackError(plan.problems)
    stored = _unchanged(plan, pack_root)
    texts = dict(_rewritten(plan, stored))
    if not texts:
        return []
    try:
        with tempfile.TemporaryDirectory(prefix="copydesk-import-") as folder:
            _prove(plan, stored, texts, pack_root, Path(folder) / pack_root.resolve().name)
    except OSError as error:
        raise FileError(f"The pack cannot be copied to prove the import ({error}).", "Check the space.") from error
    _unchanged(plan, pack_root)  # proving takes a moment, in which somebody may have saved a file
    replace_all({pack_root / name: content for name, content in texts.items()})
    return [pack_root / name for name in sorted(texts)]


def _unchanged(plan: ImportPlan, root: Path) -> Stored:
    stored = read_stored(root)
    if stored.digests != dict(plan.base):
        raise InputError("The pack has changed since this import was planned.", "Plan it again and look at it again.")
    return stored


def _rewritten(plan: ImportPlan, stored: Stored) -> Iterator[tuple[str, bytes]]:
    edits: dict[str, list[Edit]] = {}
    for change in plan.changes:
        if change.kind == "changed":
            name, position = stored.where[(change.section, change.id)]
            source = stored.files[name]
            node = _list_node(source, change.section).value[position]
            old = stored.entries[(change.section, change.id)]
            edits.setdefault(name, []).extend(changes(_text(source), node, old, _patch(change)))
    for section in MODELS:
        new = [_entry(change) for change in plan.changes if change.kind == "new" and change.section == section]
        name = f"{section}/imported.yaml"
        if new and name in stored.files:
            source = stored.files[name]
            edits.setdefault(name, []).append(appended(_text(source), _list_node(source, section), new))
        elif new:
            body = "\n".join(block(entry, 2) for entry in new)
            yield name, (_HEADER.format(section=section) + body + "\n").encode()
    for name, wanted in edits.items():
        raw = stored.files[name].raw
        bom = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        yield name, bom + edited(_text(stored.files[name]), wanted).encode()


def _text(source: Source) -> str:
    return source.raw.decode("utf-8-sig")


def _list_node(source: Source, section: Section) -> Any:
    return next(value for key, value in source.node.value if key.value == section)


def _patch(change: Change) -> dict[str, Any]:
    return nested({tuple(key.split(".")): new for key, (_, new) in change.fields.items()})


def _entry(change: Change) -> dict[str, Any]:
    """A new entry, its keys in the order in which the model states them."""
    content = {"id": change.id, **_patch(change)}
    order = [info.alias or name for name, info in MODELS[change.section].model_fields.items()]
    return {key: content[key] for key in order if key in content}


def _prove(plan: ImportPlan, stored: Stored, texts: dict[str, bytes], root: Path, copy: Path) -> None:
    shutil.copytree(root, copy, ignore=_unread)
    for name, content in texts.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(content)
    _, problems = examine(copy)
    if problems:
        raise PackError(problems)
    wanted = dict(stored.entries)
    for change in plan.changes:
        if change.kind != "same":
            key = (change.section, change.id)
            wanted[key] = merged(wanted[key], _patch(change)) if key in wanted else _entry(change)
    # Edits in place must change what was planned and nothing beside it; files that defeat them are left alone.
    found = read_stored(copy).entries
    if found != wanted:
        odd = next((own for own in wanted if found.get(own) != wanted[own]), ("", ""))
        raise FileError(f"{'/'.join(odd)} cannot be changed in place.", "Make the change by hand in the YAML.")


def _unread(folder: str, names: list[str]) -> list[str]:
    hidden = {name for name in names if name.startswith(".")}
    return [name for name in names if name in hidden or (Path(folder, name).is_file() and not name.endswith(_READ))]
