"""How different the texts of a cell are: distinct n-grams, self-BLEU, the spread of their vectors."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.domain.slots import blank
from assistant.errors import ModelError
from assistant.retrieval.embedding import vectors_of
from assistant.text.fold import HAN
from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.scorers.texts import texts_of
from eval.tasks.seam import Answer, Room

_TOKEN = re.compile(rf"[{HAN}]|[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
ORDER = 4


@scorer(version=1)
def diversity(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """Of the writer's own words, slots left out. `distinct_1`, `distinct_2`: different n-grams over all of them
    (Li and others 2016); `self_bleu_cost`: how well the others foretell a text (Zhu and others 2018), 0 to 1;
    `embedding_spread`: the mean cosine distance of two, where an embedding model is set."""
    texts = [blank(one.template or one.own) for one in texts_of(case, answer, room)]
    if len(texts) < 2:
        why = "there are no two texts to compare"
        yield from (Score(name, None, why) for name in ("distinct_1", "distinct_2", "self_bleu_cost"))
        return
    told = [tokens(text) for text in texts]
    for n in (1, 2):
        yield Score(f"distinct_{n}", distinct(told, n))
    yield Score("self_bleu_cost", self_bleu(told))
    yield _spread(texts, room)


def tokens(text: str) -> list[str]:
    """Characters of Chinese, words of Latin script, in lower case."""
    return _TOKEN.findall(text.lower())


def grams(told: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    """The n-grams of a text and how often each stands in it."""
    return Counter(tuple(told[at : at + n]) for at in range(len(told) - n + 1))


def distinct(texts: Sequence[Sequence[str]], n: int) -> float:
    """Different n-grams over all n-grams of the texts together, 0 to 1; 0 where there are none."""
    whole = sum((grams(one, n) for one in texts), Counter[tuple[str, ...]]())
    return len(whole) / whole.total() if whole else 0.0


def self_bleu(texts: Sequence[Sequence[str]]) -> float:
    """The mean BLEU-4 of each text with the others as references: 1 where all say the same."""
    return sum(bleu(one, [other for other in texts if other is not one]) for one in texts) / len(texts)


def bleu(text: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """BLEU (Papineni and others 2002) over n-grams up to four, above one smoothed by one more match and one more
    n-gram (Lin and Och 2004); 0 where no word is shared."""
    if not text:
        return 0.0
    logs = 0.0
    for n in range(1, ORDER + 1):
        own, most = grams(text, n), Counter[tuple[str, ...]]()
        for other in references:
            most |= grams(other, n)
        shared, smooth = (own & most).total(), int(n > 1)
        if shared + smooth == 0:
            return 0.0
        logs += math.log((shared + smooth) / (own.total() + smooth))
    nearest = min((abs(len(other) - len(text)), len(other)) for other in references)[1]
    return min(1.0, math.exp(1 - nearest / len(text))) * math.exp(logs / ORDER)


def _spread(texts: Sequence[str], room: Room) -> Score:
    embedder = room.desk.embedder
    if embedder is None:
        return Score("embedding_spread", None, "no embedding model is set")
    try:
        vectors = vectors_of(texts, embedder)
    except ModelError as error:
        return Score("embedding_spread", None, f"the embedding model does not answer ({error.what})")
    apart = [1 - float(one @ other) for one, other in combinations(vectors, 2)]
    return Score("embedding_spread", sum(apart) / len(apart))
