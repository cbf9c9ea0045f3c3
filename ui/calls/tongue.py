"""In which language the script of a call is read: the customer's, until the manager takes another."""

from __future__ import annotations

from markupsafe import Markup

from assistant.domain.pack import Pack
from ui.languages import NAMES
from ui.parts.html import html, joined
from ui.words import Words


def languages(pack: Pack, words: Words, spoken: str) -> Markup:
    """A button for each language that the pack speaks; the one in which the script stands is pressed."""
    buttons = joined(
        html(
            '<button type="button" class="cd-button" lang="{own}" data-speak="{own}" data-key="speak-{own}"'
            ' aria-pressed="{pressed}">{name}</button>',
            own=own, name=NAMES[own], pressed="true" if own == spoken else "false",
        )
        for own in pack.locales
    )  # fmt: skip
    return html('<div class="cd-speak" role="group" aria-label="{label}">{buttons}</div>',
                label=words("calls.script.language"), buttons=buttons)  # fmt: skip
