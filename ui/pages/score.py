"""The scores: people compare two texts and are not told who wrote which."""

from __future__ import annotations

import gradio as gr

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from ui.parts.heading import heading
from ui.score.asking import Asking
from ui.score.given import Says, Which
from ui.score.laid import laid
from ui.score.written import Begins, Writing
from ui.surface import Function, surface
from ui.words import Words


def score(desk: Desk, words: Words) -> gr.Blocks:
    """The page in one language."""
    asking, who = Asking.of(desk, words), PAGES["/score"]
    functions = (
        Function("open", who, Which, asking.open),
        Function("score", who, Says, asking.score),
        Function("undo", who, Which, asking.undo),
        Function("standing", who, Which, asking.standing),
        Function("close", who, Which, asking.close),
        Function("runs", who, Which, Writing(asking).runs),
        Function("begin", who, Begins, Writing(asking).begin),
    )
    page: gr.Blocks
    with gr.Blocks(title=words("page.score"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "score")
        surface(desk, words, "score", functions, str(laid(words)))
    return page
