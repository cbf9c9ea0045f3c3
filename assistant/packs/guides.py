"""Guides are Markdown; each section under a heading is one piece that can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.pack import Guide
from assistant.domain.values import Locale

HEADING = re.compile(r"^## +(.+?)\s*$", re.M)
"""The heading of a section."""


def read_guides(text: str, name: str, locale: Locale) -> Iterator[Guide]:
    """The `## ` sections of a file; words before the first heading are an introduction and not kept."""
    headings = list(HEADING.finditer(text))
    for number, heading in enumerate(headings, 1):
        end = headings[number].start() if number < len(headings) else len(text)
        body = text[heading.end() : end].strip()
        if body:
            yield Guide(id=f"{name}#{number}", locale=locale, title=heading[1], text=body, source=name)
