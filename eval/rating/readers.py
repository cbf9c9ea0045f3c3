"""For whom a text is, in the text's own language: a rater judges it as these readers would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.domain.pack import Pack
from assistant.domain.values import LOCALES, Locale


def readers_of(pack: Pack, given: Mapping[str, Any]) -> str:
    """Segment, age and channel of a cell by name; of what the pack has no more, nothing."""
    locale = next((one for one in LOCALES if one == given.get("locale")), None)
    if locale is None:
        return ""
    tables = (("segment", pack.segments), ("age", pack.ages), ("channel", pack.channels))
    return " · ".join(_name(table, str(given.get(key, "")), locale) for key, table in tables if given.get(key) in table)


def _name(table: Mapping[str, Any], own: str, locale: Locale) -> str:
    return str(table[own].name[locale])
