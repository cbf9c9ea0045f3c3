"""Reading a pack: every file, every entry, every reference; all problems in one report."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from assistant.domain.audience import AgeBand, Channel, Segment
from assistant.domain.catalogue import Campaign, Disclosure, Product
from assistant.domain.pack import Asked, Guide, Institution, Lexicon, Pack
from assistant.domain.phrase import Book, Phrase
from assistant.domain.plan import Plans
from assistant.domain.reason import Reason
from assistant.domain.rule import Rule
from assistant.domain.script import Line
from assistant.domain.trigger import ContactPolicy, Measure, Trigger
from assistant.domain.values import LOCALES, Locale
from assistant.domain.working_time import WorkCalendar
from assistant.errors import FileError, PackError, Problem
from assistant.packs.entries import build
from assistant.packs.guides import read_guides
from assistant.packs.source import Source, Unreadable, read

M = TypeVar("M", bound=BaseModel)
SECTIONS: dict[str, tuple[str, str, type[BaseModel]]] = {
    # section: (where its files lie, the list's key, the entry)
    "products": ("products/*.yaml", "products", Product),
    "campaigns": ("campaigns/*.yaml", "campaigns", Campaign),
    "disclosures": ("disclosures.yaml", "disclosures", Disclosure),
    "segments": ("audience.yaml", "segments", Segment),
    "ages": ("audience.yaml", "ages", AgeBand),
    "channels": ("channels.yaml", "channels", Channel),
    "rules": ("rules/*.yaml", "rules", Rule),
    "asked": ("asked.yaml", "asked", Asked),
    "measures": ("measures.yaml", "measures", Measure),
    "triggers": ("triggers/*.yaml", "triggers", Trigger),
    "reasons": ("reasons.yaml", "reasons", Reason),
}


@dataclass
class Reading:
    """What was read so far: entries by section and id, where each stands, and every problem."""

    root: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    where: dict[tuple[str, str], tuple[Source, tuple[Any, ...]]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def at(self, section: str, name: str, *path: Any) -> tuple[str, int]:
        """File and line of an entry, or of something in it."""
        source, base = self.where[(section, name)]
        return source.name, source.line(base + path)

    def source(self, name: str) -> Source | None:
        """A file of the pack, read once; None (and a problem) where it cannot be read."""
        if name not in self.sources:
            try:
                self.sources[name] = read(self.root / name, name)
            except Unreadable as error:
                self.problems.append(error.problem)
                self.sources[name] = Source(name)
            self.files[name] = hashlib.sha256(self.sources[name].raw).hexdigest()
        source = self.sources[name]
        return source if source.node is not None else None


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: half a million nodes are made and kept, and it would look at each many times."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def load_pack(root: Path) -> Pack:
    """The pack in a folder. Raises PackError with every problem, FileError where there is no pack."""
    pack, problems = examine(root)
    if problems or pack is None:
        raise PackError(problems)
    return pack


def examine(root: Path, reading: Reading | None = None) -> tuple[Pack | None, list[Problem]]:
    """The pack, None where it is too broken to build, and everything wrong with it, by file and line.

    `reading`, where one is given, is filled: it knows afterwards where each entry stands.
    """
    if not (root / "pack.yaml").is_file():
        raise FileError(
            f"There is no pack in {root}: pack.yaml is missing.", "Name a pack's folder, or run copydesk init DIR."
        )
    with uncollected():
        return _examined(reading or Reading(root))


def _examined(reading: Reading) -> tuple[Pack | None, list[Problem]]:
    from assistant.packs.references import dangling

    institution = _single(reading, "pack.yaml", Institution)
    for section, (pattern, key, model) in SECTIONS.items():
        reading.entries[section] = dict(_section(reading, section, pattern, key, model))
    books = {locale: _book(reading, locale) for locale in _spoken(institution)}
    lexicon = {
        locale: _single(reading, f"lexicon/{locale}.yaml", Lexicon) or Lexicon() for locale in _spoken(institution)
    }
    guides = tuple(_guides(reading, _spoken(institution)))
    pack = _assemble(reading, institution, books, lexicon, guides) if institution else None
    # Scripts and the playbook's own files are read while the pack is put together: their problems count as well.
    for source in reading.sources.values():
        reading.problems += source.problems
        source.problems = []
    if pack is not None:
        reading.problems += dangling(pack, reading)
    return pack, sorted(set(reading.problems), key=lambda p: (p.file, p.line, p.what))


def _spoken(institution: Institution | None) -> list[Locale]:
    if institution is None:
        return []
    named = {locale for market in institution.markets.values() for locale in market.locales}
    return [locale for locale in LOCALES if locale in named]


def _single(reading: Reading, name: str, model: type[M]) -> M | None:
    if not (reading.root / name).is_file():
        reading.problems.append(Problem(name, 1, "the file is missing", "add it"))
        return None
    source = reading.source(name)
    return build(model, source.content, source, ()) if source else None


def _optional(reading: Reading, name: str, model: type[M]) -> M | None:
    return _single(reading, name, model) if (reading.root / name).is_file() else None


def _section(reading: Reading, section: str, pattern: str, key: str, model: type[M]) -> Iterator[tuple[str, M]]:
    names = sorted(str(path.relative_to(reading.root)) for path in reading.root.glob(pattern))
    if not names and section in ("products", "campaigns", "channels", "segments", "ages"):
        reading.problems.append(Problem(pattern, 1, f"the pack has no {section}", f"add {pattern}"))
    seen: dict[str, str] = {}
    for name in names:
        source = reading.source(name)
        for position, content in _listed(source, key):
            assert source is not None
            entry = build(model, content, source, (key, position))
            if entry is None:
                continue
            own = str(getattr(entry, "id", None) or entry.of)  # type: ignore[attr-defined]
            place = f"{name}:{source.line((key, position))}"
            if own in seen:
                what = f"the id “{own}” stands twice (first in {seen[own]})"
                source.problems.append(Problem(name, source.line((key, position)), what, "give one of them another id"))
                continue
            seen[own] = place
            reading.where[(section, own)] = (source, (key, position))
            yield own, entry


def _listed(source: Source | None, key: str) -> Iterator[tuple[int, Any]]:
    if source is None:
        return
    content = source.content
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        source.problems.append(Problem(source.name, 1, f"there is no list “{key}:”", f"begin the file with “{key}:”"))
        return
    yield from enumerate(content[key])


def _book(reading: Reading, locale: Locale) -> Book:
    pattern, section = f"phrases/{locale}/*.yaml", f"phrases/{locale}"
    return Book(locale=locale, phrases=tuple(p for _, p in _section(reading, section, pattern, "phrases", Phrase)))


def _lines(reading: Reading, locale: Locale) -> tuple[Line, ...]:
    pattern, section = f"scripts/{locale}/*.yaml", f"scripts/{locale}"
    return tuple(line for _, line in _section(reading, section, pattern, "lines", Line))


def _guides(reading: Reading, locales: list[Locale]) -> Iterator[Guide]:
    for locale in locales:
        for path in sorted((reading.root / "guides" / locale).glob("*.md")):
            name = str(path.relative_to(reading.root))
            try:
                raw = path.read_bytes()
                yield from read_guides(raw.decode("utf-8-sig"), name, locale)
            except UnicodeDecodeError:
                reading.problems.append(Problem(name, 1, "the file is not UTF-8", "save it as UTF-8"))
                continue
            reading.files[name] = hashlib.sha256(raw).hexdigest()


def _assemble(
    reading: Reading,
    institution: Institution,
    books: dict[Locale, Book],
    lexicon: dict[Locale, Lexicon],
    guides: tuple[Guide, ...],
) -> Pack:
    sources = {own: source.name for (_, own), (source, _) in reading.where.items()}
    return Pack(
        root=str(reading.root),
        institution=institution,
        lexicon=lexicon,
        books=books,
        guides=guides,
        contact=_optional(reading, "contact.yaml", ContactPolicy),
        calendar=_optional(reading, "calendar.yaml", WorkCalendar),
        plans=_optional(reading, "plans.yaml", Plans),
        scripts={locale: _lines(reading, locale) for locale in books},
        sources=sources,
        files=dict(reading.files),
        **{section: reading.entries[section] for section in SECTIONS},
    )
