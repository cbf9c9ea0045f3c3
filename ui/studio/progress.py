"""How far a run is: a bar, the counts in words, the links that take it away."""

from __future__ import annotations

from markupsafe import Markup

from ui.parts.html import NONE, html, joined
from ui.studio.session import Session
from ui.words import Words

ENDINGS = ("xlsx", "csv", "jsonl")


def progress(session: Session, words: Words) -> Markup:
    """The state of the session's run; nothing where none began."""
    if session.run is None:
        return NONE
    state = _state(session)
    failed = sum(1 for one in session.done.values() if one.status == "failed")
    told = words(f"progress.{state}", done=len(session.done), total=session.total)
    trouble = words.count("progress.failed" if session.writing else "progress.retry", failed) if failed else ""
    return html(
        '<div class="cd-progress cd-{state}"><progress max="{total}" value="{done}" aria-label="{label}"></progress>'
        '<p role="status"><span>{told}</span> <span class="cd-failed">{trouble}</span></p>{links}</div>',
        state=state, total=session.total, done=len(session.done), label=words("progress.label"),
        told=told, trouble=trouble, links=NONE if session.writing else _links(session, words),
    )  # fmt: skip


def _state(session: Session) -> str:
    if session.writing:
        return "stopping" if session.stopped else "writing"
    return "stopped" if len(session.done) < session.total else "finished"


def _links(session: Session, words: Words) -> Markup:
    """Plain links to the API: a download button of Gradio's needs two clicks."""
    link = '<a href="/api/v1/runs/{run}/export.{ending}" download>{name}</a>'
    links = joined(html(link, run=session.run, ending=ending, name=ending.upper()) for ending in ENDINGS)
    return html('<p class="cd-export"><span>{label}</span> {links}</p>', label=words("progress.export"), links=links)
