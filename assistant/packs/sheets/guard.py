"""What a file really is, looked at before anything opens it: its name proves nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from assistant.errors import FileError

MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
MAX_CSV = 100_000_000
# Below this size a high ratio is only an empty sheet that packs well.
_SMALL = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Save it as an Excel workbook (.xlsx) or as CSV."


def kind_of(path: Path) -> Literal["xlsx", "csv"]:
    """How to read the file. Raises FileError for everything that is no spreadsheet, or a dangerous one."""
    if path.is_dir():
        raise FileError(f"{path} is a folder.", "Name one .xlsx or .csv file.")
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
            if head.startswith(_OLE):
                raise _ole(path, head + stream.read(4_000_000))
    except OSError as error:
        raise FileError(f"{path} cannot be read ({error.strerror}).", "Check the name and its rights.") from error
    if not head.strip():
        raise FileError(f"{path.name} is empty.", "Export it again.")
    if head.startswith(b"PK"):
        _zip(path)
        return "xlsx"
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise FileError(f"{path.name} is not a workbook, or it is damaged.", "Open it in Excel and save it again.")
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise FileError(f"{path.name} is neither XLSX nor CSV.", _SAVE)
    if size > MAX_CSV:
        raise FileError(f"{path.name} is {size / 1e6:.0f} MB long.", f"Split it below {MAX_CSV // 10**6} MB.")
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError(f"{path.name} is no text.", _SAVE)
    if head.lstrip().lower().startswith((b"<html", b"<!doctype", b"<?xml", b"%pdf")):
        raise FileError(f"{path.name} is a web page or a document, not CSV.", _SAVE)
    return "csv"


def _ole(path: Path, body: bytes) -> FileError:
    if "EncryptedPackage".encode("utf-16-le") in body:
        return FileError(f"{path.name} is password-protected.", "Save a copy without a password.")
    return FileError(f"{path.name} is an old Excel or Office file, or password-protected.", _SAVE)


def _zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileError(f"{path.name} is damaged ({error}).", "Open it in Excel and save it again.") from error
    # zipfile never unpacks more of a member than its entry declares, so the declared sizes can be relied on.
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        mend = f"Split it below {MAX_UNPACKED // 10**6} MB."
        raise FileError(f"{path.name} would unpack to {total / 1e6:.0f} MB.", mend)
    for member in members:
        if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            ratio = member.file_size // max(member.compress_size, 1)
            raise FileError(
                f"{path.name} unpacks {ratio} times its size ({member.filename}), as a zip bomb does.",
                "Copy the cells into a new workbook.",
            )
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise FileError(f"{path.name} is password-protected.", "Save a copy without a password.")
    if "xl/workbook.xml" not in names:
        raise FileError(f"{path.name} is a zip file but not an XLSX workbook.", _SAVE)
