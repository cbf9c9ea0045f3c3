"""Words that come as their source wrote them: what is not in the page's language says in which it is."""

from __future__ import annotations

import re

from markupsafe import Markup

from assistant.checks.engine import detect_locale
from assistant.domain.values import Locale
from ui.parts.html import html, joined

_PARTS = re.compile("(?<=；)")
"""A list of laws names those of several countries, each in its own language."""
_PHRASE = re.compile("[A-Za-z]{2,} [A-Za-z]")
"""An id or a number is of no language; several words are."""


def as_written(text: str, here: Locale) -> Markup:
    """The text, each part that is in another language than the page's marked with it."""
    return joined(_part(part, detect_locale(part), here) for part in _PARTS.split(text) if part)


def _part(part: str, locale: str, here: Locale) -> Markup:
    if locale == here or (locale == "en" and not _PHRASE.search(part)):
        return html("{part}", part=part)
    return html('<span lang="{locale}">{part}</span>', locale=locale, part=part)
