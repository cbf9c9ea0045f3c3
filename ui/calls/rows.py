"""The queue as HTML: a count that is read out, the choice of mine or the team's, a row a call with its countdown."""

from __future__ import annotations

from markupsafe import Markup

from assistant.domain.pack import Pack
from ui.calls.times import clock, moment
from ui.calls.waiting import Queue, Waiting
from ui.parts.html import NONE, html, joined
from ui.words import Words

SHOWN = 200
"""Rows of a team's queue that are drawn: nobody calls more in a day."""
SOON_S = 300
"""With less left than this a call is marked before it is overdue."""


def drawn(queue: Queue, pack: Pack, words: Words, item: str, both: bool) -> Markup:
    """The queue. `item`: the call that is open; `both`: whether who looks has calls of their own beside a team's."""
    counted = [words.count("calls.waiting", len(queue.calls))]
    if queue.overdue:
        counted.insert(0, words.count("calls.overdue_count", queue.overdue))
    return html(
        '<div class="cd-bar"><h2>{title}</h2>{views}</div>'
        '<p class="cd-quiet" role="status" data-counted>{counted}</p>{list}',
        title=words(f"calls.{queue.view}_title"), views=_views(queue, words) if both else NONE,
        counted=" · ".join(counted), list=_list(queue, pack, words, item) if queue.calls else _nobody(queue, words),
    )  # fmt: skip


def _views(queue: Queue, words: Words) -> Markup:
    one = '<button type="button" data-view="{view}" aria-pressed="{pressed}">{name}</button>'
    return html(
        '<div class="cd-views cd-push" role="group" aria-label="{label}">{buttons}</div>',
        label=words("calls.views"),
        buttons=joined(
            html(one, view=view, pressed="true" if view == queue.view else "false", name=words(f"calls.{view}"))
            for view in ("mine", "team")
        ),
    )  # fmt: skip


def _nobody(queue: Queue, words: Words) -> Markup:
    return html(
        '<div class="cd-empty cd-small"><p class="cd-empty-title">{title}</p><p>{next}</p></div>',
        title=words("calls.empty_title"), next=words(f"calls.empty_{queue.view}"),
    )  # fmt: skip


def _list(queue: Queue, pack: Pack, words: Words, item: str) -> Markup:
    left = len(queue.calls) - SHOWN
    more = html('<p class="cd-quiet">{more}</p>', more=words.count("calls.more", left)) if left > 0 else NONE
    rows = joined(_row(one, queue, pack, words, item) for one in queue.calls[:SHOWN])
    return html('<ul class="cd-list cd-queue">{rows}</ul>{more}', rows=rows, more=more)


def _row(one: Waiting, queue: Queue, pack: Pack, words: Words, item: str) -> Markup:
    action, locale = one.action, words.locale
    product = pack.products.get(action.product or "")
    about = [pack.trigger(action.trigger).name[locale] if action.trigger in pack.triggers else action.trigger]
    about += [product.name[locale]] if product else []
    due = words("calls.due", at=moment(action.due_at, queue.now, locale))
    notes = [due, *([one.manager] if queue.view == "team" and one.manager else [])]
    if one.queued.state in ("late", "tomorrow"):
        notes.append(words(f"calls.{one.queued.state}"))
    return html(
        '<li data-item="{own}"{current}><span class="cd-top">'
        '<button type="button" class="cd-row" data-key="{own}"{pressed}>{who}</button>{clock}</span>'
        '<span class="cd-about">{about}</span><span class="cd-quiet">{notes}</span></li>',
        own=action.action_id, current=Markup(' aria-current="true"') if action.action_id == item else NONE,
        pressed=Markup(' aria-expanded="true"') if action.action_id == item else NONE,
        who=one.who, clock=ticking(one, words), about=" · ".join(about), notes=" · ".join(notes),
    )  # fmt: skip


def ticking(one: Waiting, words: Words) -> Markup:
    """A countdown that the page's script lets run from here on, by the server's time; it is not read out."""
    left = int(one.count.left.total_seconds())
    late = one.queued.state == "overdue"
    state = "overdue" if late else "soon" if left <= SOON_S else "open"
    word = words("calls.overdue") if late else words("calls.soon") if state == "soon" else ""
    paused = NONE if one.count.running else html('<i class="cd-paused">{word}</i>', word=words("calls.paused"))
    return html(
        '<span class="cd-clock cd-{state}" role="timer" aria-live="off" data-of="{own}" data-who="{who}"'
        ' data-left="{left}" data-late="{late}" data-running="{running}"><b data-word>{word}</b>'
        "<span data-time>{time}</span>{paused}</span>",
        state=state, own=one.action.action_id, who=one.who, left=left, late=int(late),
        running=int(one.count.running), word=word, time=clock(left, words), paused=paused,
    )  # fmt: skip
