"""Gradio's own parts in our colours: its variables point at the tokens of `assets/tokens.css`, light and dark alike."""

from __future__ import annotations

import gradio as gr

FONTS = ("system-ui", "PingFang SC", "PingFang TC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_TOKENS = {
    "body_background_fill": "paper",
    "body_text_color": "ink",
    "body_text_color_subdued": "quiet",
    "background_fill_primary": "sheet",
    "background_fill_secondary": "paper",
    "block_background_fill": "sheet",
    "block_border_color": "rule",
    "block_label_text_color": "ink",
    "block_title_text_color": "ink",
    "block_info_text_color": "quiet",
    "border_color_primary": "rule",
    "border_color_accent": "blue",
    "color_accent": "blue",
    "color_accent_soft": "tint",
    "link_text_color": "blue",
    "input_background_fill": "field",
    "input_background_fill_focus": "field",
    "input_border_color": "edge",
    "input_border_color_focus": "blue",
    "input_placeholder_color": "quiet",
    "button_primary_background_fill": "blue",
    "button_primary_background_fill_hover": "blue-deep",
    "button_primary_text_color": "on-blue",
    "button_primary_text_color_hover": "on-blue",
    "button_primary_border_color": "blue",
    "button_secondary_background_fill": "sheet",
    "button_secondary_background_fill_hover": "tint",
    "button_secondary_text_color": "ink",
    "button_secondary_text_color_hover": "ink",
    "button_secondary_border_color": "edge",
    "checkbox_background_color": "field",
    "checkbox_background_color_selected": "blue",
    "checkbox_border_color": "edge",
    "checkbox_border_color_selected": "blue",
    "checkbox_label_background_fill": "field",
    "checkbox_label_background_fill_hover": "tint",
    "checkbox_label_background_fill_selected": "tint",
    "checkbox_label_text_color": "ink",
    "checkbox_label_text_color_selected": "ink",
    "checkbox_label_border_color": "edge",
    "checkbox_label_border_color_selected": "blue",
}


def theme() -> gr.themes.Base:
    """Gradio's base theme without a font from the network and without a colour of its own."""
    base = gr.themes.Base(
        font=FONTS, font_mono=("ui-monospace", "SFMono-Regular", "Noto Sans Mono CJK SC", "monospace")
    )
    values = {name: f"var(--cd-{token})" for name, token in _TOKENS.items()}
    for name, value in list(values.items()):
        if hasattr(base, f"{name}_dark"):
            values[f"{name}_dark"] = value
    return base.set(**values)
