"""When a navigator may write to somebody again: within the hours that the person called safe."""

from __future__ import annotations

from datetime import datetime

from bot.care.contact import ContactWishes
from bot.care.contact_hours import next_opening


def next_follow_up(
    wishes: ContactWishes | None, consented: bool, wanted: datetime
) -> datetime | None:
    """The first safe moment from ``wanted`` on, which has the site's time zone.

    ``None`` when nobody may write to this person first.
    """
    if wishes is None or not wishes.first or not consented:
        return None
    return wanted if wishes.window.holds(wanted) else next_opening(wishes.window, wanted)
