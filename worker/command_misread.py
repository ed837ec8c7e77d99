"""A message that nobody understood, kept for the team if the person agreed to that before.

Where there is any doubt nothing is kept. The words come from the message itself, and are stripped
before anything is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.care.consent import ConsentKind, is_valid
from bot.care.stripping import strip_message
from bot.entities.entity import Entity, Kind
from bot.entities.finding import find_entities
from bot.store.consents import find_consent
from bot.store.covers import find_cover
from bot.store.handoffs import find_handoff
from bot.store.misread import Stripped, save_misread
from worker.moment import Moment
from worker.told import Told

#: Questions to which no answer is a name, a place, a secret or somebody's own story.
LEARNS_AT = {"", "need"}
#: Facts of one person. A need is what the message is about, and stays.
_TAKEN_OUT = {Kind.ZIP, Kind.TOWN, Kind.TIME, Kind.CHILDREN}


async def keep_misread(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Keep the message that is being answered, stripped; or, as a rule, nothing."""
    if not await _may_learn(moment):
        return None
    # The first look reads all examples, which is not to hold up anybody else's turn.
    known = await asyncio.to_thread(moment.house.vocabulary, moment.language)
    spans = [(one.start, one.end) for one in _find_facts(moment)]
    if words := strip_message(moment.untrusted_text, known, spans):
        stripped = Stripped(moment.language, words, fields["likely"])
        today = moment.house.local_now().date()
        await save_misread(moment.session, moment.key, moment.person.id, stripped, today)
    return None


async def _may_learn(moment: Moment) -> bool:
    """Neither a secret nor danger is near, and the consent is older than the message."""
    if moment.asked not in LEARNS_AT or moment.house.screen.look(moment.untrusted_text):
        return False
    if moment.conversation is None or moment.conversation.marked_for:
        return False
    consent = await find_consent(moment.session, moment.person.id, ConsentKind.LEARN)
    if consent is None or not is_valid(consent, moment.now):
        return False
    return moment.message.received_at > consent.granted_at and not await _has_secret(moment)


async def _has_secret(moment: Moment) -> bool:
    """A code word, a passphrase, or words that are meant for a navigator may be typed anywhere."""
    session, person_id = moment.session, moment.person.id
    if await find_handoff(session, person_id) or await find_cover(session, moment.key, person_id):
        return True
    return await find_consent(session, person_id, ConsentKind.REMEMBER) is not None


def _find_facts(moment: Moment) -> list[Entity]:
    site = moment.house.site
    found = find_entities(
        moment.untrusted_text,
        now=moment.house.local_now(),
        places=moment.house.places,
        home_state=site.home_state,
    )
    return [one for one in found if one.kind in _TAKEN_OUT]
