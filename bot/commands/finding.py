"""One thing that ``waymark doctor`` looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``advice`` says what to change, or where nothing but a person can look, what to look at."""

    name: str
    well: bool
    advice: str = ""


def judge(name: str, well: bool, advice: str) -> Finding:
    """A finding that needs its advice only when it is not well."""
    return Finding(name, well, "" if well else advice)
