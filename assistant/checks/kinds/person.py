"""Checks that take their answer from data about the reader and the sending, never from words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assistant.checks.context import Context, Hit
from assistant.checks.identifiers import identifiers
from assistant.checks.kinds.base import Check, Match
from assistant.domain.suitability import ELDER_AGE, ELDER_GRADE, Person, unsuitable
from assistant.text.fold import folded_word
from assistant.text.patterns import AnyOf, Ways, all_required


class HoursMatch(Match):
    """The hours of the day in which a message may be sent."""

    start: int = 8
    end: int = 21


class Hours(Check):
    """Nothing is sent at night."""

    kind = "hours"
    reader = True
    Match = HoursMatch

    def needs(self, context: Context) -> list[str]:
        return [] if isinstance(context.case.send_at, dt.datetime) else ["send_at"]

    def hits(self, context: Context) -> Iterator[Hit]:
        at = context.case.send_at
        if isinstance(at, dt.datetime) and not dt.time(self.match.start) <= at.time() <= dt.time(self.match.end):
            yield context.whole(f"{at:%H:%M}")


class Consent(Check):
    """Marketing only to those who agreed to it."""

    kind = "consent"
    reader = True

    def needs(self, context: Context) -> list[str]:
        return ["consent"] if context.case.purpose == "sales" and context.case.consent is None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        if context.case.purpose == "sales" and context.case.consent is False:
            yield context.whole()


class Suitability(Check):
    """The product's grade is not above the customer's, and the assessment is not stale."""

    kind = "suitability"
    reader = True

    def needs(self, context: Context) -> list[str]:
        if not context.grade:
            return []
        case = context.case
        return [name for name in ("risk", "risk_assessed_at") if getattr(case, name) is None]

    def hits(self, context: Context) -> Iterator[Hit]:
        case, grade = context.case, context.grade
        if not grade:
            return
        person = Person(None, int(case.risk[1]) if case.risk else None, case.risk_assessed_at)
        if refusal := unsuitable(grade, person, context.day):
            yield context.whole(refusal.why)


class Elder(Check):
    """High-risk products are not offered from 65 on."""

    kind = "elder"
    reader = True

    def needs(self, context: Context) -> list[str]:
        return ["age"] if (context.grade or 0) >= ELDER_GRADE and context.case.age is None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        if (context.case.age or 0) >= ELDER_AGE and (context.grade or 0) >= ELDER_GRADE:
            yield context.whole(f"R{context.grade}")


class Placement(Check):
    """A privately placed product does not go through a public channel."""

    kind = "placement"

    def hits(self, context: Context) -> Iterator[Hit]:
        if context.placement == "private" and context.channel is not None and context.channel.public:
            yield context.whole(context.channel.id)


class TrustMatch(Match):
    """The age from which foreign securities are not pitched to people who are no professionals."""

    min_age: int = 70
    product_types: tuple[str, ...] = ("fund",)


class Trust(Check):
    """Securities are not pitched to elderly people who are no professional investors."""

    kind = "trust"
    reader = True
    Match = TrustMatch

    def needs(self, context: Context) -> list[str]:
        if not context.product_types & set(self.match.product_types):
            return []
        return [name for name in ("age", "professional") if getattr(context.case, name) is None]

    def hits(self, context: Context) -> Iterator[Hit]:
        case = context.case
        pitched = context.product_types & set(self.match.product_types)
        if pitched and (case.age or 0) >= self.match.min_age and case.professional is False:
            yield context.whole()


class Identifiers(Check):
    """No number that identifies a person or an account."""

    kind = "identifiers"

    def hits(self, context: Context) -> Iterator[Hit]:
        for start, end, kind in identifiers(context.folded.text, self.pack.institution.link_hosts):
            yield context.hit(start, end, kind)


class OtherCustomers(Check):
    """Nothing of another customer's than the one who is written to."""

    kind = "other_customers"
    reader = True

    def hits(self, context: Context) -> Iterator[Hit]:
        for words in context.case.others:
            wanted = folded_word(words)
            at = context.folded.text.find(wanted) if wanted else -1
            if at >= 0:
                yield context.hit(at, at + len(wanted))


class Disclosed(Match):
    """Patterns of folded text that state a customer's own amounts."""

    patterns: tuple[str, ...] = ()


class OwnAmounts(Check):
    """No balance or holding of the reader in a message."""

    kind = "own_amounts"
    Match = Disclosed

    def prepare(self) -> None:
        self._patterns = AnyOf(self.match.patterns)

    def triggers(self) -> tuple[Ways, ...]:
        return all_required(self.match.patterns)

    def hits(self, context: Context) -> Iterator[Hit]:
        for match in self._patterns.finditer(context.folded.text, context.woken.get(self)):
            if not context.is_exempt(*match.span()):
                yield context.hit(*match.span())
