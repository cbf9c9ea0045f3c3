"""Check a text: what somebody else has written, held against the catalogue and the law."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.bootstrap.desk import Desk
from assistant.checks.case import LintCase
from assistant.checks.engine import detect_locale
from assistant.domain.values import LOCALES
from assistant.errors import CopydeskError
from ui.choices import Choices, any_of, markets, named
from ui.parts.checked import checked
from ui.parts.heading import heading
from ui.parts.notice import empty, refusal, told
from ui.parts.proof import Prover
from ui.words import Words

LIMIT = 5000
"""Characters checked at once: a page answers while one types; the command takes files of any size."""


def check(desk: Desk, words: Words) -> gr.Blocks:
    """The page in one language."""

    def look(text: str, *about: str | None) -> str:
        return looked(desk, Prover(desk.pack, words), text or "", *about)

    page: gr.Blocks
    with gr.Blocks(title=words("page.check"), analytics_enabled=False, fill_width=True) as page:
        heading(words, "check")
        with gr.Row(elem_classes="cd-columns"):
            with gr.Column(elem_classes="cd-brief", min_width=300):
                text = gr.Textbox(
                    label=words("check.text"),
                    placeholder=words("check.text_hint"),
                    lines=7,
                    max_lines=16,
                    elem_id="text",
                )
                about = _about(desk, words)
                run = gr.Button(words("check.run"), variant="primary", elem_id="run")
            with gr.Column(elem_classes="cd-results", min_width=300):
                result = gr.HTML(
                    empty(words, "check"), elem_id="result", apply_default_css=False,
                    js_on_load="window.copydesk?.proofs(element, watch)",
                )  # fmt: skip
        gr.on(
            [run.click, text.change, *(one.change for one in about)],
            look, [text, *about], result,
            trigger_mode="always_last", queue=False, show_progress="hidden", api_visibility="private",
        )  # fmt: skip
    return page


def _about(desk: Desk, words: Words) -> list[Any]:
    pack, here = desk.pack, words.locale
    tables: tuple[tuple[str, Choices], ...] = (
        ("channel", named(pack.channels, here)),
        ("product", named(pack.products, here, with_id=True)),
        ("campaign", named(pack.campaigns, here, with_id=True)),
    )
    fields = [
        gr.Dropdown(
            any_of(words("check.unstated"), choices), value="", label=words(f"check.{name}"), elem_id=f"check-{name}"
        )
        for name, choices in tables
    ]
    laws = any_of(words("check.by_language"), markets(pack))
    return [*fields, gr.Dropdown(laws, value="", label=words("check.market"), elem_id="check-market", filterable=False)]


def looked(
    desk: Desk,
    prover: Prover,
    text: str,
    channel: str | None = None,
    product: str | None = None,
    campaign: str | None = None,
    market: str | None = None,
) -> str:
    """What the checks say of a text, as HTML; an error of ours in words."""
    words = prover.words
    if not text.strip():
        return empty(words, "check")
    if len(text) > LIMIT:
        return told(words("error.title"), words("check.too_long", n=len(text), limit=LIMIT), words.locale)
    case = LintCase(
        text=text, channel=channel or None, product=product or None, campaign=campaign or None, market=market or None
    )
    try:
        result = desk.engine.run(case)
    except CopydeskError as error:
        return refusal(error, words)
    spoken = detect_locale(text)
    return checked(text, result, next(one for one in LOCALES if one == spoken), prover)
