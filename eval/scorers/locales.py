"""Whether the languages are served alike: the same offer where the law allows it, the same figures, no text less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from assistant.domain.knowledge import short_key
from assistant.domain.pack import Pack
from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.tasks.seam import Answer, Room

Version = Mapping[str, Any]


@scorer(version=1)
def locales_alike(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """Over the versions of a cell, one a language, in each one's own market. `as_many`: as many texts in each.
    `same_offer`: the same product wherever it is sold. `all_pass`: no language's texts are blocked. `same_figures`:
    facts told by both of two versions with one offer, over those told by either, on average over the pairs. A language
    for which a law or market forbids the cell is left out."""
    pack = room.desk.pack
    told = [one for one in answer.content["versions"] if one["status"] != "not_applicable"]
    if len(told) < 2:
        why = "; ".join(f"{one['of']}: {one['why']}" for one in answer.content["versions"] if one["why"])
        yield from (Score(metric, None, why[:500]) for metric in ("as_many", "same_offer", "all_pass", "same_figures"))
        return
    counts = {one["of"]: len(one["texts"]) for one in told}
    yield Score("as_many", float(len(set(counts.values())) == 1), f"{counts}")
    others = list(_other_offers(pack, told))
    yield Score("same_offer", float(not others), "; ".join(others))
    blocked = [one["of"] for one in told if any(text["verdict"] == "block" for text in one["texts"])]
    yield Score("all_pass", float(not blocked and all(counts.values())), ", ".join(blocked))
    shares = [_shared(one, other) for one, other in combinations(told, 2) if one["offer"] == other["offer"]]
    known = [share for share in shares if share is not None]
    yield Score("same_figures", sum(known) / len(known) if known else None, "" if known else "no figure is told")


def _other_offers(pack: Pack, told: Sequence[Version]) -> Iterator[str]:
    for one, other in combinations(told, 2):
        if one["offer"] != other["offer"]:
            markets = {pack.home_market(version["of"]) for version in (one, other)}
            offers = [pack.products[version["offer"]] for version in (one, other) if version["offer"]]
            if all(not offer.markets or markets <= set(offer.markets) for offer in offers):
                yield f"{one['of']}: {one['offer']}, {other['of']}: {other['offer']}"


def _shared(one: Version, other: Version) -> float | None:
    here, there = _keys(one), _keys(other)
    either = len(here | there)
    return len(here & there) / either if either else None


def _keys(version: Version) -> frozenset[str]:
    return frozenset(short_key(c["fact"]) for text in version["texts"] for c in text["claims"] if c["fact"])
