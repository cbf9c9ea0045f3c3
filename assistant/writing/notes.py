"""A marketer's note goes to the model as it stands, so it may name nobody."""

from __future__ import annotations

from assistant.checks.identifiers import identifiers
from assistant.errors import InputError
from assistant.text.fold import fold


def without_identifiers(note: str) -> str:
    """The note. Raises InputError, without the words in question, where it holds what identifies a person."""
    found = sorted({kind for _, _, kind in identifiers(fold(note).text)})
    if found:
        raise InputError(f"The note holds what identifies a person ({', '.join(found)}).", "Write it without.")
    return note
