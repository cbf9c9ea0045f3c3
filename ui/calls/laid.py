"""The page before anything is asked: its regions, the words that its script says, the question before one leaves."""

from __future__ import annotations

from markupsafe import Markup

from ui.parts.html import html, joined
from ui.words import Words

SPOKEN = ("hours", "say_five", "say_one", "say_overdue", "overdue", "soon", "ticked", "lack_outcome", "lack_note")
"""Words that the page's script needs: what a countdown says, and what is still missing."""


def laid(words: Words) -> Markup:
    """The regions, empty but for what shows that something comes."""
    told = joined(
        (html('data-{name}="{told}"', name=name.replace("_", "-"), told=_open(words, name)) for name in SPOKEN), " "
    )
    return html(
        '<div class="cd-surface cd-calls" {told}><div data-region="notice"></div><div data-region="after"></div>'
        '<div class="cd-split"><section class="cd-side" aria-label="{queue}"><div data-region="team"></div>'
        '<div data-region="queue">{waiting}</div></section>'
        '<section class="cd-called" aria-label="{call}" data-region="call">{waiting}</section></div>'
        '<p class="cd-unseen" role="status" data-speaks></p>{leave}</div>',
        told=told, queue=words("calls.queue"), call=words("calls.call"), waiting=skeleton(words), leave=_leave(words),
    )  # fmt: skip


def _open(words: Words, name: str) -> str:
    """Words whose gaps the script fills."""
    return words(f"calls.{name}", who="{who}", n="{n}", m="{m}")


def skeleton(words: Words) -> Markup:
    """Three grey lines."""
    return html(
        '<div class="cd-waiting cd-inside" aria-hidden="true"><i></i><i></i><i></i><span>{loading}</span></div>',
        loading=words("calls.loading"),
    )


def _leave(words: Words) -> Markup:
    return html(
        '<dialog class="cd-help" data-leave aria-labelledby="cd-leave-title"><h2 id="cd-leave-title">{title}</h2>'
        '<p>{told}</p><div class="cd-bar"><button type="button" class="cd-button cd-first" data-stay>{stay}</button>'
        '<button type="button" class="cd-button" data-go>{go}</button></div></dialog>',
        title=words("calls.leave.title"), told=words("calls.leave.told"), stay=words("calls.leave.stay"),
        go=words("calls.leave.go"),
    )  # fmt: skip
