"""Several judges on a text or pair: the middle level, the side of more than half; who could not judge is counted."""

from __future__ import annotations

import asyncio
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import InputError, Refused
from eval.judge.families import families_of
from eval.judge.judge import Judge, Judgement, NotJudged, Preference, Side
from eval.judge.piece import Piece


@dataclass(frozen=True)
class Juror:
    """A judge with the name of its model."""

    model: str
    judge: Judge

    @property
    def families(self) -> frozenset[str]:
        """What its model was made from."""
        return families_of(self.model)


@dataclass(frozen=True, slots=True)
class Levelled:
    """A jury's level: the middle one of those that judged, of two middle ones the lower. None where too few could."""

    criterion: str
    level: int | None
    votes: tuple[Judgement | NotJudged, ...]
    why: str

    @property
    def unable(self) -> int:
        """How many could not judge."""
        return sum(isinstance(one, NotJudged) for one in self.votes)


@dataclass(frozen=True, slots=True)
class Preferred:
    """A jury's preference: the side that more than half of those that judged prefer, else `tie`. None where too few
    could judge."""

    criterion: str
    better: Side | None
    votes: tuple[Preference | NotJudged, ...]
    why: str

    @property
    def unable(self) -> int:
        """How many could not judge."""
        return sum(isinstance(one, NotJudged) for one in self.votes)


@dataclass(frozen=True)
class Jury:
    """Judges who decide together. `said` tells in words who was left out and what to think of those who sit."""

    jurors: tuple[Juror, ...]
    said: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The models and the judge's prompts, in order: a jury of others is another judge."""
        return "+".join(f"{one.model}={one.judge.name}" for one in self.jurors)

    async def judge(self, piece: Piece, criterion: str) -> Levelled:
        """The text's level by all. Raises UnknownId for a criterion that is none."""
        votes = tuple(await asyncio.gather(*(one.judge.judge(piece, criterion) for one in self.jurors)))
        levels = [vote.level for vote in votes if isinstance(vote, Judgement)]
        if why := self._too_few(votes):
            return Levelled(criterion, None, votes, why)
        level = statistics.median_low(levels)
        return Levelled(criterion, level, votes, f"{_levels(levels)}: {level}. {_unable(votes)}".strip())

    async def prefer(self, a: Piece, b: Piece, criterion: str) -> Preferred:
        """The better text by all. Raises UnknownId for a criterion that is none."""
        votes = tuple(await asyncio.gather(*(one.judge.prefer(a, b, criterion) for one in self.jurors)))
        if why := self._too_few(votes):
            return Preferred(criterion, None, votes, why)
        count = Counter(vote.better for vote in votes if isinstance(vote, Preference))
        side, most = count.most_common(1)[0]
        better: Side = side if 2 * most > count.total() else "tie"
        said = ", ".join(f"{one} {count[one]}" for one in ("a", "b", "tie") if count[one])
        return Preferred(criterion, better, votes, f"{said}: {better}. {_unable(votes)}".strip())

    def _too_few(self, votes: Sequence[object]) -> str:
        able = sum(not isinstance(vote, NotJudged) for vote in votes)
        return "" if 2 * able > len(votes) else f"Too few could judge. {_unable(votes)}"


def seated(judges: Sequence[Juror], generator: str | None) -> Jury:
    """The judges who may judge a generator's texts: none of its own family. None: no model wrote them.

    Raises InputError without a judge, Refused (`own_family`) where all are of the generator's family.
    """
    if not judges:
        raise InputError("A jury needs a judge.", "Name a model.")
    own = families_of(generator) if generator else frozenset()
    kept = tuple(one for one in judges if not one.families & own)
    wrote = f"{generator}, which wrote the texts ({', '.join(sorted(own))})"
    said = [f"{one.model} was left out: it is of the family of {wrote}." for one in judges if one not in kept]
    if not kept:
        names = ", ".join(dict.fromkeys(one.model for one in judges))
        what = f"Every judge ({names}) is of the family of {wrote}."
        raise Refused("own_family", what, "A model prefers its own words: name a judge of another family.")
    if shared := frozenset.intersection(*(one.families for one in kept)):
        said.append(f"All judges are of one family ({', '.join(sorted(shared))}): their faults are the same.")
    return Jury(kept, tuple(said))


def _levels(levels: Sequence[int]) -> str:
    return "levels " + ", ".join(map(str, sorted(levels)))


def _unable(votes: Sequence[object]) -> str:
    faults = [vote.fault for vote in votes if isinstance(vote, NotJudged)]
    return f"{len(faults)} of {len(votes)} could not judge ({', '.join(sorted(faults))})." if faults else ""
