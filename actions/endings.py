"""What becomes of a journey's answers when it is done: one ending for each journey."""

from __future__ import annotations

from collections.abc import Callable

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.ending_bookings import end_booking, end_reminder, end_ride
from actions.ending_check_in import end_check_in, end_helped
from actions.ending_handoff import end_handoff
from actions.ending_plan import end_plan, end_step
from actions.ending_wishes import end_contact, end_cover, end_open_memory, end_remember
from bot.journeys.progress import Progress

Ending = Callable[[CollectingDispatcher, Tracker, Progress], list[SlotSet]]

END: dict[str, Ending] = {
    "safety_plan": end_plan,
    "step": end_step,
    "book": end_booking,
    "ride": end_ride,
    "remind": end_reminder,
    "contact": end_contact,
    "cover": end_cover,
    "remember": end_remember,
    "open_memory": end_open_memory,
    "check_in": end_check_in,
    "helped": end_helped,
    "handoff": end_handoff,
}
