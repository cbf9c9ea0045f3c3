"""How the house talks, for a prompt: lines of the nearest other call."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.pack import Pack
from assistant.domain.script import Line
from assistant.domain.trigger import Trigger
from assistant.writing.likeness import jaccard, trigrams
from assistant.writing.scripts.model.outline import Outline

SECTIONS = {
    "sales": ("purpose", "discovery", "plan", "objection", "next_step"),
    "care": ("purpose", "care", "next_step"),
}


def examples(pack: Pack, outline: Outline) -> list[Line]:
    """One line a section that the call has, of the nearest trigger that has one; the call's own lines are left out,
    since a model would only say them again."""
    lines = [line for line in pack.scripts.get(outline.locale, ()) if _suits(line, outline)]
    return [line for section in SECTIONS[outline.kind] for line in list(_of(pack, outline, section, lines))[:1]]


def _of(pack: Pack, outline: Outline, section: str, lines: list[Line]) -> Iterator[Line]:
    own = [line for line in lines if line.section == section and line.role in (None, "question")]
    own = [line for line in own if outline.trigger not in line.trigger]
    kinds = {pack.products[product].type for product in outline.products}
    yield from (line for line in own if kinds & set(line.product_type) and not line.trigger)
    if section == "plan":
        return
    for other in near(pack, outline.trigger):
        yield from (line for line in own if other.id in line.trigger)
    yield from (line for line in own if not line.trigger)


def near(pack: Pack, trigger: str) -> list[Trigger]:
    """Other triggers, those of the same kind, speaker and offers first, then by the likeness of their names."""
    this = pack.triggers[trigger]
    locale = pack.locales[0]
    name, offers = trigrams(this.name[locale]), {one.product for one in this.offers}

    def nearness(other: Trigger) -> tuple[int, float]:
        shared = 2 * (other.plan == this.plan) + (other.owner == this.owner)
        shared += bool(offers & {one.product for one in other.offers})
        return -shared, -jaccard(name, trigrams(other.name[locale]))

    others = [one for one in pack.triggers.values() if one.id != trigger and one.kind == this.kind]
    return sorted(others, key=nearness)


def _suits(line: Line, outline: Outline) -> bool:
    return (
        (not line.age or outline.age in line.age)
        and (not line.owner or outline.speaker in line.owner)
        and line.mood in (None, outline.mood)
        and line.status in (None, outline.status)
    )
