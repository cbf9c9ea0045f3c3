"""A pack: everything that one institution knows, as one value."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import Field, model_validator

from assistant.domain.audience import AgeBand, Channel, Market, Segment
from assistant.domain.base import Entry, FullText, Listed, Text, Texts
from assistant.domain.catalogue import Campaign, Disclosure, Id, Product
from assistant.domain.facts import Fact
from assistant.domain.phrase import Book
from assistant.domain.plan import Plans
from assistant.domain.reason import Reason
from assistant.domain.rule import Rule
from assistant.domain.script import Line
from assistant.domain.trigger import ContactPolicy, Measure, Trigger
from assistant.domain.values import FactValue, Locale
from assistant.domain.working_time import WorkCalendar
from assistant.errors import UnknownId

T = TypeVar("T")


class Asides(Entry):
    """Patterns (folded text) of what stands beside a figure that claims nothing: right before a key of the telephone,
    right before and right after a time that is the customer's own; and rough times themselves."""

    keys: Listed = ()
    times: Listed = ()
    uses: Listed = ()
    rough: Listed = ()


class Lexicon(Entry):
    """Words of a locale that the checks go by: what negates, what a figure's label means, what claims a flag."""

    negations: Listed = ()
    not_negations: Listed = ()
    urgency: Listed = ()
    frauds: Listed = ()
    labels: dict[str, list[str]] = Field(default_factory=dict)
    kinds: dict[str, list[str]] = Field(default_factory=dict)
    claims: dict[str, list[str]] = Field(default_factory=dict)
    cadences: dict[str, list[str]] = Field(default_factory=dict)
    asides: Asides = Asides()
    notes: dict[str, list[str]] = Field(default_factory=dict)
    angles: dict[str, str] = Field(default_factory=dict)


class Asked(Entry):
    """How people ask for a thing (`of`: `product:TD-24M`, `guide:objections.md#3`) in words the catalogue lacks."""

    of: str
    words: Texts = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, raw: object) -> object:
        """In the file the locales stand beside `of`."""
        if isinstance(raw, dict) and "words" not in raw:
            return {"of": raw.get("of"), "words": {key: value for key, value in raw.items() if key != "of"}}
        return raw


class Generated(Entry):
    """The label of generated content: its words, the laws that ask for it, the channels whose texts show it.

    Elsewhere it stands in a column of an export and in the file's metadata.
    """

    words: FullText
    jurisdictions: Listed
    in_text: Listed = ()


class Institution(Entry):
    """`pack.yaml`: who speaks, where, under which law."""

    id: Id
    name: FullText
    signature: FullText
    opt_out: dict[str, Text]
    home_city: str = ""
    currency: str
    timezone: str = "Asia/Shanghai"
    markets: dict[str, Market]
    link_hosts: Listed
    product_types: Listed
    topics: Listed
    angles: Listed
    acts: Listed
    event_kinds: Listed = ()
    facts: dict[str, FactValue] = Field(default_factory=dict)
    brand: Text = Field(default_factory=dict)
    cadences: dict[str, Literal["day", "month", "year"]] = Field(default_factory=dict)
    tag_names: dict[str, FullText] = Field(default_factory=dict)
    """What the desk's own people read for a customer's tag; a tag without a name is read by its id."""
    told_tags: dict[str, FullText] = Field(default_factory=dict)
    """Customers' tags that a model may be told, in words; no other tag leaves the house."""
    generated: Generated | None = None


@dataclass(frozen=True)
class Guide:
    """A section of prose that is retrieved: its file, heading, words and locale."""

    id: str
    locale: Locale
    title: str
    text: str
    source: str

    @property
    def subject(self) -> str:
        """File and section without the locale: `objections.md#3`."""
        return self.id.replace(f"guides/{self.locale}/", "")


@dataclass(frozen=True, eq=False)
class Pack:
    """A validated pack. `files` maps each path below its folder to its content's SHA-256."""

    root: str
    institution: Institution
    products: Mapping[str, Product]
    campaigns: Mapping[str, Campaign]
    disclosures: Mapping[str, Disclosure]
    segments: Mapping[str, Segment]
    ages: Mapping[str, AgeBand]
    channels: Mapping[str, Channel]
    rules: Mapping[str, Rule]
    lexicon: Mapping[Locale, Lexicon]
    books: Mapping[Locale, Book]
    guides: tuple[Guide, ...]
    asked: Mapping[str, Asked] = field(default_factory=dict)
    triggers: Mapping[str, Trigger] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    contact: ContactPolicy | None = None
    calendar: WorkCalendar | None = None
    plans: Plans | None = None
    scripts: Mapping[Locale, tuple[Line, ...]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The pack's id: `bank`."""
        return self.institution.id

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits over all files: the version of the knowledge."""
        plain = "\n".join(f"{path} {digest}" for path, digest in sorted(self.files.items()))
        return hashlib.sha256(plain.encode()).hexdigest()[:12]

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact by the slot that it fills."""
        return {fact.slot: fact for fact in self._all_facts()}

    def _all_facts(self) -> Iterator[Fact]:
        for key, value in self.institution.facts.items():
            yield Fact("pack", key, value.kind, value.value, "pack.yaml")
        for product in self.products.values():
            yield from self._owned("product", product)
        for campaign in self.campaigns.values():
            yield from self._owned("campaign", campaign)

    def _owned(self, kind: str, thing: Product | Campaign) -> Iterator[Fact]:
        owner, source = f"{kind}:{thing.id}", self.sources.get(thing.id, "")
        yield Fact(owner, "name", "product" if kind == "product" else "campaign", dict(thing.name), source)
        for key, value in thing.facts.items():
            yield Fact(owner, key, value.kind, value.value, source)
        if isinstance(thing, Campaign):
            for key, day in (("from", thing.period.start), ("until", thing.period.until)):
                if day is not None:
                    yield Fact(owner, key, "date", day, source)
        if isinstance(thing, Product):
            for key, flag in thing.flags.items():
                yield Fact(owner, key, "flag", flag, source)

    def fact(self, slot: str) -> Fact:
        """The fact of a slot; UnknownId where the catalogue has none."""
        try:
            return self.facts[slot]
        except KeyError:
            raise UnknownId("fact", slot, self.facts) from None

    def product(self, given: str) -> Product:
        """A product by id."""
        return _get("product", self.products, given)

    def campaign(self, given: str) -> Campaign:
        """A campaign by id."""
        return _get("campaign", self.campaigns, given)

    def trigger(self, given: str) -> Trigger:
        """A trigger by id."""
        return _get("trigger", self.triggers, given)

    def jurisdiction(self, market: str) -> str:
        """The law of a market."""
        return _get("market", self.institution.markets, market).jurisdiction

    def home_market(self, locale: str) -> str:
        """The market that a locale belongs to when nobody names one: the first that lists it."""
        for name, market in self.institution.markets.items():
            if locale in market.locales:
                return name
        raise UnknownId("locale", locale, self.locales)

    @cached_property
    def locales(self) -> tuple[Locale, ...]:
        """Every locale that some market speaks."""
        found = dict.fromkeys(locale for market in self.institution.markets.values() for locale in market.locales)
        return tuple(found)  # type: ignore[arg-type]

    def runs(self, campaign: Campaign, day: dt.date) -> bool:
        """Whether the campaign runs on the day."""
        known = self._running.get((campaign.id, day))
        if known is None:
            if len(self._running) > 10_000:
                self._running.clear()
            known = self._running[campaign.id, day] = campaign.period.on(day) is not None
        return known

    @cached_property
    def _running(self) -> dict[tuple[str, dt.date], bool]:
        return {}


def _get(kind: str, table: Mapping[str, T], given: str) -> T:
    try:
        return table[given]
    except KeyError:
        raise UnknownId(kind, given, table) from None
