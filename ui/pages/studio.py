"""The studio: a brief in three steps on the left, its texts with their proof on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from assistant.api.allowed import PAGES
from assistant.bootstrap.desk import Desk
from ui.parts.heading import heading
from ui.parts.html import html
from ui.parts.notice import empty
from ui.studio.asked import NOTE, Asked
from ui.studio.brief_acts import BriefActs, Chosen, Wanted
from ui.studio.comparing import MOST
from ui.studio.listing import Listed
from ui.studio.package_acts import OfBasket, PackageActs
from ui.studio.run_acts import Begun, OfRun, RunActs
from ui.studio.text_acts import OfText, Saved, Sides, TextActs, Typed, Wished
from ui.studio.view import View
from ui.surface import Function, surface
from ui.words import Words


def studio(desk: Desk, words: Words) -> gr.Blocks:
    """The studio in one language."""
    page: gr.Blocks
    with gr.Blocks(title=words("page.studio"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "studio")
        surface(desk, words, "studio", functions(desk, words), frame(words))
    return page


def functions(desk: Desk, words: Words) -> Sequence[Function[Any]]:
    """What the page's script may ask."""
    roles, briefs = PAGES["/studio"], BriefActs(desk, words)
    runs, texts, package = RunActs(desk, words, briefs), TextActs(desk, words), PackageActs(desk, words)
    return (
        Function("open", roles, Wanted, briefs.open),
        Function("scenario", roles, Chosen, briefs.scenario),
        Function("campaign", roles, Asked, briefs.campaign),
        Function("count", roles, Asked, briefs.count),
        Function("cost", roles, Asked, briefs.cost),
        Function("picture", roles, Chosen, briefs.picture),
        Function("listed", roles, Listed, briefs.listed),
        Function("keep", roles, Asked, briefs.keep),
        Function("write", roles, Begun, runs.write),
        Function("again", roles, OfRun, runs.again),
        Function("stop", roles, OfRun, runs.stop),
        Function("progress", roles, OfRun, runs.progress),
        Function("sheet", roles, View, runs.sheet),
        Function("text", roles, OfText, texts.text),
        Function("preview", roles, Typed, texts.preview),
        Function("save", roles, Saved, texts.save),
        Function("wish", roles, Wished, texts.wish),
        Function("compare", roles, Sides, texts.compare),
        Function("basket", roles, OfBasket, package.basket),
        Function("passing", roles, View, package.passing),
        Function("submit", roles, OfBasket, package.submit),
    )


def frame(words: Words) -> str:
    """The page before anything is known: its regions, and what can be pressed."""
    return html(
        '<div class="cd-surface"><div data-region="notice" class="cd-notice"></div><div class="cd-studio">'
        '<form class="cd-panel cd-steps" id="brief" autocomplete="off" data-limit="{limit}" data-sides="{sides}">'
        '<div data-region="kept"></div><div data-region="scenario"></div>'
        '<div data-region="form"><p class="cd-quiet">{loading}</p></div>'
        '<div class="cd-do"><div data-region="count"></div><div data-region="cost"></div><div class="cd-bar">'
        '<button type="button" class="cd-button cd-first" id="write" data-act="write">{write} <kbd>^⏎</kbd></button>'
        '<button type="button" class="cd-button" id="stop" data-act="stop" disabled>{stop}</button>'
        '<button type="button" class="cd-button" id="keep" data-act="keep">{keep}</button></div></div></form>'
        '<div class="cd-texts"><div class="cd-ahead" data-region="progress"></div><div data-region="compare"></div>'
        '<div data-region="sheet">{empty}</div><section class="cd-panel cd-again" id="another" hidden'
        ' aria-labelledby="again-title"><h2 id="again-title">{again}</h2><p class="cd-quiet">{hint}</p>'
        '<div class="cd-wish"><label><span class="cd-unseen">{again}</span><input type="text" id="again-note"'
        ' maxlength="500" placeholder="{note}"></label><button type="button" class="cd-button" data-act="all-anew">'
        '{go}</button></div></section><div data-region="package"></div></div></div></div>',
        limit=NOTE, sides=MOST, loading=words("studio.loading"), write=words("studio.write"), stop=words("studio.stop"),
        keep=words("studio.keep"), empty=empty(words, "studio"), again=words("studio.again.title"),
        hint=words("studio.again.hint"), note=words("studio.note_hint"), go=words("studio.again.go"),
    )  # fmt: skip
