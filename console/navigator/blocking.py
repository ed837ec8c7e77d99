"""Steps for somebody who abuses the team: two warnings to them, then a request to a second person.

Only whoever holds the conversation, or stands beside them, can take a step.
"""

import uuid
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.blocks import (
    REASONS,
    WARNINGS,
    Step,
    ask_block,
    find_block,
    may_go_on,
    next_step,
    save_warning,
)
from bot.store.conversations import find_conversation
from bot.store.outbox import save_replies
from bot.store.said import Speaker, save_said
from bot.store.tables import BlockRow
from bot.store.tables.said import STAFF
from bot.wire.turns import Reply
from console.errors import NotAllowed
from console.house import House
from console.members import Member, allowed
from console.navigator.holding import Held, find_held

#: What the person would read, by the step and the reason.
_WARNED = {
    Step.WARN: {"abusive": "warned_abusive", "sexual": "warned_sexual"},
    Step.WARN_AGAIN: {"abusive": "warned_again", "sexual": "warned_again"},
}


@dataclass(frozen=True)
class Case:
    """A held conversation and the steps so far. ``may``: the next step may be taken now."""

    held: Held
    block: BlockRow | None
    language: str
    may: bool

    @property
    def step(self) -> Step:
        """What comes next."""
        return next_step(self.block)


def routes(house: House) -> APIRouter:
    """``/people/{person_id}/block``."""
    router = APIRouter()
    member_here = Annotated[Member, Depends(allowed(house, "block_ask"))]

    @router.get("/people/{person_id}/block")
    async def page(member: member_here, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            case = await _find_case(house, session, member, person_id)
        return _show(house, member, case)

    @router.post("/people/{person_id}/block")
    async def act(
        member: member_here,
        person_id: uuid.UUID,
        step: Annotated[str, Form()],
        reason: Annotated[str, Form()] = "",
    ) -> Response:
        async with house.sessions.begin() as session:
            case = await _find_case(house, session, member, person_id)
            if case.step.value != step or not case.may:
                return _show(house, member, case, status=409)
            if case.step in WARNINGS:
                await _warn(house, session, member, case, reason)
            elif case.step is Step.ASK:
                await _ask(house, session, member, case)
        return RedirectResponse(f"/people/{person_id}/block", status_code=303)

    return router


async def _find_case(
    house: House, session: AsyncSession, member: Member, person_id: uuid.UUID
) -> Case:
    """Raises :class:`NotAllowed` for a conversation in other hands, and for a practice."""
    held = await find_held(house, session, member, person_id)
    hands = {held.row.claimed_by, held.row.joined_by}
    if member.id not in hands or held.row.practice is not None:
        raise NotAllowed
    block = await find_block(session, held.person.pseudonym, house.now())
    conversation = await find_conversation(session, person_id)
    language = conversation.language if conversation else held.row.language
    return Case(held, block, language, await may_go_on(session, person_id, block))


async def _warn(
    house: House, session: AsyncSession, member: Member, case: Case, reason: str
) -> None:
    """The sentence goes to the person as any line of the navigator's does."""
    if reason not in REASONS:
        raise HTTPException(422)
    now, held, person_id = house.now(), case.held, case.held.person.id
    sentence = house.say(_WARNED[case.step][reason], case.language)
    await save_warning(session, held.person.pseudonym, reason, case.step, now)
    (outbox_id,) = await save_replies(session, held.key, person_id, [Reply(sentence)])
    speaker = Speaker(STAFF, member.id, outbox_id)
    await save_said(session, held.key, person_id, speaker, sentence, now)
    held.row.active_at, held.row.unanswered_since = now, None
    await save_audit(session, member.id, "block_warned", now, person_id=person_id, about=reason)


async def _ask(house: House, session: AsyncSession, member: Member, case: Case) -> None:
    now, person = house.now(), case.held.person
    await ask_block(session, person.pseudonym, member.id, now)
    await save_audit(session, member.id, "block_asked", now, person_id=person.id)


def _show(house: House, member: Member, case: Case, status: int = 200) -> Response:
    names = _WARNED.get(case.step, {})
    return house.pages.show(
        member,
        "block.html",
        status=status,
        person_id=case.held.person.id,
        language=case.language,
        step=case.step.value,
        until=case.block.until if case.block else None,
        may_go_on=case.may,
        sentences={reason: house.say(name, case.language) for reason, name in names.items()},
        changed=status != 200,
    )
