"""One fact that a message holds, and where it stands in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

#: What a value is made of, so that it travels as JSON without translation.
Value = str | int | dict[str, str | None] | dict[str, str | float | list[str] | None]


class Kind(StrEnum):
    """The facts that are looked for."""

    ZIP = "zip"
    TOWN = "town"
    NEED = "need"
    TIME = "time"
    CHILDREN = "children"
    LANGUAGE = "language"
    PROVIDER_GENDER = "provider_gender"


@dataclass(frozen=True)
class Entity:
    """A fact. ``text`` is what was typed, from character ``start`` up to ``end``."""

    kind: Kind
    value: Value
    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, object]:
        """The entity as plain values."""
        return {**asdict(self), "kind": self.kind.value}
