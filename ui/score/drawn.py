"""The two texts, what is asked of them, and how far the rater is."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.domain.rating import Rubric
from assistant.review.results.statistics import Interval
from eval.rating.scoring import Before, Shown
from eval.rating.standing import Progress
from eval.statistics.agreement import ALIKE, NOBODY, Agreement
from eval.statistics.undefined import Undefined
from ui.parts.html import NONE, html, joined
from ui.words import Words

CHOICES = ((1, "left"), (2, "neither"), (3, "right"))
_WHY = {NOBODY.why: "score.alone", ALIKE.why: "score.alike"}


def head(words: Words, shown: Shown, progress: Progress, person: str) -> Markup:
    """The session, how far the rater is, how far all agree, and the rater with themselves."""
    return html(
        '<div class="cd-score-head"><h2>{name}</h2>'
        '<progress max="{turns}" value="{done}" aria-label="{label}"></progress>'
        '<p class="cd-quiet" id="score-progress">{told}</p><p class="cd-quiet" id="score-agreement">{agreement}</p>'
        '<p class="cd-quiet" id="score-own">{own}</p></div>',
        name=shown.name, turns=progress.turns, done=progress.done, label=words("score.progress"),
        told=words("score.done", done=progress.done, turns=progress.turns),
        agreement=_agreement(words, progress), own=_own(words, progress.consistent.get(person)),
    )  # fmt: skip


def _agreement(words: Words, progress: Progress) -> Markup:
    found = progress.agreement
    if isinstance(found, Agreement):
        told = words("score.agreement", value=f"{found.value:.2f}", n=found.items, raters=progress.raters)
        if isinstance(found.interval, Interval):
            ends = {"low": f"{found.interval.low:.2f}", "high": f"{found.interval.high:.2f}"}
            told += words("score.within", **ends)
        return html("{told}", told=told)
    return html("{told}", told=words(_WHY.get(found.why, "score.alone")))


def _own(words: Words, found: Interval | Undefined | None) -> Markup:
    if not isinstance(found, Interval):
        return html("{told}", told=words("score.not_again"))
    ends = {"low": f"{found.low:.0%}", "high": f"{found.high:.0%}"}
    return html("{told}", told=words("score.own", value=f"{found.value:.0%}", **ends))


def question(words: Words, rubric: Rubric) -> Markup:
    """What is asked, in the page's language where it has the words."""
    own = words.table.get(f"score.question.{rubric.criterion}")
    language = words.locale if own else "en"
    return html('<p class="cd-score-question" lang="{l}">{told}</p>', l=language, told=own or rubric.question)


def pair(words: Words, rubric: Rubric, before: Before) -> Markup:
    """Two texts side by side, and what can be said of them."""
    readers = (
        html('<p class="cd-quiet">{told}</p>', told=words("score.readers", who=before.readers))
        if before.readers
        else NONE
    )
    texts = joined(_text(words, before, side, text) for side, text in (("left", before.left), ("right", before.right)))
    return html(
        '<form class="cd-score-pair" data-pair="{pair}" aria-label="{label}">{question}{readers}'
        '<div class="cd-score-texts">{texts}</div>{choices}{reasons}'
        '<div class="cd-bar"><button type="button" class="cd-button cd-first" data-act="keep" disabled>{keep}'
        ' <kbd>Ctrl Enter</kbd></button>'
        '<button type="button" class="cd-button" data-act="undo">{undo} <kbd>U</kbd></button></div></form>',
        pair=before.pair, label=words("score.place", n=before.place, of=before.turns), question=question(words, rubric),
        readers=readers, texts=texts, choices=_choices(words), reasons=_reasons(words, rubric),
        keep=words("score.keep"), undo=words("score.undo"),
    )  # fmt: skip


def _text(words: Words, before: Before, side: str, text: str) -> Markup:
    return html(
        '<section class="cd-panel cd-score-text"><h3>{side}</h3><p lang="{language}">{text}</p></section>',
        side=words(f"score.{side}"), language=before.language or words.locale, text=text,
    )  # fmt: skip


def _choices(words: Words) -> Markup:
    each = joined(
        html(
            '<label class="cd-score-choice"><input type="radio" name="choice" value="{n}" data-key="choice-{n}">'
            "<kbd>{n}</kbd> {told}</label>",
            n=number, told=words(f"score.better.{side}"),
        )
        for number, side in CHOICES
    )  # fmt: skip
    return html(
        '<fieldset class="cd-score-choices"><legend>{legend}</legend>{each}</fieldset>',
        legend=words("score.which"), each=each,
    )  # fmt: skip


def _reasons(words: Words, rubric: Rubric) -> Markup:
    if not rubric.reasons:
        return NONE
    each = joined(
        html(
            '<label><input type="checkbox" name="reason" value="{own}"> {told}</label>',
            own=own, told=by.get(words.locale, own),
        )
        for own, by in rubric.reasons.items()
    )  # fmt: skip
    return html(
        '<fieldset class="cd-score-reasons"><legend>{legend}</legend>{each}</fieldset>',
        legend=words("score.reasons"), each=each,
    )  # fmt: skip


def done(words: Words, closed: bool) -> Markup:
    """What stands where no pair is left."""
    key = "closed" if closed else "all_done"
    undo = NONE if closed else html(
        '<button type="button" class="cd-button" data-act="undo">{undo} <kbd>U</kbd></button>', undo=words("score.undo")
    )  # fmt: skip
    return html(
        '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p>{undo}</div>',
        title=words(f"score.{key}_title"), next=words(f"score.{key}"), undo=undo,
    )  # fmt: skip


def sessions(words: Words, every: Sequence[Shown], own: str) -> Markup:
    """The sessions to choose from; nothing where there is one at most."""
    if len(every) < 2:
        return NONE
    options = joined(
        html(
            '<option value="{id}"{chosen}>{name}{closed}</option>',
            id=one.id, name=one.name, chosen=Markup(" selected") if one.id == own else NONE,
            closed=words("score.is_closed") if one.closed else "",
        )
        for one in every
    )  # fmt: skip
    return html(
        '<label class="cd-score-session">{label} <select data-session data-key="session">{options}</select></label>',
        label=words("score.session"), options=options,
    )  # fmt: skip
