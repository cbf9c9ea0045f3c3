"""Vectors without a model: character n-grams hashed into 1,024 places. They say 'alike' and do not vote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.retrieval.tokens import folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSION = 1024
HASHING = "hashed-char-ngrams-123/1"
"""Changes whenever the same text gives another vector."""

# Odd multipliers of splitmix64: a fixed hash, the same in every process and on every machine.
_STEP, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_SIZES = (1, 2, 3)


def hashed(text: str) -> NDArray[np.float32]:
    """One text → (1024,) float32 of length 1; a text without characters gives the first unit vector."""
    import numpy as np

    plain = " ".join(folded(text).split())
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    vector = np.zeros(DIMENSION, dtype=np.float64)
    for size in _SIZES:
        if len(codes) < size:
            break
        grams, counts = np.unique(_mixed(_joined(codes, size)), return_counts=True)
        signs = np.where(grams >> np.uint64(63), 1.0, -1.0)
        weights = signs * (1.0 + np.log(counts)) * size
        np.add.at(vector, (grams % np.uint64(DIMENSION)).astype(np.int64), weights)
    length = float(np.linalg.norm(vector))
    if length == 0.0:
        vector[0], length = 1.0, 1.0
    return (vector / length).astype(np.float32)


def hashed_all(texts: Sequence[str]) -> NDArray[np.float32]:
    """n texts → (n, 1024) float32."""
    import numpy as np

    return np.stack([hashed(text) for text in texts]) if texts else np.zeros((0, DIMENSION), dtype=np.float32)


def _joined(codes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    import numpy as np

    joined = np.full(len(codes) - size + 1, size, dtype=np.uint64)
    for offset in range(size):
        joined = joined * np.uint64(_STEP) + codes[offset : offset + len(joined)]
    return joined


def _mixed(value: NDArray[np.uint64]) -> Any:
    import numpy as np

    value = (value ^ (value >> np.uint64(30))) * np.uint64(_MIX_1)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(_MIX_2)
    return value ^ (value >> np.uint64(31))
