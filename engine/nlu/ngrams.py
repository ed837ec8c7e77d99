"""What a message is made of: words, pieces of words, and the stems of its English reading.

Pieces of words survive lost letters and swapped keys. The reading's stems let a Spanish
message share what the English examples taught.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from engine.nlu.words import find_stem, fold, parse_words

_TERMS, _WEIGHTS = "ngrams.json", "ngrams.npz"


class Ngrams:
    """TF-IDF of words (1-2), word pieces (2-5 letters) and stems (1-2), each of unit length.

    ``least_seen``: examples each must occur in; rarer ones cost memory and tell little once
    there are thousands of examples.
    """

    def __init__(self, least_seen: int = 1) -> None:
        words = {
            "token_pattern": r"\S+", "ngram_range": (1, 2), "lowercase": False,
            "min_df": least_seen,
        }  # fmt: skip
        self._parts = {
            "words": _vectorizer(**words),
            "pieces": _vectorizer(
                analyzer="char_wb", ngram_range=(2, 5), lowercase=False, min_df=least_seen
            ),
            "stems": _vectorizer(**words),
        }

    def fit(self, texts: Sequence[str], readings: Sequence[str]) -> csr_matrix:
        """Learn the n-grams of the examples and return their rows."""
        columns = _find_columns(texts, readings)
        return _join([part.fit_transform(columns[name]) for name, part in self._parts.items()])

    def transform(self, texts: Sequence[str], readings: Sequence[str]) -> csr_matrix:
        """One row a message. ``readings`` are the same messages read in English."""
        columns = _find_columns(texts, readings)
        return _join([part.transform(columns[name]) for name, part in self._parts.items()])

    def save(self, folder: Path) -> None:
        """Keep what was learned in ``folder``; numbers and words only, which opens in a moment."""
        terms = {
            name: sorted(part.vocabulary_, key=part.vocabulary_.get)
            for name, part in self._parts.items()
        }
        (folder / _TERMS).write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _WEIGHTS, **{name: part.idf_ for name, part in self._parts.items()})

    @classmethod
    def load(cls, folder: Path) -> Ngrams:
        """What :meth:`save` kept. Raises ``OSError`` where there is nothing."""
        found = cls()
        terms = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
        with np.load(folder / _WEIGHTS, allow_pickle=False) as weights:
            for name, part in found._parts.items():
                _fill(part, terms[name], weights[name])
        return found


def _vectorizer(**settings: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **settings)


def _fill(part: TfidfVectorizer, terms: list[str], weights: np.ndarray[Any, Any]) -> None:
    """As if it had learned them: column by column a term and how much it counts."""
    part.vocabulary_ = {term: column for column, term in enumerate(terms)}
    part.idf_ = weights
    # It makes them twice as wide as it learned them, which would change every sum a little.
    part._tfidf._idf_diag = part._tfidf._idf_diag.astype(np.float32)


def _find_columns(texts: Sequence[str], readings: Sequence[str]) -> dict[str, list[str]]:
    plain = [" ".join(parse_words(fold(text))) for text in texts]
    return {"words": plain, "pieces": plain, "stems": [_find_stems(text) for text in readings]}


def _find_stems(reading: str) -> str:
    return " ".join(find_stem(word, "english") for word in parse_words(fold(reading)))


def _join(parts: list[csr_matrix]) -> csr_matrix:
    return hstack(parts, format="csr", dtype=np.float32)
