"""A page's surface: one place that the page's own script draws in, and what that script may ask of the server.

Gradio redraws an HTML component whole and finds the focus again by position, so a page that people live in draws its
regions itself: it asks a function of the server, and puts the HTML that comes back where it belongs. Every function
looks anew at who asks, and tells a refusal in the page's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import gradio as gr
from fastapi import Request
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.api.access import asked_of
from assistant.bootstrap.desk import Desk
from assistant.domain.person import Person, Role
from assistant.errors import CopydeskError, Forbidden, InputError, Refused, Stale
from ui.late import CALLS, Late, told
from ui.parts.notice import refusal
from ui.words import Words

Answer = Mapping[str, Any]
"""What a page's script is given: HTML by region under `regions`, and plain values beside it."""


class Given(BaseModel):
    """What a page's script sends."""

    model_config = ConfigDict(extra="forbid")


G = TypeVar("G", bound=Given)


@dataclass(frozen=True)
class Caller:
    """Who asks, whose customers they may see (None: everybody's), and when."""

    person: Person
    managers: frozenset[str] | None
    now: dt.datetime


@dataclass(frozen=True)
class Function(Generic[G]):
    """One thing that a page's script may ask: `server.NAME(given)`, for those who have one of the roles."""

    name: str
    roles: tuple[Role, ...]
    kind: type[G]
    answer: Callable[[Caller, G], Answer]


def surface(desk: Desk, words: Words, page: str, functions: Iterable[Function[Any]], value: str = "") -> gr.HTML:
    """The surface of a page: `copydesk.PAGE(element, server)` of `assets/PAGE.js` brings it to life."""
    return gr.HTML(
        value,
        elem_id=page,
        apply_default_css=False,
        js_on_load=f"window.copydesk?.{page}(element, server)",
        server_functions=[_served(desk, words, one, page) for one in functions],
    )


def _served(desk: Desk, words: Words, function: Function[Any], page: str) -> Callable[..., Answer]:
    def served(given: Any, request: gr.Request) -> Answer:
        try:
            caller = _caller(desk, request, function.roles)
            answer = function.answer(caller, _read(function.kind, given))
            # The calls count for themselves, by whose calls are looked at.
            return answer if page == CALLS.strip("/") else {**answer, **_late(desk, words, caller)}
        except CopydeskError as error:
            return refused(error, words)

    served.__name__ = function.name
    return served


def _late(desk: Desk, words: Words, caller: Caller) -> Answer:
    """How many calls are overdue, with every answer: so the header's number is fresh without a question of its own."""
    number = Late(desk).of(caller.person, caller.now)
    return {} if number is None else {"late": number, "late_told": told(words, number)}


def refused(error: CopydeskError, words: Words) -> Answer:
    """A refusal as the script takes it: its code, its words, and who was first where somebody was."""
    code = error.code if isinstance(error, Refused) else "input" if isinstance(error, InputError) else "desk"
    by = error.by if isinstance(error, Stale) else ""
    return {"refused": code, "by": by, "told": refusal(error, words)}


def regions(**drawn: Markup) -> dict[str, Any]:
    """HTML by the name of the region that it belongs in."""
    return {"regions": {name: str(one) for name, one in drawn.items()}}


def _caller(desk: Desk, request: gr.Request, roles: tuple[Role, ...]) -> Caller:
    # Gradio hands a function of a component the request itself, whatever the type says.
    person = asked_of(cast(Request, request)).person
    if not person.is_a(*roles):
        raise Forbidden(f"This takes the role of {' or '.join(roles)}.", "Ask somebody who has it.")
    return Caller(person, desk.people.managers_of(person), dt.datetime.now(dt.UTC))


def _read(kind: type[G], given: Any) -> G:
    try:
        return kind.model_validate(given if given is not None else {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(one) for one in first["loc"]) or "the call"
        raise InputError(f"{where}: {first['msg']}.", "Load the page again.") from None
