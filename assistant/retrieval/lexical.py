"""BM25 over our own tokens; the order of its scores is the order in which the texts were given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import IndexDamaged
from assistant.retrieval.tokens import tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Lexical:
    """A BM25 index of n texts."""

    def __init__(self, index: Any, size: int) -> None:
        self._index = index
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> Lexical:
        """An index of texts, in their order."""
        import bm25s

        index = bm25s.BM25(k1=1.2, b=0.6)
        index.index([tokens(text) or [""] for text in texts], show_progress=False)
        return cls(index, len(texts))

    @classmethod
    def load(cls, folder: Path, size: int) -> Lexical:
        """A saved index of `size` texts; IndexDamaged where it cannot be read."""
        import bm25s

        try:
            index = bm25s.BM25.load(str(folder), show_progress=False)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged("The word index cannot be read.") from error
        if index.scores["num_docs"] != size:
            raise IndexDamaged("The word index and the entries differ in number.")
        return cls(index, size)

    def save(self, folder: Path) -> None:
        """Write the index below a folder."""
        self._index.save(str(folder), show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """(n,) float32, one score a text; 0 where no token is shared."""
        import numpy as np

        known = [token for token in tokens(text) if token in self._index.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        found: NDArray[np.float32] = self._index.get_scores(known)
        return found
