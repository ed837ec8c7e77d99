"""What to make of a ranking of intents: sure, unsure, or maybe danger.

The engine decides with it in a conversation and ``waymark understand`` shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

#: The intent of a message that nobody understood; Rasa's own name for it.
UNSURE = "nlu_fallback"
_DANGER = "danger_"

#: What the engine's intents of danger are called outside; docs/intents.md explains each.
DANGER_KINDS = {
    "danger_violence": "violence_now",
    "danger_captive": "captive",
    "danger_medical": "medical",
    "danger_suicide": "suicide",
    "danger_child": "child",
    "danger_harm_others": "harm_others",
}


@dataclass(frozen=True)
class Meaning:
    """An intent and its probability between 0 and 1."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Thresholds:
    """A site's own, as probabilities between 0 and 1.

    Below ``unsure_below``, or with a second meaning nearer than ``apart_by``, the bot asks
    instead of guessing. From ``danger_from`` on, all dangers together, it asks about danger.
    """

    unsure_below: float = 0.3
    apart_by: float = 0.03
    danger_from: float = 0.5

    def to_json(self) -> dict[str, float]:
        """The thresholds as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, float]) -> Thresholds:
        """The thresholds that :meth:`to_json` wrote. Raises ``TypeError`` on other names."""
        return cls(**value)


def decide_meaning(ranking: Sequence[Meaning], thresholds: Thresholds) -> str:
    """The intent to act on, or :data:`UNSURE`. ``ranking`` has the likeliest first.

    Several kinds of danger that share a message are added up: which one it is matters
    less than that it may be one.
    """
    dangers = [meaning for meaning in ranking if meaning.intent.startswith(_DANGER)]
    if sum(meaning.confidence for meaning in dangers) >= thresholds.danger_from:
        return dangers[0].intent
    others = [meaning for meaning in ranking if meaning not in dangers]
    if not others or others[0].confidence < thresholds.unsure_below:
        return UNSURE
    second = others[1].confidence if len(others) > 1 else 0.0
    return UNSURE if others[0].confidence - second < thresholds.apart_by else others[0].intent
