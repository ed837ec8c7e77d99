"""Referrals: what an agency is told, what the person is asked before, and how it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import Any

#: Characters of one field: all of them together can be shown in a few texts.
LONGEST = 160

#: Why an agency declines, as fixed words.
REASONS = ("full", "not_eligible", "wrong_service", "no_contact", "other")


class State(Enum):
    """Where a referral is. The values are those of the table."""

    ASKED = "asked"
    """The person was asked and has not answered."""

    REFUSED = "refused"
    SENT = "sent"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


#: What may follow; a state that is not here is the end.
NEXT: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.SENT, State.REFUSED, State.WITHDRAWN}),
    State.SENT: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.SCHEDULED, State.COMPLETED, State.DECLINED, State.WITHDRAWN}),
    State.SCHEDULED: frozenset({State.COMPLETED, State.DECLINED, State.WITHDRAWN}),
}
#: What an agency may do itself.
OF_AGENCY = frozenset({State.ACCEPTED, State.SCHEDULED, State.COMPLETED, State.DECLINED})
#: While it is open, the person's release lets the agency look.
OPEN = frozenset({State.SENT, State.ACCEPTED, State.SCHEDULED})

#: What a person hears in place of an open state once the time of their release is over.
RAN_OUT: Mapping[State, str] = {
    State.SENT: "ran_out",
    State.ACCEPTED: "ran_out",
    State.SCHEDULED: "ran_out_after_day",
}


@dataclass(frozen=True)
class Content:
    """What the agency is told: only what is filled in, and nothing else.

    ``name`` is a first name or a code of the person's choice; ``reach`` is how and when they can
    be reached; ``words`` are the navigator's. ``day`` is the agency's own, once it is scheduled.
    """

    name: str = ""
    need: str = ""
    language: str = ""
    reach: str = ""
    words: str = ""
    day: str = ""

    def to_json(self) -> dict[str, str]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> Content:
        """What :meth:`to_json` wrote. Raises ``TypeError`` on other names."""
        return cls(**value)

    @classmethod
    def from_form(cls, untrusted: Mapping[str, str]) -> Content:
        """What a navigator filled in: on one line each, and not too long."""
        return cls(**{name: " ".join(untrusted.get(name, "").split())[:LONGEST] for name in ASKED})

    def filled(self) -> Iterator[tuple[str, str]]:
        """The fields that say something, of those that the person is asked about."""
        return ((name, getattr(self, name)) for name in ASKED if getattr(self, name))


#: What the person is asked about, in this order.
ASKED = tuple(one.name for one in fields(Content) if one.name != "day")


def may_follow(before: State, after: State) -> bool:
    """Whether ``after`` may come next."""
    return after in NEXT.get(before, frozenset())


def decide_told(state: State, released: bool) -> str:
    """The name of what a person hears of a referral; the words are in ``referrals.yml``.

    Nobody at the agency can look at an open referral that is not ``released`` any more, so no
    answer is to be waited for. A day that was set is still told: it may hold.
    """
    return RAN_OUT[state] if state in OPEN and not released else state.value


def render_question(words: Mapping[str, Any], agency: str, content: Content) -> list[str]:
    """What the person is asked, in the words of their language (``data/phrases/referrals.yml``):
    each thing that would be told as it stands, and then the question.
    """
    lines = [f"{words['fields'][name]}: {value}" for name, value in content.filled()]
    shown = words["shown"].format(agency=agency)
    return ["\n".join([shown, *lines]), words["question"].format(agency=agency)]
