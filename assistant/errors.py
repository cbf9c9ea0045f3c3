"""Every error that Copydesk raises on purpose.

CopydeskError
├── InputError            the person can mend it; exit code 2
│   ├── UnknownId         an id that is in no list; carries the nearest names
│   ├── PackError         a pack is broken; carries every problem at once
│   ├── SettingsError     copydesk.toml or the environment
│   └── FileError         a file that cannot be read or written
├── Refused               the desk's rules forbid it; `code` names the rule
│   ├── NotSignedIn       nobody is signed in, or not as they say
│   ├── Forbidden         the role or the customer is not theirs
│   └── Stale             somebody else changed it first; carries who
├── StoreError            the database is locked, full or of another version
├── DiskFull              a file of the desk's own finds no room
├── IndexDamaged          the search index is unusable; it is rebuilt from the pack
└── ModelError            the model gave no usable answer; the desk falls back
    ├── ModelUnavailable  refused, timed out, 5xx: worth another try
    └── ModelAnswer       it answered, but not what the schema asks
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, ENOSPC

_NO_ROOM = (ENOSPC, EDQUOT, EFBIG)


class CopydeskError(Exception):
    """Root of the tree. `mend` says what the reader can do about it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what = what
        self.mend = mend


class InputError(CopydeskError):
    """What was given is wrong; nothing was written."""


class UnknownId(InputError):
    """An id that no list holds."""

    def __init__(self, kind: str, given: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = difflib.get_close_matches(given, names, n=3, cutoff=0.4)
        lowered = {name.lower(): name for name in names}
        if given.lower() in lowered:
            close = [lowered[given.lower()]]
        mend = f"Known: {', '.join(names[:12])}." if names else f"There is no {kind} yet."
        mend = f"Did you mean {', '.join(close)}?" if close else mend
        super().__init__(f"There is no {kind} “{given}”.", mend)
        self.given = given
        self.close = close


class SettingsError(InputError):
    """A setting that cannot be used."""


class FileError(InputError):
    """A file or folder that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file of a pack: where it stands, what it is, how it is mended."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}, {self.mend}"


class PackError(InputError):
    """Everything that is wrong with a pack, or with another tree of files, in one report."""

    def __init__(self, problems: Sequence[Problem], what: str = "The pack") -> None:
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{what} has {len(self.problems)} problem(s):\n{lines}")


class Refused(CopydeskError):
    """The desk's rules forbid it, and nothing was changed. `code` names the rule in one word, by which pages word it;
    `where`: ids that say what exactly, which read alike in every language."""

    def __init__(self, code: str, what: str, mend: str = "", where: str = "") -> None:
        super().__init__(what, mend)
        self.code = code
        self.where = where


class NotSignedIn(Refused):
    """It is not known who asks."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__("sign_in", what, mend)


class Forbidden(Refused):
    """The person's role does not allow it, or the record is not theirs."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__("forbidden", what, mend)


class Stale(Refused):
    """The decision was made on what is no longer so."""

    def __init__(self, what: str, mend: str, *, by: str, version: int) -> None:
        super().__init__("stale", what, mend)
        self.by = by
        self.version = version


class StoreError(CopydeskError):
    """The database cannot serve."""


class DiskFull(CopydeskError):
    """There is no room for a file; nothing of it stands by half."""


def unwritable(path: object, error: OSError, told: str = "") -> CopydeskError:
    """What keeps a file from being written; `told`: what that means, as the end of a sentence."""
    end = f"; {told}." if told else "."
    if error.errno in _NO_ROOM:
        return DiskFull(
            f"There is no room to write {path} ({error.strerror}).", f"Free some space, then try again{end}"
        )
    mend = f"Name another place or make this one writable{end}"
    return FileError(f"{path} cannot be written ({error.strerror or error}).", mend)


class IndexDamaged(CopydeskError):
    """The search index cannot be read; it is rebuilt from the pack."""


class ModelError(CopydeskError):
    """The model gave no usable answer. `fault` names what happened in one word, by which runs count it; `met` are the
    passing faults that were tried again before."""

    def __init__(self, what: str, mend: str = "", *, fault: str = "failed", met: Sequence[str] = ()) -> None:
        super().__init__(what, mend)
        self.fault = fault
        self.met = tuple(met)


class ModelUnavailable(ModelError):
    """No answer came: refused, timed out, overloaded."""


class ModelAnswer(ModelError):
    """An answer came that cannot be used: empty, truncated, of the wrong shape."""
