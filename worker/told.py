"""What the house answers when the conversation asks it for something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The message by which the engine hears of an answer.
HOUSE_ANSWERED = "/house_answered"


@dataclass(frozen=True)
class Told:
    """The next step of the same turn: what the engine is told, and in which message.

    ``again``: the person's own message is read again instead.
    """

    about: Mapping[str, Any] = field(default_factory=dict)
    payload: str = HOUSE_ANSWERED
    again: bool = False


def result(name: str, /, **more: Any) -> Told:
    """An answer to a question of a journey."""
    return Told({"result": name, **more})
