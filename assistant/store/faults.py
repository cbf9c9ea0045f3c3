"""What a database says when it cannot serve, told with its mend."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError

from assistant.errors import CopydeskError, FileError, InputError, StoreError


def told(error: SQLAlchemyError, url: str) -> CopydeskError:
    """An error of the database as one of ours. No password of the address is said."""
    words = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if url.startswith("sqlite"):
        return _sqlite(words, url.removeprefix("sqlite:///"))
    code = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    return _postgresql(error, code, words.strip().splitlines()[0] if words.strip() else "", place_of(url))


def place_of(url: str) -> str:
    """Where a database is, without who signs in."""
    made = make_url(url)
    host = made.host or made.query.get("host") or "this machine"
    return f"{made.database} on {host}" + (f":{made.port}" if made.port else "")


def _sqlite(words: str, place: str) -> CopydeskError:
    if "locked" in words or "busy" in words:
        return StoreError(
            f"The database {place} is locked by another process.", "Wait for it or stop it, then try again."
        )
    if "full" in words or "disk I/O" in words:
        return StoreError(f"The disk of {place} is full.", "Free some space, then run the same command: it resumes.")
    if "readonly" in words or "unable to open" in words:
        return FileError(f"The database {place} cannot be written ({words}).", "Check its rights or COPYDESK_HOME.")
    if "not a database" in words or "malformed" in words:
        return StoreError(f"{place} is no usable database ({words}).", "Restore it from a backup or move it away.")
    return StoreError(f"The database {place} refused: {words.splitlines()[0]}.", "Run copydesk doctor.")


def _postgresql(error: SQLAlchemyError, code: str, words: str, place: str) -> CopydeskError:
    """By the class of the SQLSTATE; a connection that was never made has none."""
    if code in ("55P03", "40P01", "40001", "57014"):
        return StoreError(f"The database {place} is locked by another process.", "Wait for it, then try again.")
    if code == "53100":
        return StoreError(f"The disk of {place} is full.", "Free some space, then run the same command: it resumes.")
    if code == "53300":
        return StoreError(f"The database {place} has no connection left.", "Raise max_connections, or wait.")
    if code in ("25006", "42501"):
        return StoreError(f"The database {place} cannot be written ({words}).", "Give the desk's account its rights.")
    if isinstance(error, DataError) or code.startswith("22"):
        return InputError(
            f"The database {place} cannot keep a value: {words}.", "Shorten it, or take the odd sign out."
        )
    if not code and isinstance(error, OperationalError):
        return StoreError(
            f"The database {place} cannot be reached: {words}.", "Start it, or mend COPYDESK_DATABASE_URL."
        )
    return StoreError(f"The database {place} refused: {words}.", "Run copydesk doctor.")
