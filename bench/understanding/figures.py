"""The figures of a classifier, with what is known of their doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

#: The normal deviate of a 95 % interval.
_Z = 1.96
_BINS = 10


@dataclass(frozen=True)
class Judged:
    """One test message: what it is, what it was taken for, and how surely (0 to 1)."""

    text: str
    expected: str
    found: str
    confidence: float

    @property
    def right(self) -> bool:
        """Whether it was understood."""
        return self.expected == self.found


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval (Wilson 1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.hits / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """The lower and the upper end."""
        spread = _Z * sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2))
        centre, width = self.value + _Z**2 / (2 * self.of), 1 + _Z**2 / self.of
        return (centre - spread) / width, (centre + spread) / width

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.1%} ({low:.1%} to {high:.1%})"


def find_accuracy(judged: Sequence[Judged]) -> Share:
    """The share of messages that were understood."""
    return Share(sum(one.right for one in judged), len(judged))


def find_calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error in ten bins (Guo et al. 2017), between 0 and 1."""
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(int(one.confidence * _BINS), _BINS - 1), []).append(one)
    return sum(abs(_mean_confidence(part) - find_accuracy(part).value) * len(part) for part in
               bins.values()) / len(judged)  # fmt: skip


def find_confusions(judged: Sequence[Judged], most: int) -> list[tuple[str, str, int]]:
    """What is taken for what, the commonest first."""
    wrong = Counter((one.expected, one.found) for one in judged if not one.right)
    return [(expected, found, count) for (expected, found), count in wrong.most_common(most)]


def _mean_confidence(part: Sequence[Judged]) -> float:
    return sum(one.confidence for one in part) / len(part)
