"""What every channel's sender can do; what a channel does not need has an answer here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.wire.lanes import Lane
from bot.wire.outcomes import Outcome, Sent
from bot.wire.turns import Reply


class Sender(Protocol):
    """Hands replies to one vendor and says what came of it."""

    #: How long after a person's last message the vendor takes free text; ``None``: always.
    window: timedelta | None = None
    #: Whether EXIT takes the conversation off the person's own screen.
    clears_screen: bool = False
    #: How long the vendor's copies may lie before they are erased; ``None``: until EXIT.
    erase_after: timedelta | None = None

    async def send(
        self, address: str, reply: Reply, callback: str, *, in_window: bool = True
    ) -> Outcome:
        """Hand over ``reply``. The vendor reports its way to the address ``callback``."""
        ...

    async def find_sent(
        self, address: str, reply: Reply, since: datetime, after: str | None = None
    ) -> list[str]:
        """The vendor's ids of equal messages it took since ``since``.

        ``after`` is the last message in the chat of which the place is known.
        """
        return []

    async def erase(self, address: str, places: Sequence[str]) -> Outcome:
        """Take messages off the vendor, and off the screen where that can be."""
        return Sent("")

    async def show_sign(self, address: str) -> None:
        """Show that somebody writes, where the vendor can. What fails is let go."""
        return

    def lanes(self, address: str) -> tuple[Lane, ...]:
        """The speed limits that a message to ``address`` falls under, the widest first."""
        return ()

    def cost(self, reply: Reply) -> int:
        """How many units of its lanes a reply takes."""
        return 1
