"""Figures: how they are drawn from samples, and what each must not exceed."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import quantiles


def percentile(samples: Sequence[float], which: int) -> float:
    """The value that ``which`` percent of ``samples`` do not exceed."""
    return quantiles(samples, n=100, method="inclusive")[which - 1]
