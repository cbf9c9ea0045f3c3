"""Above the pair: which session, how far it is, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from eval.rating.scoring import Shown
from eval.rating.spoken import Asked
from ui.parts.html import NONE, html, joined
from ui.words import Words


def bar(words: Words, sessions: Sequence[Shown], here: Shown, done: int, asked: Asked) -> Markup:
    """The session, its progress, its question with what to hold it against."""
    closing = NONE
    if not here.closed:
        closing = html('<button type="button" class="cd-button" data-closes data-key="closes">{close}</button>',
                       close=words("score.close.open"))  # fmt: skip
    return html(
        '<div class="cd-bar sc-bar">{which}<div class="sc-progress"><progress max="{of}" value="{done}"'
        ' aria-labelledby="sc-done"></progress><span id="sc-done">{told}</span></div>'
        '<button type="button" class="cd-button cd-push" data-help-open>{help} <kbd>?</kbd></button>{closing}</div>'
        "{question}",
        which=_which(words, sessions, here), of=here.turns, done=done, help=words("keys.title"), closing=closing,
        told=words("score.done_of", n=done, of=here.turns), question=_question(words, asked),
    )  # fmt: skip


def _which(words: Words, sessions: Sequence[Shown], here: Shown) -> Markup:
    options = joined(
        html(
            '<option value="{own}"{selected}>{name}</option>',
            own=one.id, selected=Markup(" selected") if one.id == here.id else NONE,
            name=words("score.closed_name", name=one.name) if one.closed else one.name,
        )
        for one in sessions
    )  # fmt: skip
    return html(
        '<label class="sc-which">{label}<select data-session data-key="session">{options}</select></label>',
        label=words("score.session"), options=options,
    )  # fmt: skip


def _question(words: Words, asked: Asked) -> Markup:
    levels = joined(html("<li>{level}</li>", level=one) for one in asked.levels)
    return html(
        '<section class="sc-question" aria-labelledby="sc-question"><p class="cd-quiet">{name}</p>'
        '<p id="sc-question" class="sc-asked" lang="{language}">{question}</p>'
        '<details class="cd-folded" data-rubric><summary>{levels_head}</summary><ol lang="{language}">{levels}</ol>'
        "</details></section>",
        name=asked.name, question=asked.question, language=asked.language, levels=levels,
        levels_head=words("score.levels"),
    )  # fmt: skip
