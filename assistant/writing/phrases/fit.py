"""Whether a text fits its channel after filling, and where it stops being read: the channel's aim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.checks.measure import BORNE, parts_of, sentence_length, sentences, size, spoken_seconds
from assistant.domain.brief import Cell
from assistant.domain.catalogue import Product
from assistant.domain.formats import written
from assistant.domain.pack import Pack
from assistant.domain.phrase import Phrase
from assistant.domain.slots import fill, keys_of, resolve
from assistant.writing.frame import disclosures, enclosed, joined, stated_in
from assistant.writing.likeness import runs, trigrams
from assistant.writing.phrases.shape import assemble

_NO_FIGURE = frozenset({"name", "link", "phone"})
SAME_WORDS = {"en": 17}
"""So many characters in a row make the same words: 5 in Chinese, in English about three words."""
MARGIN = 0.97
"""Calls keep clear of the longest that they may take."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A phrase as it reads in one cell: filled, with its own words' trigrams and the keys that it states.

    `cost` is what it takes of the channel's room: characters, or seconds of speech. `words`: its runs of SAME_WORDS
    characters. `long_winded`: it has a sentence longer than the cell's age band bears. `figures`: the keys of its
    slots, names and links left out. `cues`: what of it a disclosure of the campaign hangs on.
    """

    phrase: Phrase
    filled: str
    grams: frozenset[str]
    words: frozenset[str]
    keys: frozenset[str]
    cost: float
    long_winded: bool
    figures: frozenset[str]
    cues: frozenset[str]


@dataclass
class Fit:
    """Fills clauses and measures whole texts of a cell, each clause and each set of warnings once."""

    pack: Pack
    cell: Cell
    product: Product | None
    short: bool = False
    _clauses: dict[str, Clause] = field(default_factory=dict)
    _warnings: dict[frozenset[str], str] = field(default_factory=dict)

    def clause(self, phrase: Phrase) -> Clause:
        """The phrase as it reads here."""
        found = self._clauses.get(phrase.id)
        if found is None:
            template = self._said(phrase.text)
            keys = stated_in(self.pack, template)
            filled = self._filled(template)
            words = runs(template, SAME_WORDS.get(self.cell.locale, 5))
            figures = frozenset(key for _, key in keys_of(phrase.text)) - _NO_FIGURE
            cues = keys & self._cue_words
            winded = self._long_winded(filled)
            found = Clause(phrase, filled, trigrams(template), words, keys, self._cost(filled), winded, figures, cues)
            self._clauses[phrase.id] = found
        return found

    @cached_property
    def room(self) -> tuple[float, float]:
        """The least and the most that the clauses of a body may cost together; the exact measure comes after it."""
        channel, locale = self.pack.channels[self.cell.channel], self.cell.locale
        frame = self._cost(enclosed(self.pack, self.cell, "", self._warned(())))
        limit: dict[str, Any] = channel.limits.get("body") or channel.limits
        if channel.voice and limit.get("spoken_seconds"):
            least, most = limit["spoken_seconds"]
            # Warnings may grow by what a clause states: the lower bound is only a hint.
            return (least - frame) * 0.8, most * MARGIN - frame
        _, allowed = size("", limit, locale)
        bounds = [bound for bound in (allowed, self._aimed(limit)) if bound]
        return 0.0, min(bounds) - frame if bounds else float("inf")

    def _cost(self, text: str) -> float:
        channel = self.pack.channels[self.cell.channel]
        return spoken_seconds(text, channel, self.cell.locale) if channel.voice else len(text)

    def heads(self, text: str) -> bool:
        """Whether a text is short enough to be the channel's heading."""
        limit = self.pack.channels[self.cell.channel].limits.get("title", {})
        used, allowed = size(text, limit, self.cell.locale)
        return allowed is None or used <= allowed

    def _long_winded(self, said: str) -> bool:
        locale = self.cell.locale
        limit = self.pack.ages[self.cell.age].max_sentence.get(locale)
        lengths = (sentence_length(said[start:end], locale) for start, end in sentences(said))
        return limit is not None and any(length > limit * BORNE for length in lengths)

    def fits(self, shape: str, chosen: dict[str, Clause]) -> bool:
        """Whether the framed text keeps the channel's limits and, where it has one, its aim."""
        words = assemble(shape, {token: clause.filled for token, clause in chosen.items()}, self.cell.locale)
        stated = frozenset[str]().union(*(clause.keys for clause in chosen.values()))
        return self._within(enclosed(self.pack, self.cell, words, self._warned(stated)))

    @cached_property
    def _cue_words(self) -> frozenset[str]:
        own = self.pack.campaigns[self.cell.campaign].disclosures
        return frozenset(
            cue
            for name in own
            for table in ("words", "mentions")
            for cue in self.pack.disclosures[name].applies_to.get(table, ())
        )

    def _said(self, text: str) -> str:
        told = text.replace("{you}", self.pack.ages[self.cell.age].address[self.cell.locale])
        return resolve(told, self.product.id if self.product else None, self.cell.campaign)

    def _filled(self, template: str) -> str:
        return fill(template, lambda slot: written(self.pack.facts[slot], self.cell.locale)).text

    def _warned(self, stated: Iterable[str]) -> str:
        key = frozenset(stated)
        if key not in self._warnings:
            # A cue word stands for itself, a key for its slot.
            template = " ".join(f"{{product.{name}}} {name}" for name in sorted(key))
            warned = joined(disclosures(self.pack, self.cell, self.product, template), self.cell.locale)
            self._warnings[key] = self._filled(self._said(warned))
        return self._warnings[key]

    def _aimed(self, limit: dict[str, Any]) -> int | None:
        aim = aim_of(limit, self.cell.locale)
        return aim * 2 // 3 if self.short and aim else aim

    def _within(self, text: str) -> bool:
        channel, locale = self.pack.channels[self.cell.channel], self.cell.locale
        for name, start, end in parts_of(channel, text):
            limit: dict[str, Any] = channel.limits.get(name) or (channel.limits if name == "body" else {})
            used, allowed = size(text[start:end], limit, locale)
            aim = self._aimed(limit)
            if used > min(allowed or used, aim or used):
                return False
        seconds = channel.limits.get("body", {}).get("spoken_seconds") if channel.voice else None
        if seconds:
            spoken = spoken_seconds(text, channel, locale)
            return bool(seconds[0] <= spoken <= seconds[1] * MARGIN)
        return True


def aim_of(limit: dict[str, Any], locale: str) -> int | None:
    """The characters that a part aims at; three Latin ones stand for a Chinese one where the data gives one number."""
    inner = limit.get("en" if locale == "en" else "zh")
    table = inner if isinstance(inner, dict) else limit
    aim = table.get("aim")
    return aim * 3 if isinstance(aim, int) and locale == "en" and inner is None else aim
