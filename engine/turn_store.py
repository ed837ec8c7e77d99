"""A tracker store that stores nothing: it lends Rasa the tracker of the current turn.

The turn channel opens a turn; Rasa asks for the tracker and gives it back at the
end of the same task, so a context variable is all the memory there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.wire.turns import Why
from engine.snapshot import encode
from engine.why import tell_why


@dataclass
class OpenTurn:
    """One turn in progress: what it starts from, and the snapshot it ends with.

    ``given`` are slots that the house fills anew on every turn. ``called`` are the actions that
    were asked for; with ``explain`` the turn ends with ``why`` as well.
    """

    kept: Sequence[Event]
    given: Sequence[SlotSet]
    snapshot: dict[str, Any] = field(default_factory=dict)
    actions_away: bool = False
    action_failed: bool = False
    explain: bool = False
    called: list[str] = field(default_factory=list)
    why: Why | None = None


CURRENT: ContextVar[OpenTurn] = ContextVar("waymark_turn")


class TurnStore(TrackerStore):
    """Rasa's door to the turn that the channel opened in this task."""

    def __init__(self, domain: Domain, event_broker: Any = None, **_: Any) -> None:
        super().__init__(domain, event_broker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the current turn, built from its snapshot."""
        turn = CURRENT.get()
        return DialogueStateTracker.from_events(
            sender_id, [*turn.kept, *turn.given], self.domain.slots
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the next snapshot for the channel to send back."""
        turn = CURRENT.get()
        turn.snapshot = encode(tracker, self.domain, {slot.key for slot in turn.given})
        if turn.explain:
            turn.why = tell_why(tracker, turn.called)

    async def keys(self) -> Iterable[str]:
        """No conversation is ever kept here."""
        return []
