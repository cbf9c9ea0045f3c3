"""The messages after calls: every kind of call, outcome, language, age and mood, checked as a text of its channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product as crossed
from typing import get_args

from assistant.domain.script import FollowUp
from assistant.domain.trigger import Trigger
from assistant.playbook.actions import Outcome
from assistant.writing.scripts.after import NEVER, FollowUps
from eval.script_cases import AGES, MOODS, record

REACH = ("wecom", "sms")
OWED = {"sales": ("reached", "interested", "bought", "refused", "no_answer"), "care": ("reached", "no_answer")}
"""Outcomes after which a call of a kind owes a message; after others the pack may have none."""
Written = tuple[str, Trigger, str, str, FollowUp]


def follow_ups(own: FollowUps, every: int = 1) -> Iterator[Written]:
    """Name, trigger, mood, outcome and message of each n-th combination, over WeCom and by text message."""
    pack = own.writer.pack
    calls = [trigger for trigger in pack.triggers.values() if pack.channels[trigger.channels[0]].voice]
    cells = crossed(calls, get_args(Outcome), pack.locales, AGES, MOODS, REACH)
    for trigger, outcome, locale, age, mood, channel in list(cells)[::every]:
        made = record(pack, trigger, age, "online", mood, locale)
        tags = made.standing.tags if channel == "wecom" else made.standing.tags - {"wecom_friend"}
        made = replace(made, locale=locale, standing=replace(made.standing, tags=tags, preferred=channel))
        name = f"{trigger.id}/{outcome}/{age}/{mood or 'plain'}/{channel}/{locale}"
        yield name, trigger, mood, outcome, own.of(made, made.actions[0], outcome)


def after_faults(written: Written) -> Iterator[str]:
    """Everything that is wrong with a message, or with there being one or none."""
    name, trigger, mood, outcome, after = written
    if outcome in NEVER:
        yield from ["a message where none may be"] if after.text else []
        return
    # A call that was an apology ends with it: nothing is sent that would sell.
    owed = outcome in OWED[trigger.kind] and (mood != "dissatisfied" or outcome in ("reached", "refused", "bought"))
    if owed and not after.text:
        yield f"no message: {after.why}"
    if after.text and after.channel != name.split("/")[-2]:
        yield f"over {after.channel}"
    if "{" in after.text:
        yield "open slot"
    for finding in after.findings:
        if finding.severity == "block":
            yield f"{finding.rule} “{finding.text[:40]}” {finding.message}"
