"""The small words around what the house knows and asks, in the languages of the content."""

from __future__ import annotations

from bot.directory.phrases import Phrases as Phrases
from bot.directory.phrases import load_phrases


def phrases(language: str) -> Phrases:
    """What is said of services in ``language``, or in English for a language without phrases."""
    return load_phrases("services", language)


def journey_phrases(language: str) -> Phrases:
    """What is said around the questions of journeys, likewise."""
    return load_phrases("journeys", language)


def referral_phrases(language: str) -> Phrases:
    """What is said of referrals, likewise."""
    return load_phrases("referrals", language)


def desk_phrases(language: str) -> Phrases:
    """What is said of the team's desk and of the note for it, likewise."""
    return load_phrases("handoff", language)
