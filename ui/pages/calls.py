"""The calls: whom to ring next and why, the words for it, and what came of it."""

from __future__ import annotations

import gradio as gr

from assistant.bootstrap.desk import Desk
from ui.calls.asking import Asking
from ui.calls.at_hand import AtHand
from ui.calls.laid import laid
from ui.parts.heading import heading
from ui.surface import surface
from ui.words import Words


def calls(desk: Desk, words: Words) -> gr.Blocks:
    """The page in one language."""
    page: gr.Blocks
    with gr.Blocks(title=words("page.calls"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "calls")
        surface(desk, words, "calls", Asking(desk, words, AtHand(desk)).functions(), str(laid(words)))
    return page
