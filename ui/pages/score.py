"""Score: two texts side by side, nobody told who wrote which, one key a choice."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from ui.parts.heading import heading
from ui.parts.html import html
from ui.score.asked import Begins, Brings, Looks, Scores, Wants
from ui.score.asking import Asking
from ui.surface import Function, surface
from ui.words import Words

_REGIONS = (
    '<div class="cd-surface cd-score"><div data-region="notice"></div><div data-region="head"></div>'
    '<div data-region="pair" aria-busy="true"><div class="cd-skeleton"><i></i><span class="cd-unseen">{loading}</span>'
    '</div></div><div data-region="ranking"></div><div data-region="more"></div></div>'
)


def score(desk: Desk, words: Words) -> gr.Blocks:
    """The page in one language."""
    asking, roles = Asking(desk, words), PAGES["/score"]
    functions: list[Function[Any]] = [
        Function("look", roles, Looks, asking.look),
        Function("score", roles, Scores, asking.score),
        Function("undo", roles, Looks, asking.undo),
        Function("close", roles, Looks, asking.close),
        Function("begin", roles, Begins, asking.begin),
        Function("keep", roles, Wants, asking.keep),
        Function("bring", roles, Brings, asking.bring),
    ]
    page: gr.Blocks
    with gr.Blocks(title=words("page.score"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "score")
        surface(desk, words, "score", functions, html(_REGIONS, loading=words("page.loading")))
    return page
