"""Consents by text: given, listed, taken back; who saw what; all that is here of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.care.consent import Consent, ConsentKind, decide_grant, is_valid
from bot.store.accesses import find_accesses
from bot.store.bookings import find_bookings
from bot.store.care_steps import find_steps
from bot.store.consents import find_consents, revoke_consent, save_consent
from bot.store.contacts import find_wishes, forget_wishes
from bot.store.covers import find_cover
from bot.store.handoffs import forget_note
from bot.store.holdings import count_feedback, count_referrals, count_reminders
from bot.store.jobs import save_publication
from bot.store.memory import forget_memory
from bot.store.misread import count_misread, forget_misread
from bot.store.referrals import withdraw_referrals
from bot.store.reminders import forget_reminders
from worker.moment import Moment
from worker.told import Told

#: What stands between a consent's kind and the agency it names, in an option.
_APART = " "


async def change_consent(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Given or refused; a refusal takes back what was given before."""
    kind = ConsentKind(fields["kind"])
    if fields["granted"]:
        await save_consent(moment.session, moment.person.id, decide_grant(kind, moment.now))
    else:
        await _revoke(moment, kind, "")
    return None


async def take_back(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """One consent, and with it what it alone allowed to be kept."""
    kind, _, agency = str(fields["id"]).partition(_APART)
    await _revoke(moment, ConsentKind(kind), agency)
    return Told({"about": "taken_back"})


async def take_back_reminders(moment: Moment, _: Mapping[str, Any]) -> Told | None:
    """No more texts that come first."""
    await _revoke(moment, ConsentKind.REMINDERS, "")
    return Told({"about": "taken_back"})


async def take_sharing_back(moment: Moment) -> None:
    """Nothing that this person let be passed on may be seen any more, by the team or an agency."""
    for one in await find_consents(moment.session, moment.person.id):
        if one.kind in {ConsentKind.SHARE, ConsentKind.SHARE_AGENCY}:
            await _revoke(moment, one.kind, one.agency)


async def tell_consents(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Every consent that holds now, but for the one to a memory.

    That something is kept under a passphrase is told to nobody who does not know it.
    """
    found = [one for one in await _held(moment) if one.kind is not ConsentKind.REMEMBER]
    return Told({"about": fields["about"], "consents": [_consent(moment, one) for one in found]})


async def tell_accesses(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Everybody who was shown something."""
    return Told({"about": fields["about"], "accesses": await _accesses(moment)})


async def tell_data(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Everything that lies here of this person, beside the conversation itself."""
    session, key, person = moment.session, moment.key, moment.person
    now = moment.now
    return Told(
        {
            "about": fields["about"],
            "channel": person.channel,
            "consents": sum(one.kind is not ConsentKind.REMEMBER for one in await _held(moment)),
            "accesses": len(await _accesses(moment)),
            "bookings": len(await find_bookings(session, key, person.id, now)),
            "steps": len(await find_steps(session, key, person.id)),
            "referrals": await count_referrals(session, person.id),
            "reminders": await count_reminders(session, person.id),
            "feedback": await count_feedback(session, person.id),
            "misread": await count_misread(session, person.id),
            "contact": await find_wishes(session, key, person.id) is not None,
            "cover": await find_cover(session, key, person.id) is not None,
        }
    )


async def _revoke(moment: Moment, kind: ConsentKind, agency: str) -> None:
    session, person_id = moment.session, moment.person.id
    await revoke_consent(session, person_id, kind, moment.now, agency)
    if kind is ConsentKind.SHARE:
        await forget_note(session, person_id)
    if kind is ConsentKind.SHARE_AGENCY:
        await withdraw_referrals(session, person_id, agency, moment.now)
        await _take_name_back(moment, agency)
    if kind is ConsentKind.REMEMBER:
        await forget_memory(session, person_id)
    if kind is ConsentKind.REMINDERS:
        await forget_reminders(session, person_id)
        await forget_wishes(session, person_id)
    if kind is ConsentKind.LEARN:
        await forget_misread(session, person_id)


async def _take_name_back(moment: Moment, agency: str) -> None:
    """The appointment stands; the provider's calendar says no more than that it is taken."""
    for one in await find_bookings(moment.session, moment.key, moment.person.id, moment.now):
        if one.slot.service_id == agency:
            await save_publication(moment.session, one.id)


async def _held(moment: Moment) -> list[Consent]:
    found = await find_consents(moment.session, moment.person.id)
    return [one for one in found if is_valid(one, moment.now)]


async def _accesses(moment: Moment) -> list[dict[str, str]]:
    found = await find_accesses(moment.session, moment.key, moment.person.id)
    names = await moment.service_names({one.who for one in found})
    return [
        {"who": names.get(one.who, one.who), "what": one.what, "day": _day(moment, one.seen_at)}
        for one in found
    ]


def _consent(moment: Moment, one: Consent) -> dict[str, str]:
    return {
        "id": f"{one.kind.value}{_APART}{one.agency}".strip(),
        "kind": one.kind.value,
        "agency": one.agency,
        "granted": _day(moment, one.granted_at),
        "until": _day(moment, one.expires_at),
    }


def _day(moment: Moment, at: datetime) -> str:
    return at.astimezone(moment.house.site.timezone).date().isoformat()
