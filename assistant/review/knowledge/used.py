"""Where an entry is used by other entries of the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.domain.pack import Pack

Named = Callable[[Any], Any]
"""The ids that an entry names."""
REFERENCES: Mapping[str, tuple[tuple[str, Named], ...]] = {
    "products": (
        ("campaigns", lambda one: one.offers),
        ("triggers", lambda one: [offer.product for offer in one.offers]),
    ),
    "campaigns": (("triggers", lambda one: [one.campaign]),),
    "disclosures": (
        ("products", lambda one: one.disclosures),
        ("campaigns", lambda one: one.disclosures),
        ("rules", lambda one: [step.match.get("disclosure") for step in one.steps()]),
    ),
    "segments": (
        ("products", lambda one: one.customers.segments),
        ("campaigns", lambda one: one.eligibility.segments),
        ("triggers", lambda one: one.prior.segments),
    ),
    "ages": (
        ("segments", lambda one: one.ages),
        ("products", lambda one: one.customers.ages),
        ("campaigns", lambda one: one.eligibility.ages),
        ("triggers", lambda one: one.prior.ages),
    ),
    "channels": (
        ("products", lambda one: one.channels),
        ("campaigns", lambda one: one.channels),
        ("triggers", lambda one: one.channels),
        ("rules", lambda one: one.applies_to.channels),
    ),
}
_ASKED = {"products": "product", "campaigns": "campaign", "disclosures": "disclosure"}


def uses_of(pack: Pack, section: str, own: str) -> dict[str, list[str]]:
    """The ids of the entries that name an entry, by their section."""
    return {name: ids for name, ids in _uses(pack, section, own) if ids}


def _uses(pack: Pack, section: str, own: str) -> Iterator[tuple[str, list[str]]]:
    for other, named in REFERENCES.get(section, ()):
        yield other, [id for id, entry in getattr(pack, other).items() if own in named(entry)]
    asked = f"{_ASKED[section]}:{own}" if section in _ASKED else ""
    if section == "guides":
        asked = next((f"guide:{guide.subject}" for guide in pack.guides if guide.id == own), "")
    yield "asked", [asked] if asked in pack.asked else []
    if section in ("campaigns", "segments", "ages", "channels"):
        key = {"campaigns": "campaign", "segments": "segment", "ages": "age", "channels": "channel"}[section]
        phrases = (one for book in pack.books.values() for one in book.phrases)
        yield "phrases", [one.id for one in phrases if own in getattr(one, key)]
