"""Checks that look for words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.checks.negation import Negation
from assistant.domain.base import Listed
from assistant.text.fold import fold
from assistant.text.trie import any_of


def alternation(words: tuple[str, ...]) -> str:
    """A pattern for any of the words as they read folded, the longest first; English words whole."""
    return any_of(fold(word).text for word in words)


class PhraseMatch(Match):
    """Words or patterns that must not stand; `exempt` patterns and `heads` make them harmless.

    `raw` looks at the text as given, for signs that folding takes away (Markdown's asterisks).
    """

    terms: Listed = ()
    patterns: Listed = ()
    exempt: Listed = ()
    heads: Listed = ()
    negation: bool = True
    in_names: bool = False
    unless_flag: str | None = None
    min_age: int | None = None
    raw: bool = False
    lexicon: str | None = None


class Phrase(Check):
    """Forbidden words, on folded text; a negation, a head noun, a name or a disclosure makes them harmless."""

    kind = "phrase"
    Match = PhraseMatch

    def prepare(self) -> None:
        words = list(self.match.terms)
        if self.match.lexicon:
            words += [word for lexicon in self.pack.lexicon.values() for word in getattr(lexicon, self.match.lexicon)]
        parts = [alternation(tuple(words))] if words else []
        self._pattern = re.compile("|".join([*parts, *self.match.patterns]))
        self._exempt = re.compile("|".join(self.match.exempt)) if self.match.exempt else None
        self._heads = re.compile(alternation(self.match.heads)) if self.match.heads else None
        self._negation = Negation(self.pack) if self.match.negation else None

    def needs(self, context: Context) -> list[str]:
        if self.match.min_age is not None and context.case.age is None and self._pattern.search(context.folded.text):
            return ["age"]
        return []

    def hits(self, context: Context) -> Iterator[Hit]:
        if self.match.unless_flag and context.flag(self.match.unless_flag):
            return
        if self.match.min_age is not None and (context.case.age or 0) < self.match.min_age:
            return
        if self.match.raw:
            yield from (Hit(*match.span()) for match in self._pattern.finditer(context.case.text))
            return
        folded = context.folded.text
        found = list(self._pattern.finditer(folded))
        if not found:
            return
        spared = [match.span() for match in self._exempt.finditer(folded)] if self._exempt else []
        for match in found:
            start, end = match.span()
            if start == end or any(s < end and start < e for s, e in spared):
                continue
            if not self.match.in_names and context.is_exempt(start, end):
                continue
            if self._heads and self._heads.match(folded[end : end + 8].lstrip("的 ")):
                continue
            if self._negation and self._negation.before(folded, start, context.locale):
                continue
            yield context.hit(start, end)


class MustNotSay(Check):
    """Words that the campaign itself forbids."""

    kind = "must_not_say"

    def hits(self, context: Context) -> Iterator[Hit]:
        words = context.local(context.campaign.must_not_say) if context.campaign else None
        if not words:
            return
        for match in re.finditer(alternation(tuple(words)), context.folded.text):
            yield context.hit(*match.span())


class MustSay(Check):
    """Words that the campaign demands."""

    kind = "must_say"

    def hits(self, context: Context) -> Iterator[Hit]:
        words = context.local(context.campaign.must_say) if context.campaign else None
        for word in words or ():
            if fold(word).text not in context.folded.text:
                yield context.whole(word)
