"""The help that “?” opens: what each key does on this page, and the switch that turns the keys off."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from ui.parts.html import html, joined
from ui.words import Words

_SINGLE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "review": (
        ("J K", "move"), ("X", "select"), ("A", "approve"), ("R", "reject"), ("Q", "ask"),
        ("E", "edit"), ("C", "comment"),
        ("U Z", "undo"), ("N P", "finding"), ("D", "diff"), ("/", "filter"),
    ),
    "calls": (("J K", "move"), ("1–9", "outcome"), ("Ctrl Enter", "log")),
    "studio": (("Ctrl Enter", "write"),),
    "check": (("Ctrl Enter", "check"),),
    "knowledge": (("J K", "move"), ("/", "filter")),
    "insights": (("1–5", "view"), ("J K", "month")),
    "score": (("1 2 3", "choose"), ("Ctrl Enter", "score"), ("U", "undo_score")),
}  # fmt: skip
_EVERYWHERE = (("G S", "studio"), ("G R", "review"), ("G C", "calls"), ("G K", "knowledge"), ("G I", "insights"),
               ("G E", "scoring"),
               ("Esc", "leave"), ("?", "help"))  # fmt: skip


def keyboard(words: Words, page: str) -> Markup:
    """The dialog of a page."""
    rows = joined(_row(words, keys, act) for keys, act in (*_SINGLE.get(page, ()), *_EVERYWHERE))
    return html(
        '<dialog class="cd-help" data-help aria-labelledby="cd-help-title"><h2 id="cd-help-title">{title}</h2>'
        "<table>{rows}</table>"
        '<label class="cd-help-off"><input type="checkbox" data-keys-off> {off}</label>'
        '<button type="button" data-help-close>{close}</button></dialog>',
        title=words("keys.title"), rows=rows, off=words("keys.off"), close=words("keys.close"),
    )  # fmt: skip


def _row(words: Words, keys: str, act: str) -> Markup:
    pressed = joined((html("<kbd>{key}</kbd>", key=key) for key in keys.split(" ")), " ")
    return html('<tr><th scope="row">{keys}</th><td>{act}</td></tr>', keys=pressed, act=words(f"keys.{act}"))
