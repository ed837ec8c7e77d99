"""What the simulator is told to do: what goes wrong, and what kind of account it plays."""

from __future__ import annotations

from enum import Enum

from pydantic import BaseModel, Field


class TooFast(Enum):
    """What becomes of a message above the speed of its sender."""

    REFUSED = "refused"  # 429 with 20429, as if too many calls came at once
    OVERFLOWS = "overflows"  # taken, and then undelivered with 30001


class Plan(BaseModel):
    """Lists are used up from their beginning; everything else stays until the next plan."""

    #: HTTP statuses of the next answers, in place of a proper one.
    next_statuses: list[int] = Field(default_factory=list)
    #: So many of the next messages are taken, but nobody hears of it.
    lost_answers: int = 0
    #: Seconds until an answer comes.
    slow: float = 0.0
    #: Codes with which the next messages fail on their way.
    undelivered: list[int] = Field(default_factory=list)
    #: Segments a second that one sender may send.
    per_second: float | None = None
    too_fast: TooFast = TooFast.REFUSED
    #: Whether STOP, START and HELP are answered for us: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
    advanced_opt_out: bool = False
    #: Whether the account may ask that words and numbers are not kept.
    redaction: bool = True
