"""Checks of what is given away: every gift is one that the campaign's facts name."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.checks.negation import Negation
from assistant.domain.base import Listed
from assistant.text.fold import folded_word
from assistant.text.patterns import Ways, all_required, compiled


class GiftsMatch(Match):
    """Patterns (folded text) in which `(?P<thing>…)` is what is given; words that make a thing no gift."""

    patterns: Listed
    fair: Listed = ()


class Gifts(Check):
    """A gift for opening, depositing or applying that no campaign gives."""

    kind = "gifts"
    Match = GiftsMatch

    def prepare(self) -> None:
        # A named group may stand once in a pattern, so each is compiled for itself.
        self._patterns = [compiled(pattern) for pattern in self.match.patterns]
        self._negation = Negation(self.pack)
        self._fair = [folded_word(word) for word in self.match.fair]

    def triggers(self) -> tuple[Ways, ...]:
        return all_required(self.match.patterns)

    def hits(self, context: Context) -> Iterator[Hit]:
        given = [*self._fair, *self._rewards(context)]
        for part in context.woken.get(self, ()):
            for match in self._patterns[part].finditer(context.folded.text):
                refused = self._negation.before(context.folded.text, match.start("thing"), context.locale)
                named = any(word in match["thing"] for word in given)
                if not refused and not named and not context.is_exempt(*match.span()):
                    yield context.hit(*match.span())

    def _rewards(self, context: Context) -> list[str]:
        """The rewards of the campaign, as they are called in any locale."""
        campaign = context.campaign
        facts = context.names.facts(f"campaign:{campaign.id}", ("reward",)) if campaign else []
        return [folded_word(name) for fact in facts for name in fact.names()]
