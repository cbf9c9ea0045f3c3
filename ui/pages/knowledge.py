"""The knowledge: looked at, changed by two, and what a change touches."""

from __future__ import annotations

from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.bootstrap.desk import Desk
from assistant.domain.item import MOVES
from assistant.domain.person import ROLES
from assistant.domain.proposal import PROPOSERS
from ui.knowledge.asking import READERS, Asking
from ui.knowledge.deciding import Deciding
from ui.knowledge.given import Decides, Looks, Mends, OfFact, Opens, Proposes
from ui.parts.heading import heading
from ui.parts.html import html
from ui.surface import Function, surface
from ui.words import Words


def knowledge(desk: Desk, words: Words) -> gr.Blocks:
    """The page in one language."""
    page: gr.Blocks
    with gr.Blocks(title=words("page.knowledge"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "knowledge")
        surface(desk, words, "knowledge", functions(desk, words), str(skeleton(words)))
    return page


def functions(desk: Desk, words: Words) -> list[Function[Any]]:
    """What the page's script may ask, and who."""
    asking = Asking(desk, words)
    deciding = Deciding(asking)
    return [
        Function("open", ROLES, Looks, asking.look),
        Function("listed", ROLES, Looks, asking.listed),
        Function("entry", ROLES, Looks, asking.entry),
        Function("texts", READERS, OfFact, asking.texts),
        Function("form", PROPOSERS, Opens, asking.form),
        Function("propose", PROPOSERS, Proposes, deciding.propose),
        Function("decide", PROPOSERS, Decides, deciding.decide),
        Function("today", MOVES["edit"].roles, Mends, deciding.today),
    ]


def skeleton(words: Words) -> Markup:
    """The regions before anything is in them; what stands while the desk is at work."""
    waits = Markup("").join(
        html('<template data-waiting="{name}"><p class="kn-wait" role="status"><i aria-hidden="true"></i>{told}</p>'
             "</template>", name=name, told=words(f"knowledge.waiting.{name}"))
        for name in ("try", "approve", "work")
    )  # fmt: skip
    return html(
        '<div class="cd-surface kn" data-shown="entries"><div class="cd-bar kn-top"><div data-region="tabs"></div>'
        '<a class="cd-button cd-push" href="/check">{check}</a></div><div data-region="notice"></div>{waits}'
        '<div class="cd-split" id="kn-body"><aside class="kn-aside"><div class="kn-find"><label>{section}'
        '<select data-region="sections" data-sections></select></label><label>{search}'
        '<input type="search" data-search maxlength="200" autocomplete="off" placeholder="{hint}"></label></div>'
        '<div data-region="list">{lines}</div></aside><div data-region="main">{lines}</div></div></div>',
        check=words("knowledge.check"), waits=waits, section=words("knowledge.sections"),
        search=words("knowledge.search"), hint=words("knowledge.search_hint"),
        lines=Markup('<div class="kn-skeleton" aria-hidden="true"><i></i><i></i><i></i></div>'),
    )  # fmt: skip
