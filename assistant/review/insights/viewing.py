"""Whose calls somebody may count, and how small a number they are told."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.person import Person
from assistant.playbook.sizes import told

Told = int | str
"""A number, or `<5` where fewer are not counted out."""


@dataclass(frozen=True, slots=True)
class View:
    """`managers`: those whose customers' calls are counted, None for everybody's; `exact`: they are the viewer's own
    to see, so that few are told as they are."""

    managers: frozenset[str] | None
    exact: bool

    def told(self, number: int) -> Told:
        """A number of calls as this viewer may know it."""
        return number if self.exact or number == 0 else told(number)


def view_of(person: Person, managers: frozenset[str] | None) -> View:
    """A lead counts the team's calls, each one and by manager. Who plans, checks or measures is told how many there are
    in the whole house, of nobody in particular."""
    return View(managers, True) if person.is_a("lead") else View(None, False)
