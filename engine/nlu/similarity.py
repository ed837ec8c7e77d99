"""How like a message is to examples seen before: Gaussian kernels by Nyström's method.

A line drawn between raw sentence vectors tells intents apart less well than one drawn
between likenesses (docs/decisions/0007). Two thousand random examples serve as landmarks
(Williams & Seeger 2001), so cost and memory stay bounded however many there are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

Matrix = np.ndarray[Any, Any]

#: Views that ``encoder`` puts side by side, each of unit length.
VIEWS = 3
LANDMARKS = 2048
#: Width of the kernel: ``exp(GAMMA * (cosine - 1))``.
GAMMA = 2.5
#: Directions whose share of the spread is below this are noise.
_LEAST_SPREAD = 1e-5
_SEED = 7
_FILE = "similarity.npz"


class SimilarityMap:
    """Rows of an encoder to rows of likeness, centred, of unit length on average."""

    def __init__(self, landmarks: Matrix, turn: Matrix, centre: Matrix, scale: float) -> None:
        self._landmarks, self._turn = landmarks, turn
        self._centre, self._scale = centre, scale

    @classmethod
    def fit(cls, rows: Matrix) -> SimilarityMap:
        """Choose landmarks among the examples' ``rows``; always the same for the same rows."""
        chosen = np.random.default_rng(_SEED).permutation(len(rows))[:LANDMARKS]
        landmarks = rows[np.sort(chosen)]
        spread, directions = np.linalg.eigh(_find_likeness(landmarks, landmarks).astype(float))
        kept = spread > _LEAST_SPREAD * spread[-1]
        turn = (directions[:, kept] / np.sqrt(spread[kept])).astype(np.float32)
        mapped = _find_likeness(rows, landmarks) @ turn
        centre = mapped.mean(axis=0)
        length = float(np.sqrt(((mapped - centre) ** 2).sum(axis=1).mean()))
        return cls(landmarks, turn, centre, 1.0 / max(length, 1e-9))

    def transform(self, rows: Matrix) -> Matrix:
        """One row a message."""
        mapped = _find_likeness(rows, self._landmarks) @ self._turn
        scaled: Matrix = (mapped - self._centre) * self._scale
        return scaled

    def save(self, folder: Path) -> None:
        """Keep the map in ``folder``."""
        np.savez(
            folder / _FILE,
            landmarks=self._landmarks,
            turn=self._turn,
            centre=self._centre,
            scale=self._scale,
        )

    @classmethod
    def load(cls, folder: Path) -> SimilarityMap | None:
        """What :meth:`save` kept, or ``None`` where nothing was."""
        path = folder / _FILE
        if not path.is_file():
            return None
        with np.load(path, allow_pickle=False) as kept:
            scale = float(kept["scale"])
            return cls(kept["landmarks"], kept["turn"], kept["centre"], scale)


def _find_likeness(rows: Matrix, landmarks: Matrix) -> Matrix:
    """The mean of one kernel a view, so that no view drowns another."""
    views = zip(np.split(rows, VIEWS, axis=1), np.split(landmarks, VIEWS, axis=1), strict=True)
    likeness: Matrix = sum(np.exp(GAMMA * (ours @ theirs.T - 1)) for ours, theirs in views)
    return likeness / VIEWS
