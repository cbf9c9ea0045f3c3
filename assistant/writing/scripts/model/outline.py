"""What of a call may leave the house: an outline holds no value of the customer's; a prompt is made of it alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.domain.pack import Pack
from assistant.domain.script import Assessment, Mood
from assistant.domain.trigger import Purpose
from assistant.domain.values import Locale
from assistant.writing.scripts.scene import Scene
from assistant.writing.scripts.slots import OWN_MONEY

PLAN = "plan:"


@dataclass(frozen=True, slots=True)
class Outline:
    """A call by its kinds. Two customers of whom these hold get the same prompt.

    `tags`: those that the pack allows to be told; `about`: names of slots that this call can fill; `parts`: the plan's
    buckets, each with its product; `products`: what is offered; `repairs`: first of all an apology; `withheld`: whether
    graded products wait for a risk assessment. `day` says which knowledge holds.
    """

    trigger: str
    kind: Purpose
    locale: Locale
    market: str
    segment: str
    age: str
    speaker: str
    mood: Mood | None
    status: Assessment
    tags: tuple[str, ...]
    about: tuple[str, ...]
    parts: tuple[tuple[str, str | None], ...]
    products: tuple[str, ...]
    repairs: bool
    withheld: bool
    day: dt.date

    @property
    def offer(self) -> str | None:
        """The one product that is offered; None where there is a plan or nothing."""
        return self.products[0] if len(self.products) == 1 and not self.parts else None


def outline_of(pack: Pack, scene: Scene) -> Outline:
    """The outline of a call that may be held."""
    talk, composer = scene.talk, scene.composer
    who = talk.record.standing
    # The customer's own money is their manager's to name; parts of a plan have their own place.
    own = [slot for slot in scene.voice.facts if slot.partition(".")[0] in OWN_MONEY] if scene.managed else []
    return Outline(
        trigger=talk.action.trigger,
        kind=talk.action.kind,
        locale=talk.locale,
        market=talk.market,
        segment=who.segment if who.segment and who.segment in pack.segments else "",
        age=talk.band(pack).id,
        speaker=talk.speaker,
        mood=talk.mood,
        status=talk.status,
        tags=tuple(tag for tag in pack.institution.told_tags if tag in who.tags),
        about=tuple(sorted(own)),
        parts=tuple((part.bucket, part.product) for part in composer.plan),
        products=tuple(product.id for product in composer.products),
        repairs=composer.repairs,
        withheld=bool(composer.withheld),
        day=talk.record.now.date(),
    )
