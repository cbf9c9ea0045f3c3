"""The tone of a text for its reader: words that jar with a segment or an age, and how the reader is addressed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.checks.negation import Negation
from assistant.domain.pack import Pack
from assistant.text.fold import fold, folded_word
from assistant.text.trie import any_of
from eval.cases.case import Case
from eval.scorers.readable import band_of
from eval.scorers.seam import Score, scorer
from eval.scorers.texts import locale_of, texts_of, unwritten
from eval.tasks.seam import Answer, Room

TONE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("tone.yaml").read_text(encoding="utf-8"))
_ADDRESS = re.compile("[你您]")


@scorer(version=1)
def tone(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """`tone`: the share of texts without a word that jars with the reader's segment or age. `address`: the share of
    Chinese texts that address the reader as the age band is addressed, and in no other way."""
    judged = texts_of(case, answer, room)
    if not judged:
        yield Score("tone", None, unwritten(answer) or "there is no text")
        return
    locale = locale_of(case, judged[0].text)
    band = band_of(room.desk.pack, case.given.get("age"))
    families = jarring(str(case.given.get("segment", "any")), band.id if band else "")
    found = [words for one in judged if (words := jars(room.desk.pack, one.own, families, locale))]
    told = "; ".join(dict.fromkeys(word for words in found for word in words))
    yield Score("tone", 1 - len(found) / len(judged), told, told)
    if band is not None and locale != "en":
        own = band.address[locale]
        other = [one for one in judged if set(_ADDRESS.findall(one.own)) - {own}]
        yield Score("address", 1 - len(other) / len(judged), f"not {own} throughout" if other else "")


def jarring(segment: str, age: str) -> tuple[str, ...]:
    """The families of words that jar with a reader."""
    by_segment, by_age = TONE["segments"], TONE["ages"]
    return tuple(dict.fromkeys([*by_segment["any"], *by_segment.get(segment, ()), *by_age.get(age, ())]))


def jars(pack: Pack, text: str, families: Iterable[str], locale: str) -> list[str]:
    """The words of these families that stand in a text, as it has them; those that it negates do not count."""
    return unnegated(pack, text, _pattern(tuple(families), locale == "en"), locale)


def unnegated(pack: Pack, text: str, pattern: re.Pattern[str], locale: str) -> list[str]:
    """What a pattern over folded text finds in a text, as it stands there, without what stands under a negation."""
    folded, negation = fold(text), _negation(pack)
    found = [match.span() for match in pattern.finditer(folded.text)]
    told = [span for span in found if not negation.before(folded.text, span[0], locale)]
    return [text[slice(*folded.span(start, end))] for start, end in told]


@lru_cache(maxsize=4)
def _negation(pack: Pack) -> Negation:
    return Negation(pack)


@lru_cache(maxsize=64)
def _pattern(families: tuple[str, ...], english: bool) -> re.Pattern[str]:
    return pattern_of(word for name in families for word in TONE["words"][name]["en" if english else "zh"])


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern over folded text that finds any of the words."""
    return re.compile(any_of(folded_word(word) for word in words))
