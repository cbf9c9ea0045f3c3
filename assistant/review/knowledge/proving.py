"""A change tried on a copy of the pack: everything that can be said against it, and what it would touch."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from assistant.checks.engine import CheckEngine
from assistant.checks.examples import failures
from assistant.domain.pack import Pack
from assistant.domain.proposal import FactChange, Fault, Touches, changed_facts
from assistant.errors import PackError, Problem
from assistant.packs.laying import copy_with, strayed
from assistant.packs.loader import Reading, uncollected
from assistant.packs.place import Place, place_in, tidy

Check = Callable[[Path, Reading], tuple[Pack | None, list[Problem]]]
Touch = Callable[[Pack, CheckEngine], Touches]


@dataclass(frozen=True)
class Proof:
    """What came of trying a text in an entry's place. Without problems the pack and its engine are as they will be.

    `outdated`: examples of rules that state what would be no longer so; somebody should write them anew.
    """

    place: Place
    text: str
    content: bytes
    problems: tuple[Fault, ...] = ()
    outdated: tuple[Fault, ...] = ()
    pack: Pack | None = None
    engine: CheckEngine | None = None


@dataclass(frozen=True)
class _Examined:
    problems: Sequence[Problem]
    outdated: Sequence[Problem] = ()
    pack: Pack | None = None
    engine: CheckEngine | None = None


@dataclass(frozen=True)
class Proving:
    """Tries changes, one at a time: each takes seconds and as much memory as the pack."""

    folder: Path
    check: Check
    touch: Touch
    one: AbstractContextManager[object]

    def tried(self, place: Place, text: str, now: CheckEngine) -> Proof:
        """Lay a text over an entry in a copy; check the pack and run every rule's own examples. FileError.

        `now`: the engine of today, by which it is told whether the change is to blame for an example that fails.
        """
        words = tidy(text)
        content = place.with_text(words)
        if astray := strayed(place, content, words):
            return Proof(place, words, content, tuple(_faults(place, words, astray)))
        after = place_in(content, place.file, place.section, place.id)
        assert after is not None
        with self.one, copy_with(self.folder, place.file, content) as copy, uncollected():
            examined = self._examined(copy, now)
        faults, old = (tuple(_faults(place, after.text, some)) for some in (examined.problems, examined.outdated))
        sound = (None, None) if faults else (examined.pack, examined.engine)
        return Proof(place, after.text, content, faults, old, *sound)

    def told(self, now: Pack, proof: Proof) -> tuple[tuple[FactChange, ...], Touches]:
        """The facts that a sound change makes read otherwise, and what recall would find."""
        if proof.pack is None or proof.engine is None:
            return (), Touches()
        return tuple(changed_facts(now, proof.pack)), self.touch(proof.pack, proof.engine)

    def unchanged(self, proof: Proof) -> bool:
        """Whether the pack's files are still those that were tried, but for the one."""
        assert proof.pack is not None
        here = {**proof.pack.files, proof.place.file: hashlib.sha256(proof.place.raw).hexdigest()}
        return all(_digest(self.folder / name) == digest for name, digest in here.items())

    def _examined(self, copy: Path, now: CheckEngine) -> _Examined:
        reading = Reading(copy)
        pack, problems = self.check(copy, reading)
        if pack is None or problems:
            return _Examined(problems)
        live = dataclasses.replace(pack, root=str(self.folder))
        try:
            engine = CheckEngine(live)
        except PackError as error:
            return _Examined(error.problems)
        changed = {change.fact for change in changed_facts(now.pack, live)}
        found = list(failures(engine))
        old = [one for one in found if one.is_old(now, engine, changed)]
        new = [one.problem(reading.at) for one in found if one not in old]
        return _Examined(new, [one.problem(reading.at) for one in old], live, engine)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _faults(place: Place, text: str, problems: Sequence[Problem]) -> Iterator[Fault]:
    lines = text.count("\n") + 1
    for one in problems:
        row = one.line - place.line + 1
        inside = one.file == place.file and 1 <= row <= lines
        yield Fault(file=one.file, line=one.line, what=one.what, mend=one.mend, row=row if inside else None)
