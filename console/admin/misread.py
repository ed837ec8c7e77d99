"""Messages that nobody understood, of people who agreed to it: rejected, or an example anew."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.misread import claim_misread
from bot.store.releases import ChangedMeanwhile
from console.admin.change_forms import LONGEST_LINE, BadForm, Form
from console.admin.changing import Desk
from console.admin.misread_forms import save_example
from console.admin.misread_reading import find_page, find_shown
from console.admin.spots import find_target
from console.house import House
from console.members import Member, allowed

LIST = "/conversation/misread"
GONE = (
    "Somebody was faster, or this one may be shown no more. There is nothing left to do with it. "
    "Here are the others."
)
MEANWHILE = "Somebody changed the examples of this meaning just now. Save again."


def routes(house: House) -> APIRouter:
    """``/conversation/misread``, and what is below it."""
    router = APIRouter()
    desk = Desk(house)
    reader = Annotated[Member, Depends(allowed(house, "misread"))]

    @router.get(LIST)
    async def index(member: reader, after: uuid.UUID | None = None) -> Response:
        return await show_list(member, after)

    async def show_list(
        member: Member, after: uuid.UUID | None = None, notice: str = ""
    ) -> Response:
        async with house.sessions.begin() as session:
            page = await find_page(session, house.vault, member.name, house.now(), after)
            if page.rows:
                await save_audit(session, member.id, "misread_seen", house.now())
        return house.pages.show(
            member, "misread.html", status=409 if notice else 200, page=page, notice=notice
        )

    @router.get(LIST + "/{row_id}")
    async def one(member: reader, row_id: uuid.UUID, release: str = "") -> Response:
        return await show_one(member, row_id, release)

    async def show_one(
        member: Member, row_id: uuid.UUID, release: str, fault: str = "", form: Form | None = None
    ) -> Response:
        written, _ = await desk.open()
        async with house.sessions.begin() as session:
            shown = await find_shown(session, house.vault, row_id, member.name, house.now())
            target = await find_target(session, release)
            if shown is not None:
                await save_audit(session, member.id, "misread_seen", house.now())
        if shown is None:
            return await show_list(member, notice=GONE)
        return house.pages.show(
            member, "misread_one.html", status=422 if fault else 200, shown=shown, target=target,
            meanings=sorted(written.intents), languages=house.site.languages, fault=fault,
            form=form or {}, longest=LONGEST_LINE,
        )  # fmt: skip

    @router.post(LIST + "/{row_id}")
    async def use(member: reader, request: Request, row_id: uuid.UUID) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        _, edition = await desk.open()
        try:
            async with house.sessions.begin() as session:
                if not await take(session, row_id):
                    return await show_list(member, notice=GONE)
                release = await save_example(house, session, member, edition, form)
                await save_audit(session, member.id, "misread_used", house.now(), about=release)
        except (BadForm, ChangedMeanwhile) as error:
            fault = str(error) if isinstance(error, BadForm) else MEANWHILE
            return await show_one(member, row_id, form.get("release", ""), fault, form)
        return RedirectResponse(f"/releases/{release}", status_code=303)

    @router.post(LIST + "/{row_id}/reject")
    async def reject(member: reader, row_id: uuid.UUID) -> Response:
        async with house.sessions.begin() as session:
            if not await take(session, row_id):
                return await show_list(member, notice=GONE)
            await save_audit(session, member.id, "misread_rejected", house.now())
        return RedirectResponse(LIST, status_code=303)

    async def take(session: AsyncSession, row_id: uuid.UUID) -> bool:
        """Let it go, unless somebody else did. A fault later on in the transaction keeps it."""
        row = await claim_misread(session, row_id, house.now())
        if row is not None:
            await session.delete(row)
            await session.flush()
        return row is not None

    return router
