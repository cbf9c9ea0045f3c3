"""The call that is open: its head, and the places of card, plan, script and outcome."""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup

from assistant.domain.pack import Pack
from assistant.playbook.countdown import countdown
from assistant.playbook.database import local
from assistant.playbook.queue import Queued
from ui.calls.at_hand import Call
from ui.calls.card import card
from ui.calls.laid import skeleton
from ui.calls.outcome import form
from ui.calls.rows import ticking
from ui.calls.times import moment
from ui.calls.waiting import Waiting
from ui.calls.why import why
from ui.parts.html import NONE, html
from ui.parts.notice import refusal
from ui.words import Words


def opened(call: Call, who: str, at: dt.datetime, pack: Pack, words: Words) -> Markup:
    """The whole call but its script and plan, for which places are kept."""
    action, now = call.action, local(at, pack.institution.timezone)
    trouble = refusal(call.why, words) if call.why else NONE
    due = words("calls.due", at=moment(action.due_at, now, words.locale))
    return html(
        '<header class="cd-bar cd-who-is-called" data-call="{own}"><h2 tabindex="-1" data-key="who">{who}</h2>'
        '<span class="cd-quiet">{customer} · {due}</span>{clock}</header>{trouble}'
        '<div class="cd-desk"><div class="cd-column cd-about-them">{why}{card}</div>'
        '<div class="cd-column cd-to-say"><div data-region="plan"></div><div data-region="script">{waiting}</div></div>'
        '<div class="cd-came">{form}</div></div>',
        who=who, own=action.action_id, customer=action.customer_id, due=due,
        clock=_clock(call, who, now, pack, words), trouble=trouble,
        waiting=skeleton(words), form=form(call, words), why=why(call, now, pack, words),
        card=card(call, now, pack, words),
    )  # fmt: skip


def _clock(call: Call, who: str, now: dt.datetime, pack: Pack, words: Words) -> Markup:
    if call.state != "open" or pack.calendar is None:
        return NONE
    queued = Queued(call.action, None, "overdue" if call.action.due_at < now else "on_time")
    return ticking(Waiting(queued, countdown(call.action, now, pack.calendar), who, ""), words)


def nothing(words: Words) -> Markup:
    """Where no call is open."""
    return html(
        '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>',
        title=words("calls.none_title"), next=words("calls.none"),
    )  # fmt: skip


def gone(words: Words) -> Markup:
    """Where the address names a call that is not there, or not theirs."""
    return html(
        '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>',
        title=words("calls.gone_title"), next=words("calls.gone"),
    )  # fmt: skip
