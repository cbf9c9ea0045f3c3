"""Examples of how the house writes, for a prompt: bodies of the campaigns that are nearest to the one in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice

from assistant.domain.catalogue import Campaign
from assistant.domain.pack import Pack
from assistant.domain.phrase import Phrase
from assistant.domain.values import Locale
from assistant.writing.drafts import Job
from assistant.writing.likeness import jaccard, trigrams
from assistant.writing.phrases.shape import roles

_BODY = "body:"
Approved = Callable[[Sequence[str], str, Locale], Iterable[str]]
"""Approved texts of some campaigns, for a channel and a locale: at most one of each campaign, in their order."""


class Examples:
    """Picks from what was approved and from the phrase book. Cells of one campaign, channel and locale get the same
    ones, so that the prompt's shared part stays shared; the campaign's own bodies are left out, since a model
    would only say them again."""

    def __init__(self, pack: Pack, count: int = 2, approved: Approved | None = None) -> None:
        self._pack = pack
        self._count = count
        self._approved = approved
        self._of = lru_cache(maxsize=1024)(self._picked)
        self._like = lru_cache(maxsize=1024)(self._alike)

    def __call__(self, job: Job) -> tuple[str, ...]:
        """At most `count` bodies, slots open, of different campaigns: what people approved for one of the same act or
        topic first, then the phrase book's."""
        cell = job.cell
        found: list[str] = []
        if self._approved is not None:
            shown = self._approved(self._like(cell.campaign, cell.locale), cell.channel, cell.locale)
            found = list(islice(shown, self._count))
        written = (one for one in self._of(cell.campaign, cell.channel, cell.locale) if one not in found)
        return tuple([*found, *written][: self._count])

    def _alike(self, campaign_id: str, locale: Locale) -> tuple[str, ...]:
        """Campaigns that want the same act or speak of the same, the nearest first."""
        this = self._pack.campaigns[campaign_id]
        near = self._near(campaign_id, locale)
        return tuple(
            one.id for one in near if one.kind == this.kind and (one.act == this.act or one.topic == this.topic)
        )

    def _picked(self, campaign_id: str, channel_id: str, locale: Locale) -> tuple[str, ...]:
        shapes = self._pack.channels[channel_id].shapes
        forms = {name.removeprefix(_BODY) for shape in shapes[:1] for name in roles(shape) if name.startswith(_BODY)}
        book = self._pack.books.get(locale)
        found: list[str] = []
        for other in self._near(campaign_id, locale):
            own = (phrase for phrase in (book.phrases if book else ()) if _suits(phrase, other.id, forms, channel_id))
            if (best := next(own, None)) is not None:
                found.append(best.text.replace("{you}", "you") if locale == "en" else best.text)
            if len(found) == self._count:
                break
        return tuple(found)

    def _near(self, campaign_id: str, locale: Locale) -> list[Campaign]:
        """Other campaigns, those of the same act and topic first, then by the likeness of what they want to reach."""
        this = self._pack.campaigns[campaign_id]
        goal = trigrams(this.goal[locale])

        def nearness(other: Campaign) -> tuple[int, float]:
            shared = (other.act == this.act) + (other.topic == this.topic) + (other.kind == this.kind)
            return -shared, -jaccard(goal, trigrams(other.goal[locale]))

        return sorted((one for one in self._pack.campaigns.values() if one.id != campaign_id), key=nearness)


def _suits(phrase: Phrase, campaign: str, forms: set[str], channel: str) -> bool:
    return (
        phrase.role == "body"
        and campaign in phrase.campaign
        and phrase.form in forms
        and (not phrase.channel or channel in phrase.channel)
    )
