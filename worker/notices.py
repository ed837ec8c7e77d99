"""What the conversation should know of a person at the beginning of a turn, beside its slots."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.store.visits import find_past_visit
from worker.command_handoff import find_desk
from worker.moment import Moment

#: Who wrote for the first time within this is new here; new people are not screened.
FIRST_CONTACT = timedelta(hours=24)


async def find_notices(moment: Moment) -> dict[str, Any]:
    """Plain values for the slot ``told``; no snapshot keeps them."""
    person, notices = moment.person, dict[str, Any]()
    notices["first_contact"] = moment.now - person.created_at < FIRST_CONTACT
    notices["desk"] = await find_desk(moment)
    if past := await find_past_visit(moment.session, person.id, moment.now):
        names = await moment.service_names({past[1]})
        notices["past_visit"] = {
            "booking": str(past[0]),
            "place": past[1],
            "place_name": names.get(past[1], past[1]),
        }
    return notices
