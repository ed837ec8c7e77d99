"""To a person by text: what can be offered, who is called, what is passed on, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.care.consent import ConsentKind, decide_grant
from bot.care.handoffs import HUMAN, Choice, Ending, is_danger
from bot.care.waiting import Line, Offer, decide_offer
from bot.store.claims import count_ahead
from bot.store.closed_handoffs import close_handoff, find_usual_wait
from bot.store.consents import save_consent
from bot.store.desk_news import tell_desk
from bot.store.handoffs import add_topics, find_handoff, save_choice
from bot.store.staff_desk import find_at_desk
from bot.store.tables import HandoffRow
from worker.moment import Moment
from worker.told import Told


async def call_person(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Call a navigator."""
    reason = fields["reason"]
    await moment.call(reason, moment.untrusted_text if is_danger(reason) else "")
    return None


async def hand_over(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Into the line, or a message for the team, with the lines that the person let stand.

    Without a yes to sharing nothing goes along, and what went along before is gone.
    """
    if await moment.is_line_closed():
        await moment.say("line_closed")
        return None
    await moment.call(HUMAN)
    row = await _find_open(moment)
    row.note = None
    if fields["share"]:
        consent = decide_grant(ConsentKind.SHARE, moment.now)
        await save_consent(moment.session, moment.person.id, consent)
        add_topics(row, fields["topics"])
    note = list(fields["note"]) if fields["share"] else None
    await save_choice(moment.session, moment.key, row, Choice(fields["how"]), note)
    offer = await _decide_offer(moment, row)
    told = {"about": "handed_over", "result": "handed_over", "how": row.how}
    return Told({**told, **offer.to_json()})


async def withdraw(moment: Moment, _: Mapping[str, Any]) -> Told | None:
    """The person would rather not; but where danger was seen, the team looks all the same."""
    row = await find_handoff(moment.session, moment.person.id)
    if row is None or not row.danger:
        await close_handoff(moment.session, moment.person.id, Ending.WITHDRAWN, moment.now)
        return None
    row.how, row.note = Choice.OPEN.value, None
    await tell_desk(moment.session, moment.person.id)
    return None


async def find_desk(moment: Moment) -> dict[str, Any]:
    """The desk as plain values. ``already``: this person has chosen how to be heard.

    Of a line that is closed to this person no more is told than that.
    """
    if await moment.is_line_closed():
        return {"closed": True}
    row = await moment.session.get(HandoffRow, moment.person.id)
    offer = await _decide_offer(moment, row or _newcomer(moment))
    return {**offer.to_json(), "already": row is not None and row.how != Choice.OPEN.value}


async def _decide_offer(moment: Moment, row: HandoffRow) -> Offer:
    """The line and the figures are looked at only where somebody is there to take the next."""
    session, now = moment.session, moment.now
    at_desk = len(await find_at_desk(session, moment.language, now))
    line = Line(at_desk, 0, None)
    if at_desk:
        line = Line(at_desk, await count_ahead(session, row), await find_usual_wait(session, now))
    local = now.astimezone(moment.house.site.timezone)
    return decide_offer(moment.house.site.teams, moment.language, line, local)


def _newcomer(moment: Moment) -> HandoffRow:
    """Who is not in the line yet would be its last."""
    return HandoffRow(person_id=moment.person.id, danger=False, called_at=moment.now)


async def _find_open(moment: Moment) -> HandoffRow:
    row = await find_handoff(moment.session, moment.person.id)
    assert row is not None
    return row
