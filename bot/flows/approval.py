"""When a release may go out: never by the word of one. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

#: The survivors' adviser: may refuse, and one refusal is enough.
ADVISER = "adviser"


@dataclass(frozen=True)
class Opinion:
    """What one member said of a release."""

    staff_id: uuid.UUID
    name: str
    role: str
    agrees: bool
    why: str
    said_at: datetime


def decide_state(authors: Collection[uuid.UUID], opinions: Collection[Opinion]) -> str:
    """``approved`` once somebody who changed nothing in it agrees and nobody refuses.

    Else ``proposed``. A refusal stands until it is taken back or the release changes. An
    adviser alone does not approve: they are asked for a veto, not to carry the release.
    """
    refused = any(not one.agrees for one in opinions)
    agreed = any(
        one.agrees and one.staff_id not in authors and one.role != ADVISER for one in opinions
    )
    return "approved" if agreed and not refused else "proposed"
