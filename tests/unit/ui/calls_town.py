"""A town whose managers have calls to make, and what the tests ask of its page."""

from __future__ import annotations

import datetime as dt

from assistant.bootstrap.desk import Desk
from assistant.domain.action import Action
from assistant.domain.person import Person
from assistant.domain.values import Locale
from ui.calls.asking import Asking
from ui.calls.at_hand import AtHand
from ui.calls.waiting import waiting
from ui.surface import Answer, Caller
from ui.words import words_of

NOW = dt.datetime(2026, 11, 10, 10, 30)
PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{value}}{item}"
RITA = Person(login="rita", name="Rita", roles=("rm",), manager="RM1")
LEA = Person(login="lea", name="Lea", roles=("lead",), team="east", manager="RM2")


def caller(person: Person = RITA, *managers: str, at: dt.datetime = NOW) -> Caller:
    """Somebody at a moment of the institution's own time; a lead without managers sees everybody's customers."""
    whose = frozenset(managers or ({person.manager} if person.manager and not person.is_a("lead") else ()))
    everybody = person.is_a("lead") and not managers
    return Caller(person, None if everybody else whose, at.replace(tzinfo=dt.timezone(dt.timedelta(hours=8))))


def page(desk: Desk, locale: Locale = "en") -> Asking:
    return Asking(desk, words_of(locale), AtHand(desk))


def call_of(desk: Desk, customer: str) -> Action:
    return next(one for one in desk.actions.store.queue() if one.customer_id == customer and one.trigger == "G1-INFLOW")


def text(answer: Answer, region: str) -> str:
    return str(answer["regions"][region])


def page_order(town: Desk) -> list[Action]:
    return [one.action for one in waiting(town, caller(), "mine").calls]
