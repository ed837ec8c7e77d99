"""Why a turn was answered as it was, for staff who try out what they wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.wire.turns import Why

#: Meanings that are told.
LIKELIEST = 3


def tell_why(tracker: DialogueStateTracker, called: Sequence[str]) -> Why:
    """The reasons of the turn that just ended. ``called`` are the actions that ran elsewhere: those
    that a form ran by itself follow behind those that a policy chose.
    """
    events = list(tracker.events)
    said = max(i for i, event in enumerate(events) if isinstance(event, UserUttered))
    chosen = list(_find_chosen(events[said:]))
    inside = [(name, "") for name in dict.fromkeys(called) if name not in dict(chosen)]
    return Why(_find_meanings(events[said]), [*chosen, *inside])


def _find_chosen(events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    for event in events:
        if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME:
            # Rasa puts the policy's place in the configuration before its name.
            yield str(event.action_name), (event.policy or "").split("_")[-1]


def _find_meanings(said: UserUttered) -> list[tuple[str, float]]:
    ranking = said.parse_data.get("intent_ranking") or ()
    return [(str(one["name"]), float(one["confidence"])) for one in ranking][:LIKELIEST]
