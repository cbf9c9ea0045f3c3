"""The customer's card: who they are to the bank, what they agreed to, their risk and its age, what was said before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from markupsafe import Markup

from assistant.domain.formats import money
from assistant.domain.pack import Pack
from assistant.playbook.record import Record
from ui.calls.at_hand import Call
from ui.calls.times import day, moment
from ui.choices import tag_name
from ui.parts.html import NONE, html, joined
from ui.words import Words

MOST = 10
"""Entries of the history that are shown."""


def card(call: Call, now: dt.datetime, pack: Pack, words: Words) -> Markup:
    """The card; without the customer's row, what the desk itself knows of them."""
    record = call.record
    facts = _facts(record, now, pack, words) if record else ()
    told = joined(_row(words(f"calls.card.{name}"), value) for name, value in facts)
    return html(
        '<section class="cd-panel cd-card" aria-labelledby="cd-card-title"><h3 id="cd-card-title">{title}</h3>'
        "{silences}<dl class=\"cd-pairs\">{told}</dl><h3>{history}</h3>{entries}</section>",
        title=words("calls.card.title"), silences=_silences(record, pack, words) if record else NONE, told=told,
        history=words("calls.card.history"), entries=_history(call, now, pack, words),
    )  # fmt: skip


def _row(label: str, value: Markup | str) -> Markup:
    return html("<div><dt>{label}</dt><dd>{value}</dd></div>", label=label, value=value)


def _facts(record: Record, now: dt.datetime, pack: Pack, words: Words) -> Iterable[tuple[str, Markup | str]]:
    who, here = record.standing, words.locale
    segment = pack.segments.get(who.segment or "")
    life = words.get(f"calls.life.{record.lifecycle}", record.lifecycle)
    yield "tier", " · ".join(filter(None, [segment.name[here] if segment else who.segment or "", life]))
    yield "age", words.count("calls.card.years", who.age) if who.age is not None else words("calls.card.unknown")
    yield (
        "consent",
        _badge("pass" if who.consent else "block", words(f"calls.card.consent_{'yes' if who.consent else 'no'}")),
    )
    yield "risk", _risk(record, now, words)
    preferred = pack.channels.get(who.preferred or "")
    yield "preferred", preferred.name[here] if preferred else words("calls.card.unknown")
    if record.satisfaction is not None:
        yield "satisfaction", words("calls.card.of_ten", n=f"{record.satisfaction:g}")
    yield "balance", money(record.balance, here)
    if record.held:
        yield "holds", _held(record, pack, words)
    if who.tags:
        yield "tags", _tags(record, pack, words)


def _risk(record: Record, now: dt.datetime, words: Words) -> Markup | str:
    """The rating, when and how it was assessed, and whether that still holds."""
    who = record.standing
    if who.risk is None or who.assessed_on is None:
        return _badge("warn", words("calls.card.risk_none"))
    days = (now.date() - who.assessed_on).days
    how = words.get(f"calls.card.assessed_{record.assessed_by}", "")
    told = words.count("calls.card.assessed", days, on=day(who.assessed_on, now.date(), words.locale))
    lapsed = NONE if who.assessed else html(" {badge}", badge=_badge("warn", words("calls.card.lapsed")))
    return html(
        "<b>C{risk}</b>{lapsed}<br><small>{told}</small>", risk=who.risk, lapsed=lapsed,
        told=" · ".join(filter(None, [told, how])),
    )  # fmt: skip


def _held(record: Record, pack: Pack, words: Words) -> Markup:
    def name(own: str) -> str:
        return pack.products[own].name[words.locale] if own in pack.products else own

    return joined(
        (
            html("{name} <b>{sum}</b>", name=name(own), sum=money(amount, words.locale))
            for own, amount in sorted(record.held.items(), key=lambda pair: -pair[1])
        ),
        "<br>",
    )


def _tags(record: Record, pack: Pack, words: Words) -> Markup:
    names = (tag_name(pack, tag, words.locale) for tag in sorted(record.standing.tags))
    return joined((html('<span class="cd-tag">{name}</span>', name=name) for name in names), " ")


def _silences(record: Record, pack: Pack, words: Words) -> Markup:
    """States in which nothing is sold, each with its reason."""
    known = {one.id: one.why[words.locale] for one in pack.contact.silences} if pack.contact else {}
    return joined(
        html(
            '<p class="cd-silence"><b>{care}</b> {why}</p>', care=words("calls.card.no_sales"), why=known.get(own, own)
        )
        for own in record.standing.silences
    )


def _history(call: Call, now: dt.datetime, pack: Pack, words: Words) -> Markup:
    entries: list[tuple[dt.datetime, Markup]] = []
    for one in call.touches:
        channel = pack.channels.get(one.channel or "")
        what = words.get(f"calls.touch.{one.kind}", one.kind)
        over = channel.name[words.locale] if channel else one.channel or ""
        entries.append((one.at, html("{what}", what=" · ".join(filter(None, [what, over])))))
    for came in call.outcomes:
        text = html(
            '<b>{outcome}</b> <span class="cd-quiet">{by}</span> <span class="cd-noted">{note}</span>',
            outcome=words.get(f"calls.outcome.{came['outcome']}", came["outcome"]), by=came["by"], note=came["note"],
        )  # fmt: skip
        entries.append((came["at"], text))
    if not entries:
        return html('<p class="cd-quiet">{none}</p>', none=words("calls.card.no_history"))
    entries.sort(key=lambda entry: entry[0], reverse=True)
    rows = (
        html("<li><time>{at}</time> <span>{what}</span></li>", at=moment(at, now, words.locale), what=what)
        for at, what in entries[:MOST]
    )
    return html('<ol class="cd-history">{rows}</ol>', rows=joined(rows))


def _badge(verdict: str, label: str) -> Markup:
    return html('<span class="cd-badge cd-{verdict}">{label}</span>', verdict=verdict, label=label)
