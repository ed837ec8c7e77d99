"""Twilio's two doors: messages in, and news of messages out.

https://www.twilio.com/docs/usage/security: a request whose signature is wrong is
refused before anything of it is read further.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import Twilio
from bot.store import people
from bot.store.failures import follow_failure
from bot.store.inbox import save_inbound
from bot.store.outbox import save_status
from bot.store.said import tell_of_reply
from bot.store.sealed import open_person
from bot.store.tables import OutboxRow
from bot.store.traces import save_trace
from bot.wire.inbound import Inbound
from channels import twilio
from channels.errors import NotAMessage
from gateway.body import read_form
from gateway.house import House

#: An empty answer in Twilio's language: nothing to say right now.
SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

log = structlog.get_logger()


def routes(house: House) -> APIRouter:
    """The routes under ``/twilio``."""
    router = APIRouter(prefix="/twilio")

    async def signed(request: Request) -> dict[str, str] | None:
        return await _read_signed(house, request)

    form_if_signed = Depends(signed)

    @router.post("/inbound")
    async def inbound(untrusted_form: dict[str, str] | None = form_if_signed) -> Response:
        if untrusted_form is None:
            return Response(status_code=403)
        try:
            message = twilio.parse(untrusted_form)
        except NotAMessage:
            return Response(status_code=400)
        if not _is_open(house, message):
            # Twilio asks the fallback address, which has the hotlines, instead of silence.
            return Response(status_code=404)
        if message.channel not in house.site.channels.erased:
            message = replace(message, place_in_chat=None)  # nobody will ask for it
        async with house.sessions.begin() as session:
            saved = await save_inbound(session, house.vault, message)
        log.info("message.taken" if saved else "message.known", channel=message.channel)
        return Response(SILENCE, media_type="text/xml")

    @router.post("/status/{outbox_id}")
    async def status(
        outbox_id: UUID, untrusted_form: dict[str, str] | None = form_if_signed
    ) -> Response:
        if untrusted_form is None:
            return Response(status_code=403)
        if news := twilio.parse_status(untrusted_form):
            async with house.sessions.begin() as session:
                row = await save_status(
                    session, outbox_id, news.provider_id, news.state, news.reason
                )
                if row is not None and news.outcome is not None:
                    await follow_failure(session, row.person_id, news.outcome, datetime.now(UTC))
                elif row is not None:
                    await _keep_trace(house, session, row, news.provider_id)
                await tell_of_reply(session, outbox_id)
        return Response(status_code=204)

    return router


def _is_open(house: House, message: Inbound) -> bool:
    """Whether the site has switched on the message's channel."""
    account = house.settings.twilio
    on_whatsapp = message.channel == twilio.WHATSAPP
    return account is not None and (not on_whatsapp or account.whatsapp_sender is not None)


async def _keep_trace(
    house: House, session: AsyncSession, row: OutboxRow, provider_id: str
) -> None:
    """News may come before the worker has heard that the message was taken at all."""
    person = await people.get_person(session, row.person_id)
    if person is not None and person.channel in house.site.channels.erased:
        key = open_person(house.vault, person)
        await save_trace(session, key, person.id, provider_id)


async def _read_signed(house: House, request: Request) -> dict[str, str] | None:
    """The form if Twilio signed it for our public address, otherwise nothing."""
    account = house.settings.twilio
    signature = request.headers.get("X-Twilio-Signature", "")
    if account is None or not signature:
        return None
    form = await read_form(request)
    return form if _is_signed(house, account, request, form, signature) else None


def _is_signed(
    house: House, account: Twilio, request: Request, form: dict[str, str], signature: str
) -> bool:
    query = f"?{request.url.query}" if request.url.query else ""
    url = f"{house.settings.public_url}{request.url.path}{query}"
    return twilio.verify(url, form, signature, account.auth_token.reveal())
