"""Checks that look for words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.checks.negation import Negation
from assistant.domain.base import Listed
from assistant.text.fold import folded_word
from assistant.text.patterns import Ways, all_required, compiled
from assistant.text.trie import any_of


def alternation(words: tuple[str, ...]) -> str:
    """A pattern for any of the words as they read folded, the longest first; English words whole."""
    return any_of(folded_word(word) for word in words)


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
        words = self._words()
        parts = [alternation(words)] if words else []
        self._parts = [compiled(part) for part in [*parts, *self.match.patterns]]
        self._exempt = compiled("|".join(self.match.exempt)) if self.match.exempt else None
        self._heads = compiled(alternation(self.match.heads)) if self.match.heads else None
        self._negation = Negation(self.pack) if self.match.negation else None
        self.reader = self.match.min_age is not None

    def _words(self) -> tuple[str, ...]:
        words = list(self.match.terms)
        if self.match.lexicon:
            words += [word for lexicon in self.pack.lexicon.values() for word in getattr(lexicon, self.match.lexicon)]
        return tuple(words)

    def triggers(self) -> tuple[Ways, ...]:
        words, asked = self._words(), all_required(self.match.patterns)
        if self.match.raw or len(asked) < len(self.match.patterns):
            return ()
        return (((frozenset(folded_word(word) for word in words),),), *asked) if words else asked

    def needs(self, context: Context) -> list[str]:
        if self.match.min_age is not None and context.case.age is None and self._found(context):
            return ["age"]
        return []

    def _found(self, context: Context) -> list[re.Match[str]]:
        """What the parts that may match do match, left to right."""
        text = context.case.text if self.match.raw else context.folded.text
        parts = [self._parts[part] for part in context.woken.get(self, range(len(self._parts)))]
        return sorted((m for part in parts for m in part.finditer(text)), key=lambda match: match.span())

    def hits(self, context: Context) -> Iterator[Hit]:
        if self._waived(context):
            return
        if self.match.raw:
            yield from (Hit(*match.span()) for match in self._found(context))
            return
        last = 0
        for match, why in self._judged(context):
            if not why and match.start() >= last:
                last = match.end()
                yield context.hit(*match.span())

    def spared(self, context: Context) -> Iterator[tuple[str, str]]:
        if waived := self._waived(context):
            yield "", waived
        elif not self.match.raw:
            yield from ((match[0], why) for match, why in self._judged(context) if why)

    def _waived(self, context: Context) -> str:
        """Why the whole check does not apply; empty where it does."""
        if self.match.unless_flag and context.flag(self.match.unless_flag):
            return f"the catalogue says {self.match.unless_flag} of what is offered"
        if self.match.min_age is not None and (context.case.age or 0) < self.match.min_age:
            return f"it holds from {self.match.min_age} years on"
        return ""

    def _judged(self, context: Context) -> Iterator[tuple[re.Match[str], str]]:
        """Every match, with what makes it harmless; empty where nothing does."""
        folded, found = context.folded.text, self._found(context)
        spared = [match.span() for match in self._exempt.finditer(folded)] if self._exempt and found else []
        for match in found:
            start, end = match.span()
            if start < end:
                yield match, self._harmless(context, folded, start, end, spared)

    def _harmless(self, context: Context, folded: str, start: int, end: int, spared: list[tuple[int, int]]) -> str:
        if any(s < end and start < e for s, e in spared):
            return "part of a harmless expression"
        if not self.match.in_names and context.is_exempt(start, end):
            return "inside a catalogue name or an approved warning"
        if self._heads and self._heads.match(folded[end : end + 8].lstrip("的 ")):
            return "the word after it makes it harmless"
        if self._negation and self._negation.before(folded, start, context.locale):
            return "negated"
        return ""


class MustNotSay(Check):
    """Words that the campaign itself forbids."""

    kind = "must_not_say"

    def prepare(self) -> None:
        self._negation = Negation(self.pack)
        self._patterns = {
            (campaign.id, locale): compiled(alternation(tuple(words)))
            for campaign in self.pack.campaigns.values()
            for locale, words in campaign.must_not_say.items()
            if words
        }

    def triggers(self) -> tuple[Ways, ...]:
        tables = [campaign.must_not_say for campaign in self.pack.campaigns.values()]
        words = frozenset(folded_word(word) for table in tables for words in table.values() for word in words)
        return (((words,),),) if words else ()

    def hits(self, context: Context) -> Iterator[Hit]:
        pattern = self._patterns.get((context.campaign.id, context.locale)) if context.campaign else None
        for match in pattern.finditer(context.folded.text) if pattern else ():
            if not self._negation.before(context.folded.text, match.start(), context.locale):
                yield context.hit(*match.span())


class MustSay(Check):
    """Words that the campaign demands."""

    kind = "must_say"

    def hits(self, context: Context) -> Iterator[Hit]:
        words = context.local(context.campaign.must_say) if context.campaign else None
        for word in words or ():
            if folded_word(word) not in context.folded.text:
                yield context.whole(word)
