"""Where mutations start: texts that the desk wrote and approved, with what is known about them."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from assistant.bootstrap.desk import Desk
from assistant.checks.case import LintCase
from assistant.domain.brief import Brief, Cell
from assistant.domain.catalogue import Campaign, Product
from assistant.domain.draft import Variant
from assistant.domain.facts import Fact
from assistant.domain.pack import Pack
from assistant.writing.cells import CellWriter
from assistant.writing.gate import Gate


@dataclass(frozen=True)
class Source:
    """An approved text, the case that it passes as, and the figures in it with the facts that they state."""

    pack: Pack
    cell: Cell
    variant: Variant
    case: LintCase
    product: Product | None
    campaign: Campaign
    figures: tuple[tuple[int, int, Fact], ...]

    @property
    def text(self) -> str:
        """The text as approved."""
        return self.case.text

    def of_kind(self, *kinds: str) -> list[tuple[int, int, Fact]]:
        """Figures that state facts of some kinds."""
        return [figure for figure in self.figures if figure[2].kind in kinds]

    def changed(self, start: int, end: int, words: str) -> LintCase:
        """The case with other words at start…end."""
        return self.told(self.text[:start] + words + self.text[end:])

    def told(self, text: str, **known: object) -> LintCase:
        """The case with another text, or something else known about it."""
        return self.case.model_copy(update={"text": text, **known})

    def after_a_sentence(self, words: str, draw: random.Random) -> LintCase | None:
        """The case with a sentence of its own somewhere between two others."""
        stops = "。" if self.cell.locale != "en" else ". "
        places = [i + len(stops) for i in range(len(self.text)) if self.text.startswith(stops, i)]
        places = [at for at in places if at < len(self.text)]
        if not places:
            return None
        at = draw.choice(places)
        gap = " " if self.cell.locale == "en" else ""
        return self.changed(at, at, words + gap)


Mutator = Callable[[Source, random.Random], LintCase | None]
"""Breaks a text in one way; None where it cannot."""
KINDS: dict[str, Mutator] = {}


def kind(name: str) -> Callable[[Mutator], Mutator]:
    """Registers a way of breaking a text."""

    def register(mutator: Mutator) -> Mutator:
        KINDS[name] = mutator
        return mutator

    return register


def sources(desk: Desk, per_locale: int, seed: int, on: dt.date) -> list[Source]:
    """Approved texts at random, spread over campaigns, channels, segments and ages of every locale."""
    draw = random.Random(seed)
    gate = Gate(desk.pack, desk.engine)
    writer = CellWriter(desk.pack, gate, desk.phrases, lambda cell, product, brief: ())
    found: list[Source] = []
    for locale in desk.pack.locales:
        seen: set[Cell] = set()
        while len(seen) < per_locale:
            campaign = draw.choice(list(desk.pack.campaigns.values()))
            span = campaign.period.next_from(on)
            if span is None:
                continue
            brief = Brief(
                campaign=campaign.id,
                segments=(draw.choice(list(desk.pack.segments)),),
                ages=(draw.choice(list(desk.pack.ages)),),
                channels=(draw.choice(list(desk.pack.channels)),),
                locales=(locale,),
                send_on=max(span.start, on),
            )
            for cell in brief.cells(desk.pack):
                written = asyncio.run(writer.write(cell, brief, "mutations"))
                if written.variants and cell not in seen:
                    seen.add(cell)
                    product = desk.pack.products[written.offer] if written.offer else None
                    found.append(_source(desk.pack, cell, draw.choice(written.variants), product, brief.send_on))
    return found


def _source(pack: Pack, cell: Cell, variant: Variant, product: Product | None, day: dt.date) -> Source:
    campaign = pack.campaigns[cell.campaign]
    case = LintCase(
        id=cell.key,
        text=variant.text,
        channel=cell.channel,
        product=product.id if product else None,
        campaign=cell.campaign,
        locale=cell.locale,
        market=cell.market,
        age=pack.ages[cell.age].start,
        risk=f"C{max(product.grade, 1)}" if product else "C3",
        risk_assessed_at=day - dt.timedelta(days=30),
        professional=True,
        consent=True,
        first_contact=False,
        purpose=campaign.kind,
        send_at=dt.datetime.combine(day, dt.time(10, 0)),
    )
    by_ref = {fact.ref: fact for fact in pack.facts.values()}
    figures = tuple((c.start, c.end, by_ref[c.fact]) for c in variant.claims if c.fact and c.status == "bound")
    return Source(pack, cell, variant, case, product, campaign, figures)
