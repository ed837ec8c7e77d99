"""Wishes that begin a journey or ask something of the house, at any step after the welcome."""

from __future__ import annotations

#: Journeys by the intent that asks for them.
STARTS = {
    "safety_plan": "safety_plan",
    "book_appointment": "book",
    "check_in": "check_in",
    "contact_wishes": "contact",
    "set_reminder": "contact",
    "cover_story": "cover",
    "remember_me": "remember",
    "open_memory": "open_memory",
    "ask_human": "handoff",
}

#: What only the house knows, or has to do.
OF_HOUSE = frozenset(
    {
        "plan",
        "see_appointment",
        "change_appointment",
        "cancel_appointment",
        "my_steps",
        "see_referrals",
        "ask_consents",
        "take_back",
        "no_reminders",
        "ask_my_data",
        "ask_access",
    }
)

#: What options say of a journey, going on with one, and coming back after a silence.
OF_JOURNEYS = frozenset({"start", "change", "resume", "returned"})

WISHES = frozenset(STARTS) | OF_HOUSE | OF_JOURNEYS
