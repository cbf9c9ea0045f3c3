"""What the page asks about a text: edited, checked as one types, worded anew by a wish, held against others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assistant.bootstrap.desk import Desk
from ui.parts.cards import Cards
from ui.parts.html import NONE, html
from ui.parts.notice import Worded, told
from ui.parts.proof import Prover
from ui.studio.comparing import MOST, side_by_side
from ui.studio.editor import LONGEST, checked
from ui.studio.sheet import Sheet
from ui.studio.view import View, text_of
from ui.surface import Answer, Caller, Given, regions
from ui.words import Words

Own = Annotated[str, Field(min_length=1, max_length=32)]


class OfText(Given):
    """A text of a run that is looked at."""

    own: Own
    view: View


class Typed(Given):
    """Words that are being typed. `size`: how many characters there are, where they are too many to be sent."""

    own: Own
    text: str
    size: int = 0

    def words(self, words: Words) -> str:
        """The text. Raises Worded, in the page's language, where it is empty or too long."""
        if (size := max(len(self.text), self.size)) > LONGEST:
            raise Worded(words("studio.text.too_long", n=size, limit=LONGEST))
        if not self.text.strip():
            raise Worded(words("studio.text.empty"))
        return self.text


class Saved(Typed):
    """Words that are to stand; `version`: which version of the text was changed."""

    version: int = Field(ge=0)
    view: View


class Wished(Given):
    """A wish for another wording."""

    own: Own
    note: Annotated[str, Field(max_length=500)] = ""


class Sides(Given):
    """Texts to be held against each other, in this order."""

    texts: Annotated[tuple[Own, ...], Field(max_length=100)] = ()


@dataclass(frozen=True)
class TextActs:
    """Answers about texts, in one language."""

    desk: Desk
    words: Words

    def text(self, caller: Caller, given: OfText) -> Answer:
        """A text alone, under edit or not, as the view says."""
        drawn = self._sheet(caller).one(given.view, text_of(self.desk, given.own))
        return regions(**{f"text-{given.own}": drawn})

    def preview(self, _caller: Caller, given: Typed) -> Answer:
        """What words would be found to be; nothing is kept."""
        region = f"check-{given.own}"
        try:
            words = given.words(self.words)
        except Worded as error:
            return regions(**{region: told(self.words("error.title"), error.what, self.words.locale)})
        text = text_of(self.desk, given.own)
        variant = self.desk.editing.preview(given.own, words)
        shown = checked(variant, text.place.cell.locale, Prover(self.desk.pack, self.words))
        if words == text.variant.text:
            shown += html('<p class="cd-quiet">{same}</p>', same=self.words("studio.text.unchanged"))
        return regions(**{region: shown})

    def save(self, caller: Caller, given: Saved) -> Answer:
        """Put the words in the text's place."""
        words = given.words(self.words)
        self.desk.editing.words(given.own, words, caller.person, given.version, caller.now)
        saved = html('<p class="cd-done" role="status">{saved}</p>', saved=self.words("studio.text.saved"))
        return {**self.text(caller, OfText(own=given.own, view=given.view)), "told": saved}

    def wish(self, caller: Caller, given: Wished) -> Answer:
        """Another wording, beside the text; where there is none, why."""
        if not given.note.strip():
            raise Worded(self.words("studio.text.wish_empty"))
        room, rewording = self.desk.room, self.desk.rewording
        done = room.call(rewording.wish(given.own, given.note.strip(), caller.person, caller.now))
        if done.fresh is None:
            none = html('<p class="cd-quiet">{none}</p>', none=self.words("studio.text.fresh_none", why=done.why))
            return regions(**{f"wished-{given.own}": none})
        fresh = html('<p class="cd-done" role="status">{fresh}</p>', fresh=self.words("studio.text.fresh"))
        return {"fresh": done.fresh.id, "told": fresh}

    def compare(self, _caller: Caller, given: Sides) -> Answer:
        """Texts side by side."""
        if len(given.texts) > MOST:
            raise Worded(self.words("studio.compare.most", n=MOST))
        texts = [text_of(self.desk, own) for own in given.texts]
        cards = Cards(Prover(self.desk.pack, self.words))
        return regions(compare=side_by_side(texts, cards) if texts else NONE)

    def _sheet(self, caller: Caller) -> Sheet:
        return Sheet(self.desk.pack, self.words, caller.person)
