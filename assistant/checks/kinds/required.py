"""Checks that look for what must be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from assistant.checks.context import Context, Hit, loosened
from assistant.checks.kinds.base import Check, Match
from assistant.domain.base import Listed
from assistant.domain.catalogue import Disclosure
from assistant.domain.disclosing import cue_words, owed
from assistant.domain.knowledge import short_key
from assistant.domain.slots import ANY_BRACE
from assistant.text.fold import folded_word
from assistant.text.patterns import AnyOf, Ways, all_required, compiled


class WarningMatch(Match):
    """The disclosure that must stand, and what calls for it: grades, words in the text, a customer's first contact."""

    disclosure: str | None = None
    accept: Listed = ()
    grades: tuple[int, int] = (0, 5)
    when: Listed = ()
    first_contact: bool = False


class Warning_(Check):
    """An approved warning, in any of its forms or in an accepted variant."""

    kind = "warning"
    Match = WarningMatch

    def prepare(self) -> None:
        self._accept = compiled("|".join(self.match.accept)) if self.match.accept else None
        self._when = AnyOf(self.match.when)
        self.reader = self.match.first_contact

    def triggers(self) -> tuple[Ways, ...]:
        return all_required(self.match.when)

    def needs(self, context: Context) -> list[str]:
        return ["first_contact"] if self.match.first_contact and context.case.first_contact is None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        if self.match.first_contact and not context.case.first_contact:
            return
        low, high = self.match.grades
        if not low <= (context.grade or 0) <= high:
            return
        if self.match.when and not self._when.holds(context.folded.text, context.woken.get(self)):
            return
        if self._accept and self._accept.search(context.loose):
            return
        disclosure = self.pack.disclosures.get(self.match.disclosure or "")
        if disclosure is None:
            yield context.whole()
            return
        forms = [disclosure.wording(context.jurisdiction, context.locale, form) for form in ("full", "short", "spoken")]
        wanted = [loosened(form) for form in forms if form and "{" not in form]
        if not any(form and "{" in form for form in forms) and not any(words in context.loose for words in wanted):
            yield context.whole(next((form for form in forms if form), ""))


class Owed(Check):
    """Every warning that what is offered and what is stated call for, in any of its approved forms."""

    kind = "owed"
    claims = True

    def prepare(self) -> None:
        self._cues = {word: folded_word(word) for word in cue_words(self.pack)}
        self._any_cue = compiled("|".join(map(re.escape, self._cues.values())) or r"(?!)")
        self._forms: dict[tuple[str, str, str], tuple[str, list[re.Pattern[str]]]] = {}

    def hits(self, context: Context) -> Iterator[Hit]:
        stated = {short_key(claim.fact).rpartition(".")[2] for claim in context.claims if claim.fact}
        if self._any_cue.search(context.folded.text):
            stated |= {word for word, folded in self._cues.items() if folded in context.folded.text}
        for disclosure in owed(self.pack, context.told, context.campaign, stated):
            words, forms = self._wordings(disclosure, context.jurisdiction, context.locale)
            if forms and not any(form.search(context.loose) for form in forms):
                yield context.missing(words, self._short(disclosure, context))

    def _short(self, disclosure: Disclosure, context: Context) -> str:
        """The words to add: in the channel's form, none where a slot in them would stay open."""
        form = context.channel.disclosure_form if context.channel else "full"
        words = disclosure.wording(context.jurisdiction, context.locale, form) or ""
        return "" if ANY_BRACE.search(words) else words

    def _wordings(self, disclosure: Disclosure, law: str, locale: str) -> tuple[str, list[re.Pattern[str]]]:
        """The full words, and a pattern of each approved form; a slot in them stands for a few characters."""
        key = (disclosure.id, law, locale)
        if key not in self._forms:
            texts = [disclosure.wording(law, locale, form) for form in ("full", "short", "spoken")]
            runs = [[loosened(run) for run in ANY_BRACE.split(text)] for text in texts if text]
            patterns = [compiled(".{1,24}?".join(re.escape(run) for run in one)) for one in runs]
            self._forms[key] = (texts[0] or "", patterns)
        return self._forms[key]


class PartsMatch(Match):
    """Parts that a text must have, each as patterns on folded text, by locale; `only`: the purposes that ask for it."""

    parts: dict[str, dict[str, Listed]]
    only: dict[str, Listed] = Field(default_factory=dict)


class Parts(Check):
    """A call must say who calls, ask, and show the way out."""

    kind = "parts"
    Match = PartsMatch

    def hits(self, context: Context) -> Iterator[Hit]:
        for name, by_locale in self.match.parts.items():
            if context.case.purpose not in self.match.only.get(name, (context.case.purpose,)):
                continue
            patterns = by_locale.get(context.locale) or ()
            if patterns and not re.search("|".join(patterns), context.folded.text):
                yield context.whole(name)
