"""Referrals beside the conversation: the person is asked first, and sees all that would be told."""

import uuid
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.referrals import ASKED, Content, render_question
from bot.settings import ROOT
from bot.store.audit import save_audit
from bot.store.outbox import save_replies
from bot.store.referrals import find_referrals, save_referral, withdraw_referrals
from bot.store.said import Speaker, save_said
from bot.store.tables import ServiceRow
from bot.store.tables.said import HOUSE
from bot.wire.turns import Reply
from bot.written import load_written
from console.house import House
from console.members import Member, allowed
from console.navigator.holding import Held, find_held
from console.navigator.sending import find_language

Words = Mapping[str, Any]
#: Agencies offered in one list.
MOST = 300


def routes(house: House) -> APIRouter:
    """``/people/{person_id}/referrals``. Raises ``OSError`` without the words of the question."""
    router = APIRouter()
    refer = Annotated[Member, Depends(allowed(house, "referrals"))]
    words: Words = load_written(ROOT / "data/phrases/referrals.yml")

    @router.get("/people/{person_id}/referrals")
    async def page(member: refer, person_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            found = await find_referrals(session, held.key, person_id)
            agencies = await _find_agencies(session)
            await save_audit(session, member.id, "referrals_seen", house.now(), person_id=person_id)
        return house.pages.show(
            member, "referrals.html", person_id=person_id, referrals=found, agencies=agencies,
            asked=ASKED, names=words["en"]["fields"], states=words["en"]["states"],
        )  # fmt: skip

    @router.post("/people/{person_id}/referrals")
    async def make(request: Request, member: refer, person_id: uuid.UUID) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        content = Content.from_form(form)
        async with house.sessions.begin() as session:
            held = await find_held(house, session, member, person_id)
            agency = (await _find_agencies(session)).get(form.get("agency", ""))
            if agency is None or not any(content.filled()) or held.row.practice is not None:
                raise HTTPException(422)
            await _ask(house, session, member, held, form["agency"], agency, content, words)
        return RedirectResponse(f"/people/{person_id}", status_code=303)

    @router.post("/people/{person_id}/referrals/withdraw")
    async def withdraw(request: Request, member: refer, person_id: uuid.UUID) -> Response:
        agency = str((await request.form()).get("agency", ""))
        async with house.sessions.begin() as session:
            await find_held(house, session, member, person_id)
            await withdraw_referrals(session, person_id, agency, house.now())
            await save_audit(
                session, member.id, "referral_withdrawn", house.now(), person_id=person_id,
                about=agency,
            )  # fmt: skip
        return RedirectResponse(f"/people/{person_id}/referrals", status_code=303)

    return router


async def _ask(
    house: House, session: AsyncSession, member: Member, held: Held, agency: str, name: str,
    content: Content, words: Words,
) -> None:  # fmt: skip
    """The question goes to the person; the navigator sees it among what is said."""
    now, person_id = house.now(), held.person.id
    await save_referral(session, held.key, person_id, agency, content, member.id, now)
    language = await find_language(session, held)
    texts = render_question(words.get(language, words["en"]), name, content)
    replies = await save_replies(session, held.key, person_id, [Reply(text) for text in texts])
    for text, reply in zip(texts, replies, strict=True):
        speaker = Speaker(HOUSE, outbox_id=reply)
        await save_said(session, held.key, person_id, speaker, text, now)
    held.row.active_at, held.row.unanswered_since = now, None
    await save_audit(session, member.id, "referral_asked", now, person_id=person_id, about=agency)


async def _find_agencies(session: AsyncSession) -> dict[str, str]:
    """Services of the directory by id, in the order of their names."""
    found = await session.execute(
        select(ServiceRow.id, ServiceRow.name).order_by(ServiceRow.name).limit(MOST)
    )
    return {row.id: row.name for row in found}
