"""The queue: packages and texts that wait, those that were decided last, the states to choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assistant.domain.item import Item, State
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from ui.languages import NAMES
from ui.parts.html import NONE, html, joined
from ui.words import Words

SHOWN: tuple[State, ...] = ("submitted", "changes_asked", "approved", "released", "rejected", "recalled")
MOST = 1000
"""Texts of a state that are counted; beyond it, “1,000+”."""


@dataclass(frozen=True)
class Queue:
    """Draws the queue in one language."""

    pack: Pack
    words: Words

    def states(self, chosen: State, counts: Mapping[State, int]) -> Markup:
        """The states as tabs, each with how many texts are in it."""
        tabs = joined(
            html(
                '<button type="button" role="tab" data-state="{state}" data-key="state:{state}" '
                'aria-selected="{chosen}">{name} <span class="cd-quiet">{count}</span></button>',
                state=state, chosen="true" if state == chosen else "false", name=self.words(f"state.{state}"),
                count=f"{counts[state]:,}" if counts[state] < MOST else f"{MOST:,}+",
            )
            for state in SHOWN
        )  # fmt: skip
        return html('<div class="cd-tabs" role="tablist" aria-label="{label}">{tabs}</div>',
                    label=self.words("review.states"), tabs=tabs)  # fmt: skip

    def packages(self, found: Sequence[tuple[Mapping[str, Any], int]]) -> Markup:
        """Packages with how many of their texts wait."""
        if not found:
            return NONE
        rows = joined(
            html(
                '<li data-package="{id}" data-key="package:{id}"><span class="cd-top">'
                '<button type="button" class="cd-row">{name}</button><small>{count}</small></span>'
                "<small>{campaign} · {by}</small></li>",
                id=one["id"], name=one["name"], count=self.words.count("review.waiting", waiting),
                campaign=self._campaign(one["campaign"]), by=one["maker"],
            )
            for one, waiting in found
        )  # fmt: skip
        return html('<h2 class="cd-group">{title}</h2><ul class="cd-list">{rows}</ul>',
                    title=self.words("review.packages"), rows=rows)  # fmt: skip

    def texts(self, items: Sequence[Item], person: Person, now: dt.datetime, more: bool) -> Markup:
        """Texts by themselves; why the place is empty where there are none."""
        title = html('<h2 class="cd-group">{title}</h2>', title=self.words("review.texts"))
        if not items:
            return title + html('<div class="cd-empty"><p>{empty}</p></div>', empty=self.words("review.empty"))
        rows = joined(self.row(one, person, now) for one in items)
        again = html(
            '<button type="button" class="cd-button" data-more="{after}">{more}</button>',
            after=items[-1].id, more=self.words("review.more"),
        )  # fmt: skip
        return title + html('<ul class="cd-list" data-texts>{rows}</ul>{more}', rows=rows, more=again if more else NONE)

    def row(self, one: Item, person: Person, now: dt.datetime) -> Markup:
        """One text in the list."""
        words, holder = self.words, one.holder(now)
        notes = [one.wave] if one.wave else []
        if person.login in one.makers:
            notes.append(words("review.own"))
        elif holder and holder != person.login:
            notes.append(words("review.held", by=holder))
        return html(
            '<li data-text="{id}" data-key="text:{id}" data-version="{version}" data-state="{state}" '
            'data-verdict="{verdict}"><span class="cd-top">'
            '<input type="checkbox" data-select aria-label="{select}">'
            '<button type="button" class="cd-row">{who}</button>'
            '<span class="cd-badge cd-{verdict}">{label}</span></span>'
            '<small>{campaign} · {channel} · <span lang="{locale}">{language}</span>{notes}</small></li>',
            id=one.id, version=one.version, state=one.state, verdict=one.verdict,
            select=words("review.select"), who=self._who(one), label=words(f"verdict.{one.verdict}"),
            campaign=one.cell.campaign, channel=self._name(self.pack.channels, one.cell.channel),
            locale=one.cell.locale, language=NAMES[one.cell.locale],
            notes=html(" · {notes}", notes=" · ".join(notes)) if notes else NONE,
        )  # fmt: skip

    def decided(self, items: Sequence[Item]) -> Markup:
        """The texts that were decided last in this browser, the latest first, each with its undo."""
        if not items:
            return NONE
        rows = joined(
            html(
                '<li data-decided="{id}" data-key="decided:{id}" data-version="{version}"><span class="cd-top">'
                '<button type="button" class="cd-row" data-show="{id}">{who}</button>'
                '<button type="button" class="cd-link" data-undo="{id}" data-version="{version}">{undo}</button></span>'
                "<small>{state}</small></li>",
                id=one.id, version=one.version, who=self._who(one), state=self.words(f"state.{one.state}"),
                undo=self.words("review.undo"),
            )
            for one in items
        )  # fmt: skip
        return html('<h2 class="cd-group">{title}</h2><ul class="cd-list">{rows}</ul>',
                    title=self.words("review.last"), rows=rows)  # fmt: skip

    def _who(self, one: Item) -> str:
        return " · ".join((self._name(self.pack.segments, one.cell.segment), self._name(self.pack.ages, one.cell.age)))

    def _campaign(self, own: str) -> str:
        return self._name(self.pack.campaigns, own)

    def _name(self, table: Mapping[str, Any], own: str) -> str:
        """A thing's name, or its id where the pack has it no more."""
        return str(table[own].name[self.words.locale]) if own in table else own
