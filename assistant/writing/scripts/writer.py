"""The script writer: a customer's record and an action in, a checked script out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checks.engine import CheckEngine
from assistant.checks.measure import spoken_seconds
from assistant.domain.action import Action
from assistant.domain.catalogue import Product
from assistant.domain.disclosing import cue_words, owed
from assistant.domain.finding import verdict_of
from assistant.domain.pack import Pack
from assistant.domain.script import Script
from assistant.domain.slots import fill, keys_of, resolve
from assistant.domain.values import Locale
from assistant.errors import InputError
from assistant.playbook.record import Record
from assistant.writing.scripts.compose import QUESTIONS, Composer, Words
from assistant.writing.scripts.lines import Lines, Occasion
from assistant.writing.scripts.prove import prove
from assistant.writing.scripts.slots import Voice
from assistant.writing.scripts.talk import CHANNEL, Talk, talk_of

LATER = ("one_a_day", "cooldown", "frequency", "quiet_hours")
"""What holds an action back only for now: its script may be read beforehand."""
PERSONAL = ("suitability", "elder", "trust")
"""Kinds of rules that forbid a product to a person, whatever is said of it."""
LEAST_S = 62.0
"""Seconds: with less a call gets one more question."""


@dataclass(frozen=True)
class ScriptWriter:
    """Writes scripts from the pack's lines: without weights, in milliseconds, and the net under a model."""

    pack: Pack
    engine: CheckEngine
    name: str = "phrases"

    def write(self, record: Record, trigger: str, locale: Locale | None = None) -> Script:
        """The script of a trigger that fired for a customer. Raises UnknownId, and InputError where it did not fire."""
        action = self.action_of(record, trigger)
        spoken = locale or self.locale_of(record)
        talk = talk_of(self.pack, record, action, spoken)
        if action.suppressed and action.suppressed.by not in LATER:
            return _silent(talk, self.name)
        script = self._script(talk)
        if any(self.pack.rules[one.rule].kind in PERSONAL for one in script.findings if one.rule in self.pack.rules):
            # A law that the plan does not know keeps graded products from this customer: what is left has none.
            script = self._script(talk_of(self.pack, record, action, spoken, graded=False))
        return script

    def action_of(self, record: Record, trigger: str) -> Action:
        """The action of a trigger, the one of most worth where it fired more than once."""
        self.pack.trigger(trigger)
        found = [one for one in record.actions if one.trigger == trigger]
        if not found:
            fired = ", ".join(sorted({one.trigger for one in record.actions})) or "nothing"
            what = f"{trigger} has not fired for {record.standing.customer} as of {record.now:%Y-%m-%d %H:%M}."
            raise InputError(what, f"Fired: {fired}.")
        return max(found, key=lambda one: (one.suppressed is None, one.score))

    def locale_of(self, record: Record) -> Locale:
        """The customer's own language, else the pack's first."""
        return next((own for own in self.pack.locales if own == record.locale), self.pack.locales[0])

    def _script(self, talk: Talk) -> Script:
        voice = Voice(self.pack, talk.record, talk.action, talk.parts, talk.locale)
        words, offered = self._words(talk, voice)
        case = talk.case(offered)
        proved = prove(self.engine, case, words, voice, talk.action.owner == "relationship_manager")
        return Script(
            customer_id=talk.record.standing.customer,
            trigger=talk.action.trigger,
            sections=proved.sections,
            plan=talk.parts,
            spoken_seconds=round(spoken_seconds(proved.course, self.pack.channels[CHANNEL], talk.locale), 1),
            verdict=verdict_of(list(proved.findings)),
            findings=proved.findings,
            writer=self.name,
            locale=talk.locale,
            why=talk.action.suppressed.why if talk.action.suppressed else "",
        )

    def _words(self, talk: Talk, voice: Voice) -> tuple[list[Words], str | None]:
        """The sections' templates, and the first product that they speak of."""
        band = talk.band(self.pack)
        seed = f"{talk.record.standing.customer}{talk.action.trigger}"
        occasion = Occasion(talk.action.trigger, talk.speaker, band.id, talk.mood, talk.status, seed)
        lines = Lines(self.pack.scripts.get(talk.locale, ()), occasion, voice)
        repairs = any(line.mood == "dissatisfied" for line in lines.suited("purpose", role=None))
        products = () if repairs else talk.products
        you = band.address[talk.locale]
        parts = () if repairs else talk.parts
        withheld = self._withheld(talk) if products else []
        composer = Composer(self.pack, lines, talk.locale, you, products, parts, repairs, withheld)
        if talk.action.kind == "care":
            return composer.care(), None
        warnings = self._warnings(talk, composer)
        words = composer.sales(warnings)
        if self._seconds(words, voice, talk.locale) < LEAST_S:
            # A short call has room for one more question: the customer's answers are what it is about.
            words = composer.sales(warnings, QUESTIONS + 1)
        return words, products[0].id if products else None

    def _withheld(self, talk: Talk) -> list[Product]:
        """Graded products of the trigger, where only the missing assessment keeps them from the customer."""
        offers = self.pack.triggers[talk.action.trigger].offers if talk.status == "lapsed" else ()
        return [product for one in offers if (product := self.pack.products[one.product]).grade]

    def _seconds(self, words: Sequence[Words], voice: Voice, locale: Locale) -> float:
        said = " ".join(fill(one.template, voice).text for one in words if one.kind != "objection")
        return spoken_seconds(said, self.pack.channels[CHANNEL], locale)

    def _warnings(self, talk: Talk, composer: Composer) -> list[str]:
        """The spoken warnings of everything that is offered and said."""
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


def _silent(talk: Talk, writer: str) -> Script:
    """No script where a policy keeps the action back: the reason stands in its place."""
    assert talk.action.suppressed is not None
    return Script(
        customer_id=talk.record.standing.customer,
        trigger=talk.action.trigger,
        sections=(),
        plan=(),
        spoken_seconds=0.0,
        verdict="block",
        findings=(),
        writer=writer,
        locale=talk.locale,
        why=f"{talk.action.suppressed.by}: {talk.action.suppressed.why}",
    )
