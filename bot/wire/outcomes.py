"""What became of one attempt to deliver a reply, said as what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """The vendor has it. ``provider_id`` is the vendor's name for the message."""

    provider_id: str


@dataclass(frozen=True)
class Later:
    """Not now; try again, in ``seconds`` where the vendor said when.

    ``reason`` is a fixed word for logs, never vendor text. ``unsure`` when the vendor may have
    taken the message all the same: it must be asked before the next attempt.
    """

    reason: str
    seconds: float | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Never:
    """This message can never arrive; do not try again. ``reason`` is a fixed word.

    ``tell`` when people must know: someone may wait for an answer that cannot reach them.
    """

    reason: str
    tell: bool = False


@dataclass(frozen=True)
class Stopped:
    """The person has opted out at the vendor: nothing more may be sent to them."""

    reason: str


Outcome = Sent | Later | Never | Stopped
