"""A marketer's note and a person's text go to the model as they stand, so they may name nobody."""

from __future__ import annotations

from collections.abc import Collection

from assistant.checks.identifiers import identifiers
from assistant.errors import InputError
from assistant.text.fold import fold


def without_identifiers(text: str, what: str = "note", own_hosts: Collection[str] = ()) -> str:
    """The text. Raises InputError, without the words in question, where it holds what identifies a person.

    Addresses at `own_hosts` are the institution's; `what` is what the message calls the text.
    """
    found = sorted({kind for _, _, kind in identifiers(fold(text).text, own_hosts)})
    if found:
        raise InputError(f"The {what} holds what identifies a person ({', '.join(found)}).", "Write it without.")
    return text
