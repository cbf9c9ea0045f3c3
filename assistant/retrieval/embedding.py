"""What the index asks of an embedding model, and which vectors it takes where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.errors import ModelAnswer
from assistant.retrieval.vectors import DIMENSION, HASHING, hashed_all

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 64


class Embedder(Protocol):
    """An embedding model. `embed` raises ModelError where no answer comes."""

    @property
    def name(self) -> str:
        """The model's name; another name means another index."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        ...

    def embed(self, texts: list[str]) -> list[list[float]]:
        """n texts → n vectors of `dimension` numbers."""
        ...


def named(embedder: Embedder | None) -> tuple[str, int]:
    """Name and dimension of the vectors that an index with this embedder holds."""
    return (embedder.name, embedder.dimension) if embedder else (HASHING, DIMENSION)


def vectors_of(texts: Sequence[str], embedder: Embedder | None) -> NDArray[np.float32]:
    """n texts → (n, dimension) float32 of length 1; ModelAnswer where the model gives another shape."""
    import numpy as np

    if embedder is None:
        return hashed_all(texts)
    rows: list[list[float]] = []
    for at in range(0, len(texts), BATCH):
        rows += embedder.embed(list(texts[at : at + BATCH]))
    if len(rows) != len(texts) or any(len(row) != embedder.dimension for row in rows):
        raise ModelAnswer(
            f"{embedder.name} did not give {len(texts)} vectors of {embedder.dimension} numbers.",
            "Check the model's name and dimension.",
        )
    matrix = np.asarray(rows, dtype=np.float32).reshape(len(texts), embedder.dimension)
    if not np.isfinite(matrix).all():
        raise ModelAnswer(f"{embedder.name} gave numbers that are not finite.", "Check the model server's log.")
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: NDArray[np.float32] = matrix / lengths
    return unit
