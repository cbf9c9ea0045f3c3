"""Safe HTML: a template of ours, filled with values that are escaped unless they are markup already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from string import Formatter

from markupsafe import Markup, escape

NONE = Markup("")


def html(template: str, **values: object) -> Markup:
    """The template with its `{name}` filled in and escaped. Templates are literals of this folder, never input."""
    # A page is thousands of these, and `Markup.format` takes each template apart anew.
    drawn: list[str] = []
    for text, name in _parts(template):
        drawn.append(text)
        if name:
            drawn.append(escape(values[name]))
    return Markup("".join(drawn))


@cache
def _parts(template: str) -> Sequence[tuple[str, str]]:
    """The texts of a template, each with the name that stands after it; the last one without. Only plain names."""
    parts: list[tuple[str, str]] = []
    for text, name, form, conversion in Formatter().parse(template):
        assert not form and not conversion, f"a template fills in plain names: {template}"
        parts.append((text, name or ""))
    return parts


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """Several pieces one after the other."""
    return Markup(between).join(parts)
