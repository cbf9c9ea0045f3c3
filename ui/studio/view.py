"""What of a run is looked at: the filter, the page, and the texts that stand on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import in_order
from assistant.domain.draft import Variant
from assistant.domain.item import Item
from assistant.store.runs import Place
from ui.surface import Given

PAGE = 200
"""Texts a page."""
Word = Annotated[str, Field(max_length=64)]
Wish = tuple[Annotated[str, Field(max_length=500)], Word]
RunId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class View(Given):
    """A run, what of it is let through (empty is all), which page; `open`: texts under edit, `fresh`: texts that
    came of a wish, with its words and the text that it was about."""

    run: RunId
    segment: Word = ""
    channel: Word = ""
    locale: Word = ""
    verdict: Word = ""
    page: int = Field(default=0, ge=0, le=10_000)
    open: Annotated[tuple[Word, ...], Field(max_length=50)] = ()
    fresh: dict[Word, Wish] = Field(default_factory=dict, max_length=50)

    def shows(self, one: Place) -> bool:
        """Whether a text is let through."""
        wanted = (self.segment, self.channel, self.locale, self.verdict)
        found = (one.cell.segment, one.cell.channel, one.cell.locale, one.verdict)
        return all(want in ("", have) for want, have in zip(wanted, found, strict=True))


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a run as somebody may work with it: its own lasting id, its words, who made it, where it stands."""

    own: str
    place: Place
    variant: Variant
    item: Item | None
    makers: tuple[str, ...]

    @property
    def state(self) -> str:
        """Its state; a draft where nobody has touched it."""
        return self.item.state if self.item else "draft"

    @property
    def version(self) -> int:
        """How often it was changed."""
        return self.item.version if self.item else 0

    def is_of(self, login: str) -> bool:
        """Whether somebody may change it: it is theirs, or nobody's."""
        return not self.makers or login in self.makers

    @property
    def free(self) -> bool:
        """Whether it can still be put into a package."""
        return self.state in ("draft", "changes_asked") and not (self.item and self.item.package)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of a run: its texts, the first one's place among those let through, how many those are, all cells."""

    texts: Sequence[Text]
    first: int
    total: int
    page: int
    places: Sequence[Place]


def seen(desk: Desk, view: View) -> Seen:
    """What a view shows; its page stays within what there is."""
    places = ordered(desk, view.run)
    shown = [one for one in places if one.draft and view.shows(one)]
    page = min(view.page, max(0, (len(shown) - 1) // PAGE))
    first = page * PAGE
    return Seen(texts_of(desk, shown[first : first + PAGE], view.run), first, len(shown), page, places)


def ordered(desk: Desk, run: str) -> list[Place]:
    """A run's cells and texts in the order of the pack."""
    place = in_order(desk.pack)
    return sorted(desk.runs.places(run), key=lambda one: (place(one.cell), one.position))


def texts_of(desk: Desk, places: Sequence[Place], run: str) -> list[Text]:
    """Texts of a run with their words and where they stand."""
    ids = [one.draft for one in places if one.draft]
    words, standing = desk.runs.variants(ids), desk.shelf.standing(ids)
    makers = desk.runs.makers(run)
    return [_text(one, words[one.draft], standing, makers) for one in places if one.draft and one.draft in words]


def _text(place: Place, variant: Variant, standing: Mapping[str, Item], makers: tuple[str, ...]) -> Text:
    item = standing.get(variant.id)
    return Text(item.id, place, variant, item, item.makers) if item else Text(variant.id, place, variant, None, makers)


def text_of(desk: Desk, own: str) -> Text:
    """One text by its own id, as it is now. Raises UnknownId."""
    draft = desk.shelf.rows([own])[own]
    variant = Variant.model_validate({name: draft[name] for name in Variant.model_fields})
    cell = draft["made_for"]
    place = Place.of(cell, variant, draft["position"])
    return _text(place, variant, desk.shelf.standing([variant.id]), desk.runs.makers(draft["run"]))
