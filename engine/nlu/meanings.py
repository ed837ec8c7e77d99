"""From features to intents: a linear support vector machine with a calibrated confidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

from engine.nlu.similarity import SimilarityMap

Matrix = np.ndarray[Any, Any]

#: How much a mistake on an example costs against large weights.
COST = 3.0
HELD_BACK = 0.2
#: Intents in a message's ranking.
RANKED = 10
#: From so many examples on a second process is worth its start.
_MANY, _PROCESSES = 4000, 2
_OTHERS = -1
#: Examples an intent must have for some to be held back.
_FEWEST = 5
_SEED = 7
_ARRAYS, _FACTS = "meanings.npz", "meanings.json"


class Meanings:
    """Intents with their weights. ``temperature`` turns distances into probabilities.

    A model that learned with sentence vectors still serves on n-grams alone.
    """

    def __init__(
        self, intents: Sequence[str], weights: Matrix, bias: Matrix, temperature: float,
        likeness: SimilarityMap | None,
    ) -> None:  # fmt: skip
        self.intents = list(intents)
        self._weights, self._bias = weights, bias
        self._temperature = temperature
        self._likeness = likeness

    @classmethod
    def fit(
        cls, sentences: Matrix | None, ngrams: csr_matrix, labels: Sequence[str], weight: float
    ) -> Meanings:
        """Learn from one row an example. ``sentences`` is ``None`` without an encoder.

        ``weight``: how much the n-grams count beside the sentences' likenesses.
        """
        intents, known = np.unique(np.asarray(labels), return_inverse=True)
        likeness = None if sentences is None else SimilarityMap.fit(sentences)
        likenesses = None if likeness is None else likeness.transform(sentences)
        rows = _join(likenesses, ngrams, weight)
        temperature = _find_temperature(rows, known)
        weights, bias = _learn(rows, known)
        # What the n-grams were scaled by goes into their weights: one thing less to keep.
        weights[-ngrams.shape[1] :] *= weight
        return cls([str(name) for name in intents], weights, bias, temperature, likeness)

    def predict(self, sentences: Matrix | None, ngrams: csr_matrix) -> Matrix:
        """Probabilities: one row a message, one column an intent."""
        dense = len(self._weights) - ngrams.shape[1]
        distances = ngrams @ self._weights[dense:] + self._bias
        if self._likeness is not None and sentences is not None:
            distances = distances + self._likeness.transform(sentences) @ self._weights[:dense]
        return _soften(distances, self._temperature)

    def rank(self, shares: Matrix) -> list[tuple[str, float]]:
        """The likeliest intents of one row of :meth:`predict`, the first the likeliest."""
        best = np.argsort(shares)[::-1][:RANKED]
        return [(self.intents[place], float(shares[place])) for place in best]

    def save(self, folder: Path) -> None:
        """Keep what was learned in ``folder``; numbers and names only."""
        np.savez(folder / _ARRAYS, weights=self._weights, bias=self._bias)
        facts = {"intents": self.intents, "temperature": self._temperature}
        (folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
        if self._likeness is not None:
            self._likeness.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Meanings:
        """What :meth:`save` kept. Raises ``OSError`` where there is nothing."""
        facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as kept:
            weights, bias = kept["weights"], kept["bias"]
        likeness = SimilarityMap.load(folder)
        return cls(facts["intents"], weights, bias, facts["temperature"], likeness)


def _find_temperature(rows: csr_matrix, known: Matrix) -> float:
    """What makes the confidence on examples held back least surprising (Guo et al. 2017)."""
    # An intent that is never typed has too few examples to hold any back.
    enough = np.flatnonzero(np.bincount(known)[known] >= _FEWEST)
    if not enough.size:
        return 1.0
    rows, known = rows[enough], np.unique(known[enough], return_inverse=True)[1]
    split = StratifiedShuffleSplit(1, test_size=HELD_BACK, random_state=_SEED)
    learn, held = next(split.split(known, known))
    weights, bias = _learn(rows[learn], known[learn])
    distances = rows[held] @ weights + bias

    def find_surprise(temperature: float) -> float:
        shares = _soften(distances, temperature)[np.arange(len(held)), known[held]]
        return float(-np.log(np.maximum(shares, 1e-12)).mean())

    return float(minimize_scalar(find_surprise, bounds=(0.02, 3.0), method="bounded").x)


def _join(likenesses: Matrix | None, ngrams: csr_matrix, weight: float) -> csr_matrix:
    if likenesses is None:
        return ngrams * weight
    return hstack([csr_matrix(likenesses), ngrams * weight], format="csr")


def _learn(rows: csr_matrix, known: Matrix) -> tuple[Matrix, Matrix]:
    """Weights and bias with a column an intent, each intent against all others.

    The intents are shared out among processes, for the library uses one core alone.
    """
    # Once they are shared nobody may put them in order any more.
    rows.sum_duplicates()
    shares = np.array_split(np.arange(known.max() + 1), _PROCESSES if len(known) > _MANY else 1)
    work = (delayed(_learn_share)(rows, known, share) for share in shares)
    learned = Parallel(n_jobs=len(shares))(work)
    return np.hstack([weights for weights, _ in learned]), np.hstack([bias for _, bias in learned])


def _learn_share(rows: csr_matrix, known: Matrix, share: Matrix) -> tuple[Matrix, Matrix]:
    """The same for some of the intents; all others are one."""
    labels = np.where(np.isin(known, share), known, _OTHERS)
    machine = LinearSVC(C=COST, tol=1e-3, random_state=_SEED).fit(rows, labels)
    weights, bias = machine.coef_.T, machine.intercept_
    if len(machine.classes_) == 2:  # of two the library keeps only the second
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    ours = machine.classes_ != _OTHERS
    return np.ascontiguousarray(weights[:, ours], dtype=np.float32), bias[ours].astype(np.float32)


def _soften(distances: Matrix, temperature: float) -> Matrix:
    scaled = np.asarray(distances) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares
