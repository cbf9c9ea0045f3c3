"""The brief's form: what the studio asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.domain.pack import Pack
from ui.choices import locales, named
from ui.studio.asked import NOTE
from ui.words import Words


@dataclass(frozen=True)
class Form:
    """The fields, in the order in which `Asked` takes them; `about` says what the campaign wants."""

    campaign: gr.Dropdown
    about: gr.HTML
    segments: gr.CheckboxGroup
    ages: gr.CheckboxGroup
    channels: gr.CheckboxGroup
    locales: gr.CheckboxGroup
    variants: gr.Number
    note: gr.Textbox

    def fields(self) -> list[Any]:
        """All of them, as inputs of a handler."""
        return [self.campaign, self.segments, self.ages, self.channels, self.locales, self.variants, self.note]


def form(pack: Pack, words: Words) -> Form:
    """Draw the form, filled in so that Write can be pressed at once."""
    here = words.locale
    campaigns = named(pack.campaigns, here, with_id=True)
    campaign = gr.Dropdown(campaigns, value=campaigns[0][1], label=words("studio.campaign"), elem_id="campaign")
    about = gr.HTML(elem_id="about", apply_default_css=False, js_on_load=None)
    groups = {}
    for name, choices in (
        ("segments", named(pack.segments, here)),
        ("ages", named(pack.ages, here)),
        ("channels", named(pack.channels, here)),
        ("locales", locales(pack)),
    ):
        first = [here] if name == "locales" else [choices[0][1]]
        groups[name] = gr.CheckboxGroup(
            choices,
            value=first,
            label=words(f"studio.{name}"),
            elem_id=name,
            elem_classes="cd-chips",
            show_select_all=True,
        )
    with gr.Row(elem_classes="cd-pair"):
        variants = gr.Number(
            3,
            label=words("studio.variants"),
            minimum=1,
            maximum=10,
            precision=0,
            elem_id="variants",
            min_width=90,
            scale=1,
        )
        note = gr.Textbox(
            label=words("studio.note"), placeholder=words("studio.note_hint"), max_length=NOTE,
            elem_id="note", min_width=160, scale=3, lines=1, max_lines=4,
        )  # fmt: skip
    return Form(campaign=campaign, about=about, variants=variants, note=note, **groups)
