"""The self-test that decides whether an embedding model may vote: it must find the pack's own products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.retrieval.embedding import Embedder, vectors_of
from assistant.retrieval.entry import Entry
from assistant.retrieval.lexical import Lexical

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEPTH = 10
NOT_BELOW = 0.9
_SENTENCE = re.compile("[^。.!?\uff01\uff1f\n]+")


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares (0…1) of questions whose entry is among the first ten."""

    dense: float
    lexical: float

    @property
    def passed(self) -> bool:
        """Whether dense is good enough to be heard beside BM25."""
        return self.dense >= NOT_BELOW * self.lexical


def questions(entries: Sequence[Entry]) -> Iterator[tuple[str, int]]:
    """Each product's title, names and first sentence of its summary, with the row of its entry."""
    for row, entry in enumerate(entries):
        if entry.kind == "product":
            lines = entry.text.split("\n")
            asked = [entry.title, lines[0].partition(" ")[2]]
            asked += [match[0].strip() for match in _SENTENCE.finditer(lines[2])][:1] if len(lines) > 2 else []
            yield from ((text, row) for text in dict.fromkeys(asked) if text)


def self_test(entries: Sequence[Entry], vectors: NDArray[np.float32], lexical: Lexical, embedder: Embedder) -> Recall:
    """Dense recall@10, exact, beside BM25's. Raises ModelError where the embedder does not answer."""
    import numpy as np

    asked = list(questions(entries))
    if not asked:
        return Recall(0.0, 1.0)
    similar = vectors_of([text for text, _ in asked], embedder) @ vectors.T
    dense = sum(_among(np.asarray(scores), row) for scores, (_, row) in zip(similar, asked, strict=True))
    words = sum(_among(lexical.scores(text), row) for text, row in asked)
    return Recall(dense / len(asked), words / len(asked))


def _among(scores: NDArray[np.float32], row: int) -> bool:
    # Ties count against it: a model that gives every text one vector has found nothing.
    return scores[row] > 0 and int((scores >= scores[row]).sum()) <= DEPTH
