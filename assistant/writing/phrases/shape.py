"""Shapes: the order of clauses of a channel, as the pack's channel data writes it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.writing.frame import HERE, joined

BREAKS = {"/": "\n", "//": "\n\n"}
HEADLINE = "headline"
"""A lead that serves as a heading, without its final stop."""


def roles(shape: str) -> list[str]:
    """The roles that a shape fills, in order."""
    return [token for token in shape.split() if token not in BREAKS and token != "disclosures"]


def assemble(shape: str, chosen: Mapping[str, str], locale: str) -> str:
    """The text of a shape (`/` a new line, `//` a blank one, `disclosures` their place) from one clause a role."""
    out, paragraph = "", list[str]()
    for token in shape.split():
        if token in BREAKS:
            out += joined(paragraph, locale) + BREAKS[token]
            paragraph = []
        elif token == "disclosures":
            paragraph.append(HERE)
        else:
            text = chosen[token]
            paragraph.append(text.rstrip("。.") if token == HEADLINE else text)
    return out + joined(paragraph, locale)
