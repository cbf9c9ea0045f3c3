"""What was logged just now, and the message that follows."""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup

from assistant.domain.action import Outcome
from assistant.domain.pack import Pack
from assistant.domain.script import FollowUp
from assistant.domain.values import LOCALES
from ui.calls.times import moment
from ui.parts.html import NONE, html
from ui.parts.proof import Prover
from ui.words import Words


def logged(who: str, outcome: Outcome, after: FollowUp, now: dt.datetime, pack: Pack, words: Words) -> Markup:
    """The panel above the next call."""
    told = words("calls.after.logged", who=who, outcome=words(f"calls.outcome.{outcome}"))
    return html(
        '<section class="cd-panel cd-after" aria-label="{label}"><div class="cd-bar"><p role="status"><b>{told}</b></p>'
        '<button type="button" class="cd-link cd-push" data-dismiss>{close}</button></div>{message}</section>',
        label=words("calls.after.label"), told=told, close=words("calls.after.close"),
        message=_message(after, now, pack, words) if after.text else _none(after, words),
    )  # fmt: skip


def _message(after: FollowUp, now: dt.datetime, pack: Pack, words: Words) -> Markup:
    channel = pack.channels.get(after.channel or "")
    over = channel.name[words.locale] if channel else after.channel or ""
    # Outside the quiet hours it may go at once.
    at = after.send_at
    when = words("calls.after.from", at=moment(at, now, words.locale)) if at and at > now else words("calls.after.now")
    locale = next((one for one in LOCALES if one == after.locale), words.locale)
    findings = Prover(pack, words).findings(after.findings, locale) if after.findings else NONE
    copied = html(
        '<button type="button" class="cd-button" data-copy data-copied="{copied}">{copy}</button>',
        copied=words("calls.after.copied"), copy=words("calls.after.copy"),
    )  # fmt: skip
    # What a rule blocks is shown, so that one sees why nothing goes out, and not for taking along.
    return html(
        '<p class="cd-meta"><span class="cd-badge cd-{verdict}">{label}</span> <span>{over} · {when}</span></p>'
        '<p class="cd-text" lang="{locale}" data-message>{text}</p>{findings}<div class="cd-bar">{copied}</div>',
        verdict=after.verdict or "pass", label=words(f"verdict.{after.verdict or 'pass'}"), over=over, when=when,
        locale=after.locale, text=after.text, findings=findings, copied=NONE if after.verdict == "block" else copied,
    )  # fmt: skip


def _none(after: FollowUp, words: Words) -> Markup:
    return html('<p>{none}</p><p class="cd-quiet" lang="en">{why}</p>', none=words("calls.after.none"), why=after.why)
