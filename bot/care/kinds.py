"""What the safety rules can find in a message."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Kind(Enum):
    """A finding. The value is its name in the pattern files."""

    EXIT = "exit"
    OPT_OUT = "opt_out"
    START = "start"
    FORGET = "forget"
    DANGER = "danger"
    MEDICAL = "medical"
    SUICIDE = "suicide"
    CHILD = "child"
    HUMAN = "human"
    HELP_WORD = "help_word"


# A message may say several things; the first of these is answered. Life comes first,
# and of the wishes the one that keeps the person most hidden. docs/safety-rules.md
# has the reasons. The other kinds are only ever a whole message.
PRIORITY = (
    Kind.DANGER,
    Kind.MEDICAL,
    Kind.SUICIDE,
    Kind.CHILD,
    Kind.FORGET,
    Kind.OPT_OUT,
    Kind.HUMAN,
)

#: What may cost a life, and what each kind is called outside.
DANGER_NAMES: Mapping[Kind, str] = {
    Kind.DANGER: "violence_now",
    Kind.MEDICAL: "medical",
    Kind.SUICIDE: "suicide",
    Kind.CHILD: "child",
}
DANGERS = frozenset(DANGER_NAMES)
