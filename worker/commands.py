"""What the conversation may ask of the house, by the name it uses. An unknown name is a broken
promise and raises ``KeyError``.

Everything happens in the turn's own transaction: it is done together with the reply that says
so, or not at all, and never twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from worker import command_bookings as bookings
from worker import command_consents as consents
from worker import command_handoff as handoffs
from worker import command_misread as misread
from worker import command_plans as plans
from worker import command_referrals as referrals
from worker import command_wishes as wishes
from worker.moment import Moment
from worker.told import Told

Command = Callable[[Moment, Mapping[str, Any]], Awaitable[Told | None]]


async def read_again(_: Moment, __: Mapping[str, Any]) -> Told | None:
    """The journey has stepped aside: the same message, outside of it."""
    return Told(again=True)


async def tell(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Answer a question about what the house keeps."""
    return await TELL[fields["about"]](moment, fields)


TELL: dict[str, Command] = {
    "plan": plans.tell_plan,
    "my_steps": plans.tell_steps,
    "see_referrals": referrals.tell_referrals,
    "see_appointment": bookings.tell_bookings,
    "change_appointment": bookings.tell_bookings,
    "cancel_appointment": bookings.tell_bookings,
    "ask_consents": consents.tell_consents,
    "take_back": consents.tell_consents,
    "no_reminders": consents.take_back_reminders,
    "ask_access": consents.tell_accesses,
    "ask_my_data": consents.tell_data,
}

COMMANDS: dict[str, Command] = {
    "read_again": read_again,
    "tell": tell,
    "handoff": handoffs.call_person,
    "hand_over": handoffs.hand_over,
    "withdraw_handoff": handoffs.withdraw,
    "consent": consents.change_consent,
    "take_back": consents.take_back,
    "misread": misread.keep_misread,
    "hold_slot": bookings.hold,
    "book": bookings.book,
    "move_booking": bookings.move,
    "cancel_booking": bookings.cancel_quietly,
    "cancel_visit": bookings.cancel,
    "save_needs": bookings.save_needs,
    "save_reminder": wishes.save_booking_reminder,
    "make_plan_page": plans.make_plan_page,
    "make_calendar_file": bookings.make_calendar_file,
    "save_contact": wishes.save_contact,
    "save_cover": wishes.save_story,
    "forget_cover": wishes.forget_story,
    "save_memory": wishes.keep_memory,
    "open_memory": wishes.find_memory,
    "save_step": plans.save,
    "finish_step": plans.finish,
    "save_outcome": plans.save_answers,
    "close_visit": plans.close_visit,
}
