"""How far a run is: a bar, the counts in words, what can be done about it, the links that take it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ui.parts.html import NONE, html, joined
from ui.words import Words

ENDINGS = ("xlsx", "csv", "jsonl")


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a run is: cells by status, how many there are in all, whether it is under way or asked to end."""

    run: str
    cells: Mapping[str, int]
    total: int
    writing: bool = False
    stopping: bool = False
    why: str = ""

    @property
    def done(self) -> int:
        """Cells that are finished, failed ones too."""
        return sum(self.cells.values())

    @property
    def failed(self) -> int:
        """Cells that failed."""
        return self.cells.get("failed", 0)

    @property
    def state(self) -> str:
        """`writing`, `stopping`, `stopped` or `finished`."""
        if self.writing:
            return "stopping" if self.stopping else "writing"
        return "stopped" if self.done < self.total else "finished"


def progress(stand: Stand, words: Words) -> Markup:
    """The state of a run. What changes several times a second is read out when it ends."""
    trouble = words.count("progress.failed", stand.failed) if stand.failed else ""
    told = words(f"progress.{stand.state}", done=stand.done, total=stand.total)
    return html(
        '<div class="cd-progress cd-{state}"><progress max="{total}" value="{done}" aria-label="{label}"></progress>'
        '<div class="cd-bar"><p{role}><span>{told}</span> <span class="cd-failed">{trouble}</span></p>{act}{links}'
        "</div>{why}</div>",
        state=stand.state, total=stand.total, done=stand.done, label=words("progress.label"), told=told,
        role=NONE if stand.writing else Markup(' role="status"'), trouble=trouble, act=_again(stand, words),
        links=_links(stand, words) if stand.done and not stand.writing else NONE, why=_why(stand, words),
    )  # fmt: skip


def _again(stand: Stand, words: Words) -> Markup:
    """A run is gone on with by writing it again: what is finished stays, what failed or is missing is written."""
    if stand.writing or not (stand.failed or stand.done < stand.total):
        return NONE
    label = words("progress.retry") if stand.failed else words("progress.go_on")
    return html(
        '<button type="button" class="cd-button" id="retry" data-act="again" data-key="again">{label}</button>',
        label=label,
    )


def _links(stand: Stand, words: Words) -> Markup:
    """Plain links to the API: a download button of Gradio's needs two clicks."""
    link = '<a href="/api/v1/runs/{run}/export.{ending}" download>{name}</a>'
    links = joined(html(link, run=stand.run, ending=ending, name=ending.upper()) for ending in ENDINGS)
    return html('<p class="cd-export"><span>{label}</span> {links}</p>', label=words("progress.export"), links=links)


def _why(stand: Stand, words: Words) -> Markup:
    if not stand.why or stand.writing:
        return NONE
    template = (
        '<div class="cd-trouble" role="alert"><p><strong>{broken}</strong> <span lang="en">{why}</span></p></div>'
    )
    return html(template, broken=words("progress.broken"), why=stand.why)
