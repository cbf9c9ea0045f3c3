"""The review: what waits for a decision on the left; the text, its proof and the decision on the right."""

from __future__ import annotations

import gradio as gr

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from assistant.domain.person import Role
from ui.parts.heading import heading
from ui.parts.html import html
from ui.review.acts import Acts
from ui.review.asked import Judged, Opened, Passed, Reworded, Shown, Whole
from ui.surface import Function, surface
from ui.words import Words

_CHECKER: tuple[Role, ...] = ("checker",)
_WRITER: tuple[Role, ...] = ("marketer",)


def review(desk: Desk, words: Words) -> gr.Blocks:
    """The page in one language."""
    acts, everybody = Acts(desk, words), PAGES["/review"]
    functions = (
        Function("open", everybody, Opened, acts.open),
        Function("text", everybody, Shown, acts.text),
        Function("take", _CHECKER, Shown, acts.take),
        Function("decide", everybody, Judged, acts.decide),
        Function("package", everybody, Shown, acts.package),
        Function("read", _CHECKER, Passed, acts.read),
        Function("whole", everybody, Whole, acts.whole),
        Function("editing", _WRITER, Shown, acts.editing),
        Function("preview", _WRITER, Reworded, acts.preview),
        Function("reword", _WRITER, Reworded, acts.reword),
    )
    page: gr.Blocks
    with gr.Blocks(title=words("page.review"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "review")
        surface(desk, words, "review", functions, _skeleton(words))
    return page


def _skeleton(words: Words) -> str:
    return html(
        '<div class="cd-surface"><div data-region="notice"></div><div data-region="states"></div>'
        '<div class="cd-bar cd-tools-of"><label class="cd-unseen" for="review-filter">{filter}</label>'
        '<input id="review-filter" type="search" placeholder="{filter}" data-filter autocomplete="off">'
        '<span role="status" data-chosen data-many="{many}"></span>'
        '<button type="button" class="cd-button" data-bulk hidden>{bulk}</button>'
        '<button type="button" class="cd-button cd-push" data-help-open>{help} <kbd>?</kbd></button></div>'
        '<div class="cd-split"><div class="cd-queue"><div data-region="packages"></div><div data-region="texts">'
        '<p class="cd-quiet">{loading}</p></div><div data-region="decided"></div></div>'
        '<div data-region="detail" tabindex="-1"><div class="cd-empty"><p>{choose}</p></div></div></div></div>',
        filter=words("review.filter"), many=words("review.chosen", n="{n}"), bulk=words("review.bulk"),
        help=words("keys.title"), loading=words("page.loading"), choose=words("review.choose"),
    )  # fmt: skip
