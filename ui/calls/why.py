"""Why now: what happened, what may be offered, and the reasons as the desk reckoned them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from markupsafe import Markup

from assistant.domain.formats import money
from assistant.domain.pack import Pack
from ui.calls.at_hand import Call
from ui.calls.times import day, moment
from ui.parts.html import html, joined
from ui.words import Words


def why(call: Call, now: dt.datetime, pack: Pack, words: Words) -> Markup:
    """The panel."""
    rows = joined(
        html("<div><dt>{label}</dt><dd>{value}</dd></div>", label=words(f"calls.why.{name}"), value=value)
        for name, value in _told(call, now, pack, words)
    )
    # The first reason is the trigger's name, in the pack's own language; the rest are the desk's own words.
    first, *rest = call.action.reasons or ("",)
    reasons = joined(html("<li>{reason}</li>", reason=one) for one in rest)
    return html(
        '<section class="cd-panel" aria-labelledby="cd-why-title"><h3 id="cd-why-title">{title}</h3>'
        '<dl class="cd-pairs">{rows}</dl><details><summary>{reckoned}</summary>'
        '<ul class="cd-reasons"><li lang="{locale}">{first}</li></ul><ul class="cd-reasons" lang="en">{reasons}</ul>'
        "</details></section>",
        title=words("calls.why.title"), rows=rows, reckoned=words("calls.why.reckoned"),
        locale=pack.locales[0], first=first, reasons=reasons,
    )  # fmt: skip


def _told(call: Call, now: dt.datetime, pack: Pack, words: Words) -> Iterable[tuple[str, str]]:
    action, record, here = call.action, call.record, words.locale
    trigger = pack.triggers.get(action.trigger)
    yield "cause", trigger.name[here] if trigger else action.trigger
    event = record.events.get(action.event or "") if record else None
    at = moment(event.at if event else action.fired_at, now, here)
    amount = money(event.amount, here) if event and event.amount is not None else ""
    yield "happened", " · ".join(filter(None, [at, amount]))
    holding = record.holdings.get(action.holding or "") if record else None
    if holding is not None:
        name = pack.products[holding.product].name[here] if holding.product in pack.products else holding.product
        ends = day(holding.matures_on, now.date(), here) if holding.matures_on else ""
        until = [words("calls.why.matures", on=ends)] if ends else []
        yield "holding", " · ".join([name, money(holding.amount, here), *until])
    product = pack.products.get(action.product or "")
    if product is not None:
        yield "offer", " · ".join(filter(None, [product.name[here], product.risk or ""]))
    yield "kind", words(f"calls.why.{action.kind}")
