"""Safe HTML: a template of ours, filled with values that are escaped unless they are markup already."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

NONE = Markup("")


def html(template: str, **values: object) -> Markup:
    """The template with its `{name}` filled in and escaped. Templates are literals of this folder, never input."""
    return Markup(template).format(**values)


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """Several pieces one after the other."""
    return Markup(between).join(parts)
