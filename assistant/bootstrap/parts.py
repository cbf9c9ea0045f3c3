"""Parts of a desk that is renewed while others work with it: none that was made of the old knowledge is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from threading import RLock
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Renewed(Protocol):
    """What is renewed: `generation` grows with each renewal, and does so while `renewing` is held."""

    generation: int
    renewing: RLock


class Part:
    """A part that is made when it is first asked for, and kept unless the desk was renewed while it was made."""

    def __init__(self, name: str, made: Callable[[Any], Any]) -> None:
        self.name = name
        self.made = made
        self.__doc__ = made.__doc__

    def __get__(self, desk: Renewed | None, owner: type | None = None) -> Any:
        """The part."""
        if desk is None:
            return self
        before = desk.generation
        value = self.made(desk)
        with desk.renewing:
            return vars(desk).setdefault(self.name, value) if desk.generation == before else value


def renewable(desk: type[T]) -> type[T]:
    """A class whose cached properties, its parents' included, are parts."""
    for parent in reversed(desk.__mro__):
        for name, one in list(vars(parent).items()):
            if isinstance(one, cached_property):
                setattr(desk, name, Part(name, one.func))
    return desk
