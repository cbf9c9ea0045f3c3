"""How far people are with their pairs, how far they agree, and who wrote the better texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.domain.rating import RatingSession, Scored
from assistant.errors import InputError
from assistant.review.results.statistics import Interval
from eval.statistics.agreement import Agreement, alpha
from eval.statistics.intervals import share
from eval.statistics.ranking import Compared, Won, ranking
from eval.statistics.undefined import Undefined

_WON: dict[str, Won] = {"a": "first", "tie": "tie", "b": "second"}
_ORDER = ("a", "tie", "b")
NOTHING_YET = Undefined("Nobody has scored a pair yet.")
NONE_AGAIN = Undefined("No pair has come again yet.")


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `turns` are behind the rater. `agreement`: Krippendorff's alpha of all raters over the pairs that they
    share, so far; `consistent`: the share of pairs that came again and got the same answer, by rater."""

    done: int
    turns: int
    raters: int
    agreement: Agreement | Undefined
    consistent: dict[str, Interval | Undefined]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A source of texts: its log strength beside the mean of all, with its interval, and how its pairs went."""

    source: str
    strength: Interval
    won: int
    tied: int
    lost: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The sources, the strongest first. Empty where nothing can be ranked yet: `why` says so."""

    sources: tuple[Ranked, ...]
    why: str = ""


def progress_of(session: RatingSession, rater: str, turns: int, said: Sequence[Scored]) -> Progress:
    """Where a session stands for a rater. `said`: all that stands in it."""
    raters = sorted({one.rater for one in said})
    return Progress(
        done=sum(one.rater == rater for one in said),
        turns=turns,
        raters=len(raters),
        agreement=agreement_of(session, said),
        consistent={name: consistency(one for one in said if one.rater == name) for name in raters},
    )


def agreement_of(session: RatingSession, said: Sequence[Scored]) -> Agreement | Undefined:
    """How far raters agree on pairs as they saw them first; a tie lies between the two sides."""
    raters = sorted({one.rater for one in said})
    by_pair: dict[str, dict[str, str]] = defaultdict(dict)
    for one in said:
        if not one.repeat:
            by_pair[one.pair][one.rater] = one.better
    if not by_pair:
        return NOTHING_YET
    clusters = {pair.id: pair.cluster for pair in session.pairs}
    rows = [[given.get(rater) for rater in raters] for given in by_pair.values()]
    return alpha(rows, [clusters[pair] for pair in by_pair], scale="ordinal", levels=_ORDER)


def consistency(said: Iterable[Scored]) -> Interval | Undefined:
    """The share of one rater's pairs that came again, swapped, and got the same answer."""
    rows = list(said)
    first = {one.pair: one.better for one in rows if not one.repeat}
    again = [(first[one.pair], one.better) for one in rows if one.repeat and one.pair in first]
    if not again:
        return NONE_AGAIN
    return share(sum(one == other for one, other in again), len(again))


def ranking_of(session: RatingSession, said: Sequence[Scored]) -> Ranking:
    """The sources by Bradley and Terry with ties. Raters' answers to one pair are alike, and so are a campaign's pairs:
    intervals are over clusters. What came again counts once."""
    pairs = {pair.id: pair for pair in session.pairs}
    rows, clusters = list[Compared](), list[str]()
    for one in said:
        pair = pairs[one.pair]
        if not one.repeat and pair.a.source != pair.b.source:
            rows.append(Compared(pair.a.source, pair.b.source, _WON[one.better]))
            clusters.append(pair.cluster)
    try:
        found = ranking(rows, clusters if len(set(clusters)) > 1 else None)
    except InputError as error:
        return Ranking((), str(error))
    return Ranking(tuple(_ranked(name, found.interval(name), rows) for name in found.order()))


def _ranked(source: str, strength: Interval, rows: Sequence[Compared]) -> Ranked:
    own = [one for one in rows if source in (one.first, one.second)]
    tied = sum(one.won == "tie" for one in own)
    won = sum((one.won == "first") == (one.first == source) for one in own if one.won != "tie")
    return Ranked(source, strength, won, tied, len(own) - tied - won)
