"""Checks of days: the campaign runs when the text is sent, and ends when the text says: 今天截止, 3 days left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.domain.base import Texts
from assistant.text.fold import folded_word
from assistant.text.numbers import read
from assistant.text.patterns import Ways, all_required

_CLAUSE = re.compile(r"[，。；！？,;!?\n]|\. ")
_REACH = 60
"""A clause is read so many characters to either side of the day that it names."""


class DeadlineMatch(Match):
    """By locale: words for days after today, patterns that count days that are left (folded text, one group that
    is the number), and words one of which must stand in the same clause."""

    days: dict[str, dict[str, int]]
    left: Texts
    ends: Texts


class Deadline(Check):
    """A campaign ends on the day that the text says, counted from the day of sending."""

    kind = "deadline"
    Match = DeadlineMatch

    def prepare(self) -> None:
        self._days = {
            locale: {folded_word(word): ahead for word, ahead in words.items()}
            for locale, words in self.match.days.items()
        }
        self._ends = {locale: [folded_word(word) for word in words] for locale, words in self.match.ends.items()}
        self._patterns = {
            locale: re.compile("|".join([*self.match.left.get(locale, ()), *map(re.escape, words)]))
            for locale, words in self._days.items()
        }

    def patterns(self) -> Iterator[str]:
        for patterns in self.match.left.values():
            yield from patterns

    def triggers(self) -> tuple[Ways, ...]:
        days = frozenset(word for words in self._days.values() for word in words)
        counted = all_required(self.patterns())
        return (((days,),), *counted) if counted else ()

    def needs(self, context: Context) -> list[str]:
        told = context.campaign is not None and any(True for _ in self._told(context))
        return ["send_at"] if told and context.case.send_at is None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        campaign = context.campaign
        span = campaign.period.on(context.day) if campaign else None
        if span is None or context.case.send_at is None:
            return
        for start, end, ahead in self._told(context):
            if span.until is None or (span.until - context.day).days != ahead:
                yield context.hit(start, end, str(span.until or "–"))

    def _told(self, context: Context) -> Iterator[tuple[int, int, int]]:
        """Where the text says when something ends, and how many days from the day of sending."""
        folded, locale = context.folded.text, context.locale
        pattern = self._patterns.get(locale)
        for match in pattern.finditer(folded) if pattern else ():
            before = _CLAUSE.split(folded[max(0, match.start() - _REACH) : match.start()])[-1]
            after = _CLAUSE.split(folded[match.end() : match.end() + _REACH])[0]
            if any(word in before + match[0] + after for word in self._ends[locale]):
                number = next((group for group in match.groups() if group), None)
                ahead = int(read(number)) if number else self._days[locale][match[0]]
                yield match.start(), match.end(), ahead


class CampaignDays(Check):
    """The campaign runs on the day of sending."""

    kind = "campaign_days"

    def needs(self, context: Context) -> list[str]:
        if context.campaign is None or context.case.send_at is not None:
            return []
        return ["send_at"] if context.campaign.period.until is not None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        campaign = context.campaign
        if campaign and context.case.send_at is not None and not self.pack.runs(campaign, context.day):
            yield context.whole(f"{campaign.id} {campaign.period.start} – {campaign.period.until or '…'}")
