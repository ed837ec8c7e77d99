"""One thing that blocks a release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What a rule found, and where.

    ``topic`` is a topic, ``journeys/<name>``, ``phrases/<name>`` or ``site``; ``name`` is what
    stands there; ``language`` is empty where it is about none. ``reason`` says what is wrong and
    what to do.
    """

    rule: str
    topic: str
    name: str
    language: str
    reason: str
