"""What to make of a ranking of intents: sure, unsure, or maybe danger.

The engine decides with it in a conversation and ``waymark understand`` shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

#: The intent of a message that nobody understood; Rasa's own name for it.
UNSURE = "nlu_fallback"
#: The intent of a message that may mean either of two things. Nobody types it.
EITHER = "either"
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

    Below ``unsure_below`` the bot asks instead of guessing. Where a second meaning is as
    likely as ``likely_from`` and nearer to the first than ``apart_by``, it offers both. From
    ``danger_from`` on, all dangers together, it asks about danger.
    """

    unsure_below: float = 0.3
    likely_from: float = 0.2
    apart_by: float = 0.15
    danger_from: float = 0.3

    def to_json(self) -> dict[str, float]:
        """The thresholds as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, float]) -> Thresholds:
        """The thresholds that :meth:`to_json` wrote. Raises ``TypeError`` on other names."""
        return cls(**value)


def decide_meaning(ranking: Sequence[Meaning], thresholds: Thresholds) -> str:
    """The intent to act on, :data:`EITHER` or :data:`UNSURE`. ``ranking`` has the likeliest first.

    Several kinds of danger that share a message are added up: which one it is matters
    less than that it may be one.
    """
    dangers = [meaning for meaning in ranking if meaning.intent.startswith(_DANGER)]
    if dangers and _find_danger_share(ranking) >= thresholds.danger_from:
        return dangers[0].intent
    first, second = (*find_likeliest(ranking), _NOTHING, _NOTHING)[:2]
    near = first.confidence - second.confidence < thresholds.apart_by
    if near and second.confidence >= thresholds.likely_from:
        return EITHER
    return first.intent if first.confidence >= thresholds.unsure_below else UNSURE


def find_window_danger(rankings: Sequence[Sequence[Meaning]], thresholds: Thresholds) -> str | None:
    """The danger that a piece of a long message tells of, if one surely does.

    Many pieces have many chances to be mistaken, so each has to be surer than a whole message.
    """
    surer = (1 + thresholds.danger_from) / 2
    for ranking in rankings:
        if _find_danger_share(ranking) >= surer:
            return next(one.intent for one in ranking if one.intent.startswith(_DANGER))
    return None


def find_likeliest(ranking: Sequence[Meaning]) -> list[Meaning]:
    """What may be offered or acted on as it stands: everything but danger, in order."""
    return [meaning for meaning in ranking if not meaning.intent.startswith(_DANGER)]


def _find_danger_share(ranking: Sequence[Meaning]) -> float:
    return sum(one.confidence for one in ranking if one.intent.startswith(_DANGER))


_NOTHING = Meaning(UNSURE, 0.0)
