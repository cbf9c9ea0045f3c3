"""A call that may be held: what it is about, what fills its slots, and the words that the pack's lines give for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checks.engine import CheckEngine
from assistant.checks.measure import spoken_seconds
from assistant.domain.catalogue import Product
from assistant.domain.disclosing import cue_words, owed
from assistant.domain.finding import verdict_of
from assistant.domain.pack import Pack
from assistant.domain.script import Script
from assistant.domain.slots import fill, keys_of, resolve
from assistant.writing.scripts.compose import QUESTIONS, Composer, Words
from assistant.writing.scripts.lines import Lines, Occasion
from assistant.writing.scripts.prove import prove
from assistant.writing.scripts.slots import Voice
from assistant.writing.scripts.talk import CHANNEL, Talk

LEAST_S, MOST_S = 62.0, 174.0
"""Seconds: with less a call gets one more question, with more one fewer."""


@dataclass(frozen=True)
class Scene:
    """A call before anybody has said a word of it."""

    pack: Pack
    talk: Talk

    @cached_property
    def voice(self) -> Voice:
        """What fills the slots of the call."""
        return Voice(self.pack, self.talk.record, self.talk.action, self.talk.parts, self.talk.locale)

    @property
    def managed(self) -> bool:
        """Whether the customer's own manager calls."""
        return self.talk.action.owner == "relationship_manager"

    @cached_property
    def composer(self) -> Composer:
        """The pack's lines for this call, in their order."""
        talk, band = self.talk, self.talk.band(self.pack)
        seed = f"{talk.record.standing.customer}{talk.action.trigger}"
        occasion = Occasion(talk.action.trigger, talk.speaker, band.id, talk.mood, talk.status, seed)
        lines = Lines(self.pack.scripts.get(talk.locale, ()), occasion, self.voice)
        repairs = any(line.mood == "dissatisfied" for line in lines.suited("purpose", role=None))
        products = () if repairs else talk.products
        parts = () if repairs else talk.parts
        you = band.address[talk.locale]
        withheld = self._withheld() if products else []
        return Composer(self.pack, lines, talk.locale, you, products, parts, repairs, withheld)

    def words(self, composer: Composer | None = None) -> list[Words]:
        """The sections' templates, by the pack's lines or by another composer."""
        by = composer or self.composer
        if self.talk.action.kind == "care":
            return by.care()
        warnings = self._warnings(by)
        words = by.sales(warnings)
        spoken = self._seconds(words)
        if LEAST_S <= spoken <= MOST_S:
            return words
        # A short call has room for one more question, since the customer's answers are what it is about; a long one
        # has one too many.
        return by.sales(warnings, QUESTIONS + (1 if spoken < LEAST_S else -1))

    def script(self, engine: CheckEngine, words: Sequence[Words], writer: str) -> Script:
        """The words filled, proved and measured."""
        talk = self.talk
        case = talk.case(self.composer.products[0].id if self.composer.products else None)
        proved = prove(engine, case, words, self.voice, self.managed)
        return Script(
            customer_id=talk.record.standing.customer,
            trigger=talk.action.trigger,
            sections=proved.sections,
            plan=talk.parts,
            spoken_seconds=round(spoken_seconds(proved.course, self.pack.channels[CHANNEL], talk.locale), 1),
            verdict=verdict_of(list(proved.findings)),
            findings=proved.findings,
            writer=writer,
            locale=talk.locale,
            why=talk.action.suppressed.why if talk.action.suppressed else "",
        )

    def _withheld(self) -> list[Product]:
        """Graded products of the trigger, where only the missing assessment keeps them from the customer."""
        offers = self.pack.triggers[self.talk.action.trigger].offers if self.talk.status == "lapsed" else ()
        return [product for one in offers if (product := self.pack.products[one.product]).grade]

    def _seconds(self, words: Sequence[Words]) -> float:
        said = " ".join(fill(one.template, self.voice).text for one in words if one.kind != "objection")
        return spoken_seconds(said, self.pack.channels[CHANNEL], self.talk.locale)

    def _warnings(self, composer: Composer) -> list[str]:
        """The spoken warnings of everything that is offered and said."""
        talk = self.talk
        said = " ".join(one.template for one in composer.sales(())).lower()
        stated = {key for _, key in keys_of(said)} | {word for word in cue_words(self.pack) if word in said}
        law = self.pack.jurisdiction(talk.market)
        # A deposit that has matured is named as well.
        held = talk.record.holdings.get(talk.action.holding or "") if "{holding.product}" in said else None
        named = [self.pack.products[held.product]] if held and held.product in self.pack.products else []
        found = (
            resolve(one.wording(law, talk.locale, "spoken") or "", product.id, None)
            for product in [*composer.products, *named]
            for one in owed(self.pack, [product], None, stated)
        )
        return list(dict.fromkeys(filter(None, found)))
