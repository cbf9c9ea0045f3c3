"""What came of a call: one of at most fifteen outcomes and a note, then the next call."""

from __future__ import annotations

from markupsafe import Markup

from assistant.domain.action import Outcome
from ui.calls.at_hand import Call
from ui.calls.given import LONGEST_NOTE
from ui.parts.html import html, joined
from ui.words import Words

OUTCOMES: tuple[Outcome, ...] = (
    "interested",
    "bought",
    "reached",
    "no_answer",
    "refused",
    "complaint",
    "do_not_contact",
)
"""In the order of their keys: good ends first, what silences the customer last."""


def form(call: Call, words: Words) -> Markup:
    """The form; of a call that is closed, what came of it."""
    if call.state != "open":
        return _closed(call, words)
    return html(
        '<form class="cd-panel cd-outcome" data-outcome data-seen="{seen}" novalidate'
        ' aria-labelledby="cd-outcome-title">'
        '<fieldset><legend id="cd-outcome-title">{title}</legend><div class="cd-choices">{choices}</div></fieldset>'
        '<label>{note}<textarea rows="3" maxlength="{longest}" name="note" data-draft="note-{own}"'
        ' aria-required="true"></textarea></label>'
        '<div class="cd-bar"><button type="submit" class="cd-button cd-first" data-log>{log} <kbd>Ctrl ⏎</kbd></button>'
        '<span class="cd-lacks" role="alert" data-lacks></span></div></form>',
        seen=call.seen, own=call.action.action_id, title=words("calls.log.title"),
        choices=joined(_choice(n, one, words) for n, one in enumerate(OUTCOMES, 1)),
        note=words("calls.log.note"), longest=LONGEST_NOTE, log=words("calls.log.log"),
    )  # fmt: skip


def _choice(n: int, outcome: Outcome, words: Words) -> Markup:
    key = html("<kbd>{n}</kbd>", n=n) if n <= 9 else Markup("")
    return html(
        '<label class="cd-choice"><input type="radio" name="outcome" value="{outcome}" data-key="outcome-{outcome}">'
        "{key} <span>{name}</span></label>",
        outcome=outcome, key=key, name=words(f"calls.outcome.{outcome}"),
    )  # fmt: skip


def _closed(call: Call, words: Words) -> Markup:
    own = [one for one in call.outcomes if one["action"] == call.action.action_id]
    if own:
        last = own[0]
        name = words.get(f"calls.outcome.{last['outcome']}", last["outcome"])
        told = words("calls.log.closed", outcome=name, by=last["by"])
        note = html("<p>{note}</p>", note=last["note"])
    else:
        held = call.action.suppressed
        told, note = (
            words("calls.log.held"),
            html('<p class="cd-quiet" lang="en">{why}</p>', why=held.why if held else ""),
        )
    return html(
        '<div class="cd-panel" data-closed><p><b>{told}</b></p>{note}'
        '<button type="button" class="cd-button cd-first" data-next>{next}</button></div>',
        told=told, note=note, next=words("calls.log.next"),
    )  # fmt: skip
