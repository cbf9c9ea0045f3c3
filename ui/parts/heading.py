"""A page's heading: what it is for, in one line."""

from __future__ import annotations

import gradio as gr

from ui.parts.html import html
from ui.words import Words


def heading(words: Words, page: str) -> gr.HTML:
    """The heading of a page."""
    text = html(
        '<div class="cd-heading"><h1>{title}</h1><p>{lead}</p></div>',
        title=words(f"{page}.title"),
        lead=words(f"{page}.lead"),
    )
    return gr.HTML(text, apply_default_css=False, js_on_load=None)
