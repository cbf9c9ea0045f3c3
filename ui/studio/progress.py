"""How far a run is: a bar, the counts in words, the links that take it away."""

from __future__ import annotations

from markupsafe import Markup

from ui.parts.html import NONE, html, joined
from ui.studio.session import Run
from ui.words import Words

ENDINGS = ("xlsx", "csv", "jsonl")


def progress(run: Run | None, words: Words) -> Markup:
    """The state of a run; nothing where none began."""
    if run is None:
        return NONE
    state = _state(run)
    failed = sum(1 for one in run.done.values() if one.status == "failed")
    told = words(f"progress.{state}", done=len(run.done), total=run.total)
    trouble = words.count("progress.failed" if run.writing else "progress.retry", failed) if failed else ""
    return html(
        '<div class="cd-progress cd-{state}"><progress max="{total}" value="{done}" aria-label="{label}"></progress>'
        '<p role="status"><span>{told}</span> <span class="cd-failed">{trouble}</span></p>{links}</div>',
        state=state, total=run.total, done=len(run.done), label=words("progress.label"),
        told=told, trouble=trouble, links=_links(run, words) if run.done and not run.writing else NONE,
    )  # fmt: skip


def _state(run: Run) -> str:
    if run.writing:
        return "stopping" if run.stopped else "writing"
    return "stopped" if len(run.done) < run.total else "finished"


def _links(run: Run, words: Words) -> Markup:
    """Plain links to the API: a download button of Gradio's needs two clicks."""
    link = '<a href="/api/v1/runs/{run}/export.{ending}" download>{name}</a>'
    links = joined(html(link, run=run.id, ending=ending, name=ending.upper()) for ending in ENDINGS)
    return html('<p class="cd-export"><span>{label}</span> {links}</p>', label=words("progress.export"), links=links)
