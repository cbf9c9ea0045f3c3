"""An approved change taken into effect: its file, the desk's knowledge, the texts that it touches, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.errors import FileError, StoreError
from assistant.packs.locate import in_package
from assistant.packs.sheets.switch import beside

MARK = "copydesk-"
"""What files begin with that wait to be put in place; one that nobody puts there is a killed process's."""
_MEND = "Give the desk a copy that it may write (copydesk init, COPYDESK_CONTENT), or change it in your git."
PATIENCE = 120.0
"""Seconds to wait for another change: trying one takes some."""


@dataclass(frozen=True)
class Taking:
    """Puts files in place and has the desk use them. `renew`: the knowledge from now on; `load`: that of the files;
    `freeze`: freeze what it touches and say how many; `lock`: a file that is held meanwhile."""

    folder: Path
    lock: Path
    load: Callable[[], tuple[Pack, CheckEngine]]
    renew: Callable[[Pack, CheckEngine], None]
    freeze: Callable[[], int]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock: of all processes of this desk one at a time changes the knowledge. StoreError, FileError."""
        try:
            self.lock.parent.mkdir(parents=True, exist_ok=True)
            held = FileLock(self.lock)
            held.acquire(timeout=PATIENCE)
        except Timeout as error:
            what = "Another change of the knowledge is being taken into effect."
            raise StoreError(what, "Wait for it, then look again.") from error
        except OSError as error:
            what = f"{self.lock} cannot be written ({error.strerror})."
            raise FileError(what, "Name another folder in COPYDESK_HOME, or make this one writable.") from error
        try:
            yield
        finally:
            held.release()

    def staged(self, file: str, content: bytes) -> Path:
        """Write what a file will hold beside it. FileError where the pack cannot be written: nothing was changed."""
        path = (self.folder / file).resolve()
        if in_package(path):
            raise FileError(f"{path.parent} belongs to the installed package, which is replaced by the next.", _MEND)
        try:
            return beside(path, content, MARK)
        except OSError as error:
            what = f"{path.parent} cannot be written ({error.strerror}), so the change cannot take effect."
            raise FileError(what, _MEND) from error

    def put(self, staged: Path, file: str) -> None:
        """Put a file in place of another, at once. FileError."""
        path = (self.folder / file).resolve()
        try:
            staged.replace(path)
        except OSError as error:
            what = f"{path} cannot be replaced ({error.strerror}); the change is approved and not in effect."
            raise FileError(
                what, "Mend the folder's rights, then start the desk anew: it goes on by itself."
            ) from error

    def use(self, pack: Pack, engine: CheckEngine) -> int:
        """Have the desk use a pack and freeze what the change touches; how many texts there are."""
        self.renew(pack, engine)
        return self.freeze()

    def tidy(self) -> None:
        """Remove what a killed process left. Call while alone."""
        for path in self.folder.resolve().rglob(f".{MARK}*.tmp"):
            with suppress(OSError):
                path.unlink()
