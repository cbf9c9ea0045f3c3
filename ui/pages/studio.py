"""The studio: a brief on the left, its texts with their proof on the right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant.bootstrap.desk import Desk
from assistant.writing.room import WritingRoom
from ui.choices import any_of, locales, named, verdicts
from ui.parts.heading import heading
from ui.parts.notice import empty
from ui.studio.acts import Acts
from ui.studio.asked import Asked
from ui.studio.form import Form, form
from ui.studio.session import Session
from ui.words import Words

LIVE: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
"""Handlers that only look something up: outside the queue, without a spinner, not in the public list."""
AT_ONCE = 20
"""Readers who may be writing at the same time; Gradio's own limit is one."""


def studio(desk: Desk, words: Words, room: WritingRoom) -> gr.Blocks:
    """The studio in one language."""
    acts = Acts(desk, words, room)
    page: gr.Blocks
    with gr.Blocks(title=words("page.studio"), analytics_enabled=False, fill_width=True) as page:
        session = gr.State(Session())
        heading(words, "studio")
        with gr.Row(elem_classes="cd-columns"):
            with gr.Column(elem_classes="cd-brief", min_width=300):
                fields = form(desk.pack, words)
                with gr.Column(elem_classes="cd-do"):
                    count = _html("count")
                    with gr.Row():
                        write = gr.Button(words("studio.write"), variant="primary", elem_id="write")
                        stop = gr.Button(words("studio.stop"), interactive=False, elem_id="stop")
            with gr.Column(elem_classes="cd-results", min_width=300):
                progress = _html("progress")
                filters = _filters(desk, words)
                sheet = _html("sheet", empty(words, "studio"), "window.copydesk?.proofs(element, watch)")
                with gr.Row(elem_classes="cd-turn", elem_id="turn"):
                    earlier = gr.Button(words("filter.previous"), elem_id="earlier")
                    later = gr.Button(words("filter.next"), elem_id="later")
        _count(page, acts, fields, count)
        _write(acts, session, fields, (write, stop), (progress, sheet))
        stop.click(acts.stop, session, progress, **LIVE)
        gr.on(
            [one.change for one in filters], acts.filter, [session, *filters], sheet, trigger_mode="always_last", **LIVE
        )
        earlier.click(lambda one: acts.turn(one, -1), session, sheet, **LIVE)
        later.click(lambda one: acts.turn(one, 1), session, sheet, **LIVE)
    return page


def _html(own: str, value: str = "", script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=own, apply_default_css=False, js_on_load=script)


def _filters(desk: Desk, words: Words) -> list[Any]:
    pack, everything = desk.pack, words("filter.all")
    tables = (
        ("channel", named(pack.channels, words.locale)),
        ("locale", locales(pack)),
        ("verdict", verdicts(words)),
    )
    with gr.Row(elem_classes="cd-filters", elem_id="filters"):
        return [
            gr.Dropdown(
                any_of(everything, choices),
                value="",
                label=words(f"filter.{name}"),
                elem_id=f"filter-{name}",
                filterable=False,
                min_width=110,
            )
            for name, choices in tables
        ]


def _count(page: gr.Blocks, acts: Acts, fields: Form, count: gr.HTML) -> None:
    def counted(*values: Any) -> tuple[str, str]:
        return acts.count(Asked(*values))

    triggers = [page.load, *(one.change for one in fields.fields()[:-1])]
    gr.on(triggers, counted, fields.fields(), [fields.about, count], trigger_mode="always_last", **LIVE)


def _write(
    acts: Acts, session: gr.State, fields: Form, buttons: tuple[gr.Button, gr.Button], shown: tuple[gr.HTML, gr.HTML]
) -> None:
    async def written(own: Session, request: gr.Request, *values: Any) -> AsyncIterator[tuple[Any, ...]]:
        async for progress, sheet in acts.write(own, Asked(*values), request.username):
            busy = own.run is not None and own.run.writing
            yield progress, sheet, gr.update(interactive=not busy), gr.update(interactive=busy)

    begun = buttons[0].click(
        written,
        [session, *fields.fields()],
        [*shown, *buttons],
        concurrency_limit=AT_ONCE,
        show_progress="hidden",
        api_visibility="private",
    )
    # Whatever became of the writing, it can be begun again.
    begun.then(lambda: (gr.update(interactive=True), gr.update(interactive=False)), None, list(buttons), **LIVE)
