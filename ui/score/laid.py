"""The page before anything is asked: its regions, and the words that its script says."""

from __future__ import annotations

from markupsafe import Markup

from ui.parts.html import html, joined
from ui.score.written import written
from ui.words import Words

SPOKEN = ("lacks", "reading", "failed", "not_yours", "over", "kept", "begun")
"""Words that the page's script needs: what is missing, and what came of a file."""


def laid(words: Words) -> Markup:
    """The regions, empty but for what shows that something comes."""
    told = joined(
        (
            html('data-{name}="{told}"', name=name.replace("_", "-"), told=words(f"score.{name}", n="{n}"))
            for name in SPOKEN
        ),
        " ",
    )
    return html(
        '<div class="cd-surface cd-score" {told}><div data-region="notice"></div><div data-region="bar"></div>'
        '<p class="cd-unseen" role="status" data-speaks></p>'
        '<div data-region="pair" aria-busy="true"><div class="cd-skeleton"><i></i><i></i>'
        '<span class="cd-unseen">{loading}</span></div></div>'
        '<div data-region="standing"></div><div data-region="ranking"></div><div class="sc-more">'
        '<div data-region="files"></div><div data-region="begin"></div>{written}</div>{close}</div>',
        told=told, loading=words("page.loading"), written=written(words),
        close=_close(words),
    )  # fmt: skip


def _close(words: Words) -> Markup:
    return html(
        '<dialog class="cd-help" data-closing aria-labelledby="sc-close-title"><h2 id="sc-close-title">{title}</h2>'
        '<p>{told}</p><div class="cd-bar"><button type="button" class="cd-button cd-first" data-stay>{stay}</button>'
        '<button type="button" class="cd-button" data-close>{go}</button></div></dialog>',
        title=words("score.close.title"), told=words("score.close.told"), stay=words("score.close.stay"),
        go=words("score.close.go"),
    )  # fmt: skip
