"""Below the pair: files to score elsewhere and to bring back, what was said, and how a session is begun."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from eval.rating.pairs_file import NEEDED
from eval.rating.scoring import Shown
from eval.rating.spoken import names
from ui.parts.html import NONE, html, joined
from ui.words import Words

BELOW = "/score/files"
"""Where the page's files are."""


def files(words: Words, here: Shown, open_eyed: bool) -> Markup:
    """What can be taken away, and what can be brought. `open_eyed`: this reader may know who wrote what."""
    told = [_taken(words, here.id, "pairs", ("xlsx", "json"))] if not here.closed else []
    if not here.closed:
        told += [
            html('<p class="cd-quiet">{config}</p>', config=html(
                '{told} <a href="{below}/{own}/config.xml?locale={locale}" download>{name}</a>',
                told=words("score.files.config_told"), below=BELOW, own=here.id, locale=words.locale,
                name=words("score.files.config"),
            )),
            _brought(words, here.id),
        ]  # fmt: skip
    if open_eyed:
        told.append(_taken(words, here.id, "said", ("xlsx", "json")))
    if not told:
        return NONE
    return html(
        '<details class="cd-panel cd-folded" data-files data-key="files"><summary>{title}</summary>{told}'
        '<p role="status" data-brought></p></details>',
        title=words("score.files.title"), told=joined(told),
    )  # fmt: skip


def _taken(words: Words, own: str, what: str, endings: Iterable[str]) -> Markup:
    links = joined(
        (
            html(
                '<a href="{below}/{own}/{what}.{ending}" download data-key="{what}-{ending}">{name}</a>',
                below=BELOW, own=own, what=what, ending=ending, name=words(f"score.files.{ending}"),
            )
            for ending in endings
        ),
        " · ",
    )  # fmt: skip
    return html(
        '<div><h3>{title}</h3><p class="cd-quiet">{told}</p><p>{links}</p></div>', title=words(f"score.files.{what}"),
        told=words(f"score.files.{what}_told"), links=links,
    )  # fmt: skip


def _brought(words: Words, own: str) -> Markup:
    return html(
        '<div><h3>{title}</h3><p class="cd-quiet" id="sc-bring-hint">{told}</p><label>{choose}'
        '<input type="file" accept=".xlsx,.json" data-answers="{below}/{own}/answers" aria-describedby="sc-bring-hint"'
        ' data-key="answers"></label></div>',
        title=words("score.files.bring"), told=words("score.files.bring_told"), choose=words("score.files.choose"),
        below=BELOW, own=own,
    )  # fmt: skip


def begin(words: Words, opened: bool) -> Markup:
    """The form that begins a session; `opened` where there is nothing else to do."""
    criteria = joined(
        html('<option value="{own}">{name}</option>', own=own, name=name) for own, name in names(words.locale).items()
    )
    return html(
        '<details class="cd-panel cd-folded"{open} data-key="begins"><summary>{title}</summary>'
        '<form data-begin="{below}"><p class="cd-quiet" id="sc-begin-hint">{hint}</p>'
        "<p><code>{columns}</code></p>"
        '<p class="cd-quiet">{blind}</p><div class="sc-fields"><label>{name}<input name="title" maxlength="120"'
        ' required autocomplete="off"></label><label>{criterion}<select name="criterion">{criteria}</select></label>'
        '<label>{file}<input type="file" name="file" accept=".jsonl,.ndjson,.xlsx,.csv,.tsv" required'
        ' aria-describedby="sc-begin-hint"></label></div><div class="cd-bar">'
        '<button type="submit" class="cd-button">{go}</button><p role="status" data-beginning></p></div></form>'
        "</details>",
        open=Markup(" open") if opened else NONE, title=words("score.begin.title"), below=BELOW,
        hint=words("score.begin.hint"), columns=", ".join((*NEEDED, "readers", "language")),
        blind=words("score.begin.blind"), name=words("score.begin.name"), criterion=words("score.begin.criterion"),
        criteria=criteria, file=words("score.begin.file"), go=words("score.begin.go"),
    )  # fmt: skip
