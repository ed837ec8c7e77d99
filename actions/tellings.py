"""How the house's answers are put into words, by what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.telling_bookings import tell_bookings, tell_calendar_file, tell_cancelled
from actions.telling_consents import tell_accesses, tell_consents, tell_data, tell_taken_back
from actions.telling_handoff import tell_handed_over
from actions.telling_referrals import tell_referrals
from actions.telling_steps import tell_plan_page, tell_steps

Telling = Callable[[CollectingDispatcher, Tracker, Mapping[str, Any]], None]

TELL: dict[str, Telling] = {
    "see_appointment": tell_bookings,
    "change_appointment": tell_bookings,
    "cancel_appointment": tell_bookings,
    "cancelled": tell_cancelled,
    "calendar_file": tell_calendar_file,
    "plan_page": tell_plan_page,
    "ask_consents": tell_consents,
    "take_back": tell_consents,
    "taken_back": tell_taken_back,
    "ask_access": tell_accesses,
    "ask_my_data": tell_data,
    "my_steps": tell_steps,
    "see_referrals": tell_referrals,
    "handed_over": tell_handed_over,
}
