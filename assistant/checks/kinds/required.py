"""Checks that look for what must be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.domain.base import Listed
from assistant.text.fold import fold

_LOOSE = re.compile(r"[\W_]+")


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
        self._accept = re.compile("|".join(self.match.accept)) if self.match.accept else None
        self._when = re.compile("|".join(self.match.when)) if self.match.when else None

    def needs(self, context: Context) -> list[str]:
        return ["first_contact"] if self.match.first_contact and context.case.first_contact is None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        if self.match.first_contact and not context.case.first_contact:
            return
        low, high = self.match.grades
        if not low <= (context.grade or 0) <= high:
            return
        if self._when and not self._when.search(context.folded.text):
            return
        loose = _LOOSE.sub("", context.folded.text)
        if self._accept and self._accept.search(loose):
            return
        disclosure = self.pack.disclosures.get(self.match.disclosure or "")
        if disclosure is None:
            yield context.whole()
            return
        forms = [disclosure.wording(context.jurisdiction, context.locale, form) for form in ("full", "short", "spoken")]
        wanted = [_LOOSE.sub("", fold(form).text) for form in forms if form and "{" not in form]
        if not any(form and "{" in form for form in forms) and not any(words in loose for words in wanted):
            yield context.whole(next((form for form in forms if form), ""))


class PartsMatch(Match):
    """Parts that a text must have, each as patterns on folded text, by locale."""

    parts: dict[str, dict[str, Listed]]


class Parts(Check):
    """A call must say who calls, ask, and show the way out."""

    kind = "parts"
    Match = PartsMatch

    def hits(self, context: Context) -> Iterator[Hit]:
        for name, by_locale in self.match.parts.items():
            patterns = by_locale.get(context.locale) or ()
            if patterns and not re.search("|".join(patterns), context.folded.text):
                yield context.whole(name)
