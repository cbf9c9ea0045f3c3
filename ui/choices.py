"""What can be chosen, from the pack: names in the page's language, ids as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from ui.languages import NAMES
from ui.words import Words

Choices = list[tuple[str, str]]
ALL = ""
"""The value of a choice that narrows nothing."""


class Named(Protocol):
    """A thing of the pack that has a name in every locale."""

    @property
    def name(self) -> Mapping[Locale, str]: ...


def named(table: Mapping[str, Named], locale: Locale, with_id: bool = False) -> Choices:
    """The things of a table by name; campaigns and products with the id beside it."""
    return [(f"{one.name[locale]} · {own}" if with_id else one.name[locale], own) for own, one in table.items()]


def tag_name(pack: Pack, tag: str, locale: Locale) -> str:
    """What a customer's tag is called; its id where the pack has no name for it."""
    name = pack.institution.tag_names.get(tag)
    return name[locale] if name else tag


def locales(pack: Pack) -> Choices:
    """The languages that the pack writes, each in its own."""
    return [(NAMES[locale], locale) for locale in pack.locales]


def verdicts(words: Words) -> Choices:
    """The three verdicts."""
    return [(words(f"verdict.{one}"), one) for one in ("pass", "warn", "block")]


def markets(pack: Pack) -> Choices:
    """The markets, told by their law."""
    return [(f"{market.jurisdiction}", own) for own, market in pack.institution.markets.items()]


def any_of(label: str, choices: Choices) -> Choices:
    """The choices with one before them that narrows nothing."""
    return [(label, ALL), *choices]
