"""Who asks. Until people sign in, the desk itself does; a sign-in puts its own in place of `person`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from assistant.domain.person import Person


def person() -> Person:
    """The person whose request it is."""
    return Person(login="desk", name="desk", roles=("admin",))


By = Annotated[Person, Depends(person)]
