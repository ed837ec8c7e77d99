"""What the measurements need of a side, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from bench.turns.carrier import Carrier

#: Takes the next turn of one conversation and returns the seconds it took.
TakeTurn = Callable[[str], float]
#: Writes as a person whom nobody knows yet and returns the seconds until the reply is there.
TimeFirstReply = Callable[[str], float]


class Side(Protocol):
    """One of the two that are compared."""

    name: str
    #: What a person writes first. Waymark begins with its own ``/begin`` whatever is written;
    #: stock Rasa must be told, which spares it the understanding of one message.
    hello: str
    webhook: str
    carrier: Carrier

    def is_idle(self) -> bool:
        """Whether every message that it took leave of has been answered."""
        ...

    def meeting(self) -> AbstractContextManager[TimeFirstReply]:
        """Ready to time first replies."""
        ...

    def open_conversation(self) -> TakeTurn:
        """A conversation with the engine that has just begun."""
        ...

    def kill_engine(self) -> None:
        """SIGKILL the engine, and see that it is started again, without waiting for that."""
        ...

    def is_engine_here(self) -> bool:
        """Whether the engine answers."""
        ...

    def weigh(self) -> dict[str, float]:
        """Megabytes of each part."""
        ...
