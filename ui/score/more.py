"""Beside the pairs: files to take and to bring, a session to begin or to close."""

from __future__ import annotations

from markupsafe import Markup

from eval.judge.criteria import Criteria
from eval.rating.scoring import Shown
from ui.parts.html import NONE, html, joined
from ui.score.asked import LONGEST_FILE
from ui.words import Words

BLIND, OPEN = ("sheet", "tasks", "config"), ("ratings", "annotations")


def more(words: Words, criteria: Criteria, shown: Shown | None, done: bool) -> Markup:
    """What else can be done; `done`: the reader has nothing to be blind for any more."""
    return joined((NONE if shown is None else _files(words, shown, done), _begin(words, criteria, shown is None)))


def _files(words: Words, shown: Shown, done: bool) -> Markup:
    forms = (*(() if shown.closed else BLIND), *(OPEN if done else ()))
    buttons = joined(
        html(
            '<button type="button" class="cd-button" data-file="{form}">{told}</button>',
            form=form, told=words(f"score.take.{form}"),
        )
        for form in forms
    )  # fmt: skip
    bring = NONE if shown.closed else html(
        '<label class="cd-score-bring">{told} <input type="file" accept=".json,.xlsx" data-bring data-most="{most}"'
        ' data-long="{long}"></label>',
        told=words("score.bring"), most=LONGEST_FILE * 3 // 4, long=words("score.too_long"),
    )  # fmt: skip
    close = NONE if shown.closed else html(
        '<details class="cd-score-close"><summary>{close}</summary><p>{sure}</p>'
        '<button type="button" class="cd-button" data-act="close">{close}</button></details>',
        sure=words("score.sure"), close=words("score.close"),
    )  # fmt: skip
    return html(
        '<details class="cd-panel cd-score-more"><summary>{title}</summary><p class="cd-quiet">{lead}</p>'
        '<div class="cd-bar">{buttons}</div>{bring}{close}</details>',
        title=words("score.files"), lead=words("score.files_lead"), buttons=buttons, bring=bring, close=close,
    )  # fmt: skip


def _begin(words: Words, criteria: Criteria, alone: bool) -> Markup:
    options = joined(
        html(
            '<option value="{own}">{told}</option>',
            own=own, told=words.get(f"score.question.{own}", one.question),
        )
        for own, one in criteria.by_id.items()
    )  # fmt: skip
    return html(
        '<details class="cd-panel cd-score-begin"{open}><summary>{title}</summary><p class="cd-quiet">{lead}</p>'
        '<label>{name} <input type="text" id="score-name" maxlength="120" data-draft="name"></label>'
        '<label>{ask} <select id="score-criterion">{options}</select></label>'
        '<label>{file} <input type="file" id="score-pairs" accept=".jsonl" data-most="{most}" data-long="{long}">'
        "</label>"
        '<div class="cd-bar"><button type="button" class="cd-button" data-act="begin">{begin}</button></div></details>',
        open=Markup(" open") if alone else NONE, title=words("score.begin_title"), lead=words("score.begin_lead"),
        name=words("score.name"), ask=words("score.ask"), options=options, file=words("score.pairs"),
        most=LONGEST_FILE, long=words("score.too_long"), begin=words("score.begin"),
    )  # fmt: skip
