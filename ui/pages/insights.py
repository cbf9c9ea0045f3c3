"""Insights: what happened at the desk and what came of it, by day, by audience, by campaign."""

from __future__ import annotations

import gradio as gr

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from ui.insights.asked import Wish
from ui.insights.asking import Asking
from ui.parts.heading import heading
from ui.parts.html import html
from ui.surface import Function, surface
from ui.words import Words

_REGIONS = (
    '<div class="cd-surface cd-insights"><div data-region="notice"></div><div data-region="filters"></div>'
    '<div data-region="tabs"></div><div data-region="view" id="insights-view" role="tabpanel" aria-busy="true">'
    '<div class="cd-skeleton"><i></i><i></i><i></i><span class="cd-unseen">{loading}</span></div></div></div>'
)


def insights(desk: Desk, words: Words) -> gr.Blocks:
    """The page in one language."""
    asking = Asking(desk, words)
    page: gr.Blocks
    with gr.Blocks(title=words("page.insights"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "insights")
        first = html(_REGIONS, loading=words("page.loading"))
        surface(desk, words, "insights", [Function("show", PAGES["/insights"], Wish, asking.show)], first)
    return page
