"""Which warnings a text owes its reader: the one function that writers and checks both ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.domain.catalogue import Campaign, Disclosure, Product
from assistant.domain.pack import Pack


def cue_words(pack: Pack) -> frozenset[str]:
    """Words that some disclosure hangs on (抽奖, draw)."""
    return frozenset(word for one in pack.disclosures.values() for word in one.applies_to.get("words", ()))


def owed(
    pack: Pack, products: Iterable[Product], campaign: Campaign | None, stated: Collection[str]
) -> list[Disclosure]:
    """The disclosures of what is offered that hold for this text, each once.

    `stated`: the keys of the facts that the text states and the cue words that it holds. A disclosure that hangs
    on some of these is owed where one of them is there, or where the campaign's act always calls for it.
    """
    own = [name for product in products for name in product.disclosures]
    found = []
    for name in dict.fromkeys([*own, *(campaign.disclosures if campaign else ())]):
        applies = pack.disclosures[name].applies_to
        cues = (*applies.get("mentions", ()), *applies.get("words", ()))
        always = campaign is not None and campaign.act in applies.get("acts", ())
        if not cues or always or any(cue in stated for cue in cues):
            found.append(pack.disclosures[name])
    return found
