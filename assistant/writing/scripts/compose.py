"""A script's own words: its sections as templates, before anything is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.catalogue import Product
from assistant.domain.pack import Pack
from assistant.domain.plan import Part
from assistant.domain.script import Line, SectionKind
from assistant.domain.slots import resolve
from assistant.writing.frame import joined
from assistant.writing.scripts.lines import Lines

OBJECTIONS, QUESTIONS, ADVICE, HEARD = 3, 3, 2, 2
UNHAPPY = "dissatisfied"
GRADED = ("wealth", "fund")


@dataclass(frozen=True, slots=True)
class Words:
    """One section's template; `ask`: what the customer objects; `product`: the one thing that it speaks of."""

    kind: SectionKind
    template: str
    ask: str = ""
    product: str | None = None


@dataclass(frozen=True)
class Composer:
    """Composes scripts of one locale out of lines: what stands in which order.

    `products`: what is spoken of; `plan`: empty where one thing is offered. What another writer may say in its own
    words has a method of its own (`why`, `questions`, `offered`, `objections`, `step`, `cared`); opening, warnings,
    whom to call and the way out are the lines' alone.
    """

    pack: Pack
    lines: Lines
    locale: str
    you: str
    products: Sequence[Product]
    plan: Sequence[Part]
    repairs: bool
    """Whether the call is first of all an apology: nothing is offered in it."""
    withheld: Sequence[Product] = ()
    """What could be offered if the customer's risk assessment were valid."""

    def care(self) -> list[Words]:
        """Questions, advice, whom to call; nothing is sold."""
        told = [self._one("opening"), self.why(), *self.cared("question", QUESTIONS), *self.cared("advice", ADVICE)]
        return [*filter(None, [*told, *self._cared("contact", 1), self.step(None), self._one("closing", role=None)])]

    def sales(self, disclosures: Sequence[str], asked: int = QUESTIONS) -> list[Words]:
        """Purpose, discovery, the plan or the offer, objections at hand, warnings, next step."""
        told = [self._one("opening"), *self._purpose(asked)]
        if not self.repairs:
            told += self.offered()
        told += self.objections()
        if disclosures:
            told.append(Words("disclosure", joined(list(disclosures), self.locale)))
        told += [*self._next(), self._one("closing", role="exit"), self._one("closing", role=None)]
        return [*filter(None, told)]

    def why(self) -> Words | None:
        """What the call is about."""
        return self._one("purpose", role=None)

    def questions(self, count: int) -> Sequence[Words]:
        """What the customer is asked about the reason of the call, before anything is offered."""
        lines = [line for line in self.lines.suited("discovery") if line.mood != UNHAPPY][:count]
        return [self._words("discovery", line.text) for line in sorted(lines, key=lambda line: line.id)]

    def _heard(self, count: int) -> Sequence[Words]:
        """What an unhappy customer is asked: what went wrong, which is the first line by id, before all that hangs on
        the answer."""
        found = self.lines.suited("discovery", mood=UNHAPPY)
        first = min(found, key=lambda line: line.id, default=None)
        rest = [line for line in found if line is not first][: count - 1]
        chosen = sorted([first, *rest], key=lambda line: line.id) if first else []
        return [self._words("discovery", line.text) for line in chosen]

    def cared(self, role: str, count: int) -> Sequence[Words]:
        """A care call's questions or advice."""
        return self._cared(role, count)

    def offered(self) -> Sequence[Words | None]:
        """The plan, part by part, or the one offer."""
        if not self.plan:
            product = self.products[0] if self.products else None
            line = self.lines.first("plan", product, bucket="offer") if product else None
            return [self._words("plan", line.text, product)] if line else []
        parts = [self._part(part) for part in self.plan]
        return [self._one("plan", bucket="lead"), *parts, self._one("plan", bucket="close")]

    def objections(self) -> Sequence[Words]:
        """Three that are likely: those about what is offered first, then what anybody may say."""
        kinds: list[Product | None] = [*self.products] if self.products and not self.repairs else [None]
        found: dict[str, tuple[Line, Product | None]] = {}
        for product in kinds:
            for line in self.lines.suited("objection", product):
                # Who is called to be heard objects to nothing that the trigger would have offered.
                if not (self.repairs and line.trigger):
                    found.setdefault(line.id, (line, product))
        own = [pair for pair in found.values() if pair[0].product_type]
        general = [pair for pair in found.values() if not pair[0].product_type]
        chosen = [*own[:2], *general][:OBJECTIONS]
        return [self._words("objection", line.text, product, line.ask) for line, product in chosen]

    def step(self, product: Product | None) -> Words | None:
        """What comes next where a product, or none, was spoken of."""
        line = self.lines.first("next_step", product, mood=None)
        return self._words("next_step", line.text, product) if line else None

    def _purpose(self, asked: int) -> list[Words | None]:
        """Why we call, what to do if the cause was not the customer's own, and what is asked.

        An apology comes first where one is due, and the customer is heard before the call goes on.
        """
        why = [self.why(), self._one("care", role="contact")]
        if self.repairs:
            return [*why, *self._heard(asked)]
        if self.lines.occasion.mood != UNHAPPY:
            return [*why, *self.questions(asked)]
        heard = [self._one("purpose", role="apology"), *self._heard(HEARD), self._one("purpose", role="bridge")]
        return [*heard, *why, *self.questions(asked - 1)]

    def _cared(self, role: str, count: int) -> list[Words]:
        lines = self.lines.suited("care", role=role)
        if role == "question" and self.lines.occasion.speaker == "robot":
            # A machine can weigh no answer: it asks only what was written for it, and hears keys.
            lines = [line for line in lines if line.owner]
        return [self._words("care", line.text) for line in sorted(lines[:count], key=lambda line: line.id)]

    def _part(self, part: Part) -> Words | None:
        product = self.pack.products[part.product] if part.product else None
        line = self.lines.first("plan", product, bucket=part.bucket)
        return self._of_plan(part.bucket, line.text, product) if line else None

    def _of_plan(self, bucket: str, template: str, product: Product | None) -> Words:
        return self._words("plan", template.replace("{plan.amount}", f"{{plan:{bucket}.amount}}"), product)

    def _next(self) -> list[Words | None]:
        """What was promised to an unhappy customer, then the step that fits what was spoken of; where graded products
        were left out, last the assessment."""
        heard = self._one("next_step", mood=UNHAPPY) if self.lines.occasion.mood == UNHAPPY else None
        if self.repairs:
            return [heard]
        graded = [product for product in self.products if product.type in GRADED]
        first = next((product for product in self.withheld if product.type in GRADED), None)
        step = next(filter(None, map(self.step, [*graded, *self.products])), None) or self.step(None)
        return [heard, step, Composer.step(self, first) if first else None]

    def _one(self, section: SectionKind, **wanted: str | None) -> Words | None:
        line = self.lines.first(section, None, **wanted)
        return self._words(section, line.text) if line else None

    def _words(self, kind: SectionKind, template: str, product: Product | None = None, ask: str = "") -> Words:
        told = template.replace("{you}", self.you)
        own = product.id if product else None
        return Words(kind, resolve(told, own, None), ask.replace("{you}", self.you), own)
