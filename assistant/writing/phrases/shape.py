"""Shapes: the order of clauses of a channel, as the pack's channel data writes it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.writing.frame import HERE, close, joined

BREAKS = {"/": "\n", "//": "\n\n"}
HEAD = "title"


def roles(shape: str) -> list[str]:
    """The roles that a shape fills, in order."""
    return [token for token in shape.split() if token not in BREAKS and token != "disclosures"]


def assemble(shape: str, chosen: Mapping[str, str], locale: str) -> str:
    """The text of a shape (`/` a new line, `//` a blank one, `disclosures` their place) from one clause a role."""
    out, paragraph, heading = "", list[str](), False
    for token in shape.split():
        if token in BREAKS:
            out += _paragraph(paragraph, locale, heading) + BREAKS[token]
            paragraph, heading = [], False
        elif token == "disclosures":
            paragraph.append(HERE)
        else:
            heading = token == HEAD
            paragraph.append(chosen[token].rstrip("。.") if heading else chosen[token])
    return out + _paragraph(paragraph, locale, heading)


def _paragraph(pieces: list[str], locale: str, heading: bool) -> str:
    """Running text that ends in a stop; a heading has none, nor has a signature on a line of its own."""
    text = joined(pieces, locale)
    return text if heading or "\n" in text else close(text, locale)
