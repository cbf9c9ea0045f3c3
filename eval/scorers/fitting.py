"""Whether texts fit their channel: its limits, the length that it aims at, text messages by their segments."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.measure import parts_of, size, sms_segments, spoken_seconds
from assistant.domain.audience import Channel
from assistant.writing.phrases.fit import aim_of
from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.scorers.texts import locale_of, texts_of, unwritten
from eval.tasks.seam import Answer, Room

MARGIN = 1.05
"""An aim that is missed by a twentieth is met."""


@scorer(version=1)
def channel_fit(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """`fits`: the share of texts within the channel's limits. `aims`: of those that have an aim, the share that meets
    it. `segments_cost`: segments of a text message, on average."""
    judged = texts_of(case, answer, room)
    if not judged or case.given.get("channel") is None:
        yield Score("fits", None, unwritten(answer) or "no channel is given")
        return
    channel, locale = room.desk.pack.channels[case.given["channel"]], locale_of(case, judged[0].text)
    purpose = _purpose(case, room)
    over = [why for one in judged if (why := too_long(one.text, channel, locale, purpose))]
    yield Score("fits", 1 - len(over) / len(judged), "; ".join(over))
    met = [found for one in judged if (found := _aimed(one.text, channel, locale)) is not None]
    if met:
        yield Score("aims", sum(met) / len(met))
    if channel.id == "sms":
        yield Score("segments_cost", sum(sms_segments(one.text, locale) for one in judged) / len(judged))


def too_long(text: str, channel: Channel, locale: str, purpose: str) -> str:
    """What of a text is over its channel's limits, or too short or long to say; empty where it fits."""
    for name, start, end in parts_of(channel, text):
        limit = channel.limits.get(name) or (channel.limits if name == "body" else {})
        used, allowed = size(text[start:end], limit, locale)
        if allowed is not None and used > allowed:
            return f"{name}: {used} > {allowed}"
    body = channel.limits.get(purpose) or channel.limits.get("body", {})
    if channel.voice and (seconds := body.get("spoken_seconds")):
        spoken = spoken_seconds(text, channel, locale)
        if not seconds[0] <= spoken <= seconds[1]:
            return f"{spoken:.0f} s, not {seconds[0]} to {seconds[1]} s"
    return ""


def _aimed(text: str, channel: Channel, locale: str) -> bool | None:
    """Whether every part of a text meets its aim; None where none has one."""
    met = []
    for name, start, end in parts_of(channel, text):
        limit = channel.limits.get(name) or (channel.limits if name == "body" else {})
        aim = aim_of(limit, locale)
        if aim is not None:
            met.append(end - start <= aim * MARGIN)
    return all(met) if met else None


def _purpose(case: Case, room: Room) -> str:
    campaign = room.desk.pack.campaigns.get(str(case.given.get("campaign")))
    return campaign.kind if campaign else str(case.given.get("purpose", "sales"))
