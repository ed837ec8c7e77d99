"""Referrals by text: how it goes with what the person let be passed on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.care.referrals import State, decide_told
from bot.care.streets import tells_where
from bot.store.referrals import Referral, find_referrals, is_released
from worker.moment import Moment
from worker.told import Told


async def tell_referrals(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Where each referral is, the latest first, with the day or why an agency declined."""
    found = await find_referrals(moment.session, moment.key, moment.person.id)
    names = await moment.service_names({one.agency for one in found})
    told = [await _referral(moment, one, names) for one in found]
    return Told({"about": fields["about"], "referrals": told})


async def _referral(moment: Moment, one: Referral, names: Mapping[str, str]) -> dict[str, str]:
    released = await is_released(moment.session, moment.person.id, one.agency, moment.now)
    return {
        "agency": names.get(one.agency, one.agency),
        "state": decide_told(one.state, released),
        "day": _day(one),
        "reason": one.reason or "",
    }


def _day(one: Referral) -> str:
    """The day that the agency set. It writes it freely, and no address may come along."""
    day = one.content.day
    return day if one.state is State.SCHEDULED and not tells_where(day) else ""
