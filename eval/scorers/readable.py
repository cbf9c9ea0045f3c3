"""How easily the writer's own words read: the length of sentences against what an age band bears."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.checks.measure import sentence_length, sentences
from assistant.domain.audience import AgeBand
from assistant.domain.pack import Pack
from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.scorers.texts import locale_of, texts_of, unwritten
from eval.tasks.seam import Answer, Room

BOUNDS: dict[str, dict[str, dict[str, float]]] = yaml.safe_load(
    Path(__file__).with_name("readable.yaml").read_text(encoding="utf-8")
)["bounds"]


@scorer(version=1)
def readable(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """Lengths are characters of Chinese, words of English; warnings are left out. `sentence_cost`: the mean length.
    `in_bounds`: the share of sentences that are no longer than the reader's age band bears. `even`: the mean, text by
    text, is within what reads well to that band."""
    judged = texts_of(case, answer, room)
    locale = locale_of(case, judged[0].text) if judged else "en"
    lengths = [[sentence_length(one.own[start:end], locale) for start, end in sentences(one.own)] for one in judged]
    whole = [length for one in lengths for length in one]
    if not whole:
        why = unwritten(answer) or "there is no sentence"
        yield from (Score(metric, None, why) for metric in ("sentence_cost", "in_bounds", "even"))
        return
    yield Score("sentence_cost", sum(whole) / len(whole))
    band = band_of(room.desk.pack, case.given.get("age"))
    bounds = BOUNDS.get(locale, {}).get(band.id if band else "any")
    if bounds is None:
        yield from (Score(metric, None, "no bound is known for this reader") for metric in ("in_bounds", "even"))
        return
    long = [length for length in whole if length > bounds["longest"]]
    why = f"{len(long)} of {len(whole)} over {bounds['longest']:g}: {max(long)}" if long else ""
    yield Score("in_bounds", 1 - len(long) / len(whole), why)
    means = [sum(one) / len(one) for one in lengths if one]
    yield Score("even", sum(mean <= bounds["mean"] for mean in means) / len(means))


def band_of(pack: Pack, age: Any) -> AgeBand | None:
    """The age band that a case names by its id or in years; None where it says neither."""
    if isinstance(age, str):
        return pack.ages.get(age)
    if age is None:
        return None
    return next((band for band in pack.ages.values() if band.start <= age <= (band.until or 200)), None)
