"""Contact, cover and memory by text: what the person decides is kept, sealed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.care.consent import ConsentKind, decide_grant
from bot.care.contact import LONGEST_WORDING, ContactWishes
from bot.store.bookings import find_bookings
from bot.store.consents import save_consent
from bot.store.contacts import find_wishes, save_wishes
from bot.store.covers import find_cover, forget_cover, save_cover
from bot.store.memory import TooSoon, open_memory, save_memory
from bot.store.reminders import save_reminder
from bot.vault.passphrase import parse_passphrase
from worker.moment import Moment
from worker.told import Told, result

#: Hours that can be chosen by text, local to the site.
HOURS = {
    "morning": (time(8), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(21)),
    "day": (time(8), time(21)),
}
DAYS = {
    "any": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
}
#: How long before a visit a reminder comes, by what was chosen.
BEFORE = {
    "day_before": (timedelta(days=1),),
    "two_hours": (timedelta(hours=2),),
    "both": (timedelta(days=1), timedelta(hours=2)),
}
#: A reminder of less than this before a visit helps nobody.
NO_USE = timedelta(minutes=30)


async def save_contact(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """How this person may be written to from now on."""
    wishes = await _wishes(moment, fields["answers"], first=bool(fields["first"]))
    await save_wishes(moment.session, moment.key, moment.person.id, wishes, moment.now)
    return None


async def save_booking_reminder(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Reminders of one booking, at the hours and in the words that come with them."""
    answers = fields["answers"]
    session, key, person_id = moment.session, moment.key, moment.person.id
    wishes = await _wishes(moment, answers, first=True)
    await save_wishes(session, key, person_id, wishes, moment.now)
    found = await find_bookings(session, key, person_id, moment.now)
    for one in found:
        if str(one.id) == answers.get("booking"):
            await _save_reminders(moment, one.id, one.slot.starts_at, answers["when"])
    return None


async def save_story(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """What the number pretends to be."""
    await save_cover(moment.session, moment.key, moment.person.id, fields["story"], fields["word"])
    return None


async def forget_story(moment: Moment, _: Mapping[str, Any]) -> Told | None:
    """No cover any more."""
    await forget_cover(moment.session, moment.person.id)
    return None


async def keep_memory(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Lock what the conversation knows under the person's phrase; their yes came just before."""
    passphrase = parse_passphrase(fields["passphrase"])
    if passphrase is None:
        return result("too_weak")
    session, key, person_id = moment.session, moment.key, moment.person.id
    await save_consent(session, person_id, decide_grant(ConsentKind.REMEMBER, moment.now))
    kept = json.dumps({**fields["kept"], "language": moment.language})
    await save_memory(session, key, person_id, passphrase, kept, moment.now)
    return result("saved")


async def find_memory(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Open what lies under the phrase. A wrong one, and nothing there, are told alike."""
    passphrase = parse_passphrase(fields["passphrase"])
    if passphrase is None:
        return result("nothing")
    opened = await open_memory(moment.session, moment.key, moment.person.id, passphrase, moment.now)
    if isinstance(opened, TooSoon):
        return result("too_soon")
    return result("nothing") if opened is None else result("opened", kept=json.loads(opened))


async def _wishes(moment: Moment, answers: Mapping[str, str], *, first: bool) -> ContactWishes:
    """What was not asked this time stays as it was."""
    before = await find_wishes(moment.session, moment.key, moment.person.id)
    cover = await find_cover(moment.session, moment.key, moment.person.id)
    starts, ends = HOURS[answers.get("hours", "day")]
    days = DAYS[answers["days"]] if "days" in answers else before.days if before else DAYS["any"]
    return ContactWishes(
        first=first,
        days=days,
        starts=starts,
        ends=ends,
        wording=answers.get("wording", "")[:LONGEST_WORDING],
        code_word_first=cover is not None,
        channel=moment.person.channel,
    )


async def _save_reminders(
    moment: Moment, booking_id: uuid.UUID, starts_at: datetime, chosen: str
) -> None:
    for before in BEFORE[chosen]:
        due_at = starts_at - before
        if due_at > moment.now:
            await save_reminder(
                moment.session, moment.person.id, booking_id, due_at, starts_at - NO_USE
            )
