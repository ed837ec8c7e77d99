"""A step of the care plan: what comes next in one part of a person's life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

#: The parts of life that a care plan speaks of.
AREAS = ("health", "mind", "housing", "legal", "money", "work", "children", "social")


@dataclass(frozen=True)
class Step:
    """``what`` in the person's words; ``by`` is an ISO date; all but ``what`` may be empty.

    ``agreed_with`` is empty for a step that the person added alone.
    """

    what: str
    area: str = "social"
    by: str = ""
    transport: str = ""
    helper: str = ""
    agreed_with: str = ""

    def to_json(self) -> dict[str, str]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> Step:
        """The step that :meth:`to_json` wrote. Raises ``TypeError`` on other names."""
        return cls(**value)

    @classmethod
    def from_answers(cls, answers: Mapping[str, str]) -> Step:
        """The step that the answers of the journey ``step`` make."""
        area = answers.get("area", "social")
        return cls(
            what=answers["what"],
            area=area if area in AREAS else "social",
            by=answers.get("by", ""),
            transport=answers.get("transport", ""),
            helper=answers.get("helper", ""),
        )
