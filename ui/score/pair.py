"""Two texts side by side, and what can be said of them. Nothing here knows who wrote which."""

from __future__ import annotations

from markupsafe import Markup

from assistant.domain.rating import Rubric
from eval.rating.scoring import Before
from ui.languages import NAMES
from ui.parts.html import NONE, html, joined
from ui.words import Words

CHOICES = ("left", "neither", "right")
"""In the order of their keys, from 1."""


def pair(words: Words, before: Before, rubric: Rubric, last: bool) -> Markup:
    """The form of one pair: its texts, for whom they are, the choice, the reasons. `last`: none is left after it."""
    sides = joined(
        html(
            '<section class="cd-panel sc-text" aria-labelledby="sc-{side}"><h3 id="sc-{side}">{name}</h3>'
            '<p class="cd-text"{lang}>{text}</p></section>',
            side=side, name=words(f"score.side.{side}"), text=text, lang=_lang(before.language),
        )
        for side, text in (("left", before.left), ("right", before.right))
    )  # fmt: skip
    return html(
        '<form data-pair="{own}" aria-labelledby="sc-place"><div class="cd-bar sc-place"><h2 id="sc-place"'
        ' tabindex="-1" data-key="place">{place}</h2><p class="cd-quiet">{readers}</p></div>'
        '<div class="sc-two">{sides}</div>{choices}{reasons}{acts}</form>',
        own=before.pair, place=words("score.place", n=before.place, of=before.turns), readers=_readers(words, before),
        sides=sides, choices=_choices(words), reasons=_reasons(words, rubric), acts=_acts(words, last),
    )  # fmt: skip


def _lang(language: str) -> Markup:
    return html(' lang="{language}"', language=language) if language else NONE


def _readers(words: Words, before: Before) -> Markup:
    """For whom, and in which language."""
    told = []
    if before.readers:
        told.append(html('<span>{label} <b{lang}>{who}</b></span>', label=words("score.readers"), who=before.readers,
                         lang=_lang(before.language)))  # fmt: skip
    if before.language:
        name = next((name for locale, name in NAMES.items() if locale == before.language), before.language)
        told.append(html("<span>{name}</span>", name=name))
    return joined(told, " · ")


def _choices(words: Words) -> Markup:
    each = joined(
        html(
            '<label class="sc-choice"><input type="radio" name="choice" value="{n}" data-key="choice-{n}">'
            "<span>{told}</span><kbd>{n}</kbd></label>",
            n=n, told=words(f"score.choice.{name}"),
        )
        for n, name in enumerate(CHOICES, 1)
    )  # fmt: skip
    return html(
        '<fieldset class="sc-choices"><legend>{which}</legend>{each}</fieldset>', which=words("score.which"), each=each
    )


def _reasons(words: Words, rubric: Rubric) -> Markup:
    each = joined(
        html(
            '<label class="sc-chip"><input type="checkbox" name="reason" value="{own}" data-key="reason-{own}">'
            "<span>{told}</span></label>",
            own=own, told=said.get(words.locale, own),
        )
        for own, said in rubric.reasons.items()
    )  # fmt: skip
    if not rubric.reasons:
        return NONE
    return html(
        '<fieldset class="sc-reasons"><legend>{why}</legend>{each}</fieldset>', why=words("score.why"), each=each
    )


def _acts(words: Words, last: bool) -> Markup:
    hint = html('<p class="cd-quiet" id="sc-last">{told}</p>', told=words("score.last")) if last else NONE
    return html(
        '<div class="cd-bar sc-acts"><button type="submit" class="cd-button cd-first" data-key="confirm">{keep}'
        ' <kbd>Ctrl Enter</kbd></button>{undo}<p role="alert" data-missing></p>{hint}</div>',
        keep=words("score.keep"), undo=_undo(words), hint=hint,
    )  # fmt: skip


def _undo(words: Words) -> Markup:
    return html(
        '<button type="button" class="cd-button" data-undo data-key="undo">{undo} <kbd>U</kbd></button>',
        undo=words("score.undo"),
    )


def instead(words: Words, state: str, turns: int) -> Markup:
    """What stands where no pair is: all are scored, the session is closed, or there is none."""
    return html(
        '<div class="cd-empty" data-state="{state}"><p class="cd-empty-title" tabindex="-1" data-key="place">'
        "{title}</p><p>{told}</p></div>",
        state=state, title=words(f"score.{state}.title", n=turns), told=words(f"score.{state}.told"),
    )  # fmt: skip
