"""The outbox: replies leave in order, and the vendor's answers come back to them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.jobs import save_delivery
from bot.store.sealed import seal, unseal
from bot.store.tables import OutboxRow
from bot.store.tables.outbox import DELIVERED, FAILED, PENDING, SENDING, SENT, STOPPED
from bot.vault.vault import PersonKey
from bot.wire.turns import Reply

#: How long the bare record of a reply is kept, for its status and nothing else.
RECORD_KEPT = timedelta(days=7)
#: How long a web page may come back and see a reply again.
PAGE_SHOWS_FOR = timedelta(minutes=15)
#: The channel of PostgreSQL notifications on which web pages hear of a reply.
REPLY_NEWS = "waymark_reply"


async def save_replies(
    session: AsyncSession, key: PersonKey, person_id: uuid.UUID, replies: Iterable[Reply],
    *, first: bool = False,
) -> list[uuid.UUID]:  # fmt: skip
    """Write replies in order, and the job that delivers them. Returns their ids.

    ``first``: they answer nothing, so that the person's wishes decide whether they leave.
    """
    saved = []
    for reply in replies:
        outbox_id = uuid.uuid4()
        words = json.dumps(reply.to_json())
        sealed = seal(key, OutboxRow, "words", outbox_id, words)
        session.add(OutboxRow(id=outbox_id, person_id=person_id, words=sealed, first=first))
        await session.flush()
        saved.append(outbox_id)
    await save_delivery(session, person_id)
    return saved


async def next_open_reply(session: AsyncSession, person_id: uuid.UUID) -> OutboxRow | None:
    """The oldest reply of a person that has not left yet."""
    open_ones = (
        select(OutboxRow)
        .where(OutboxRow.person_id == person_id, OutboxRow.state.in_((PENDING, SENDING)))
        .where(OutboxRow.words.is_not(None))
        .order_by(OutboxRow.position)
        .limit(1)
    )
    return (await session.scalars(open_ones)).one_or_none()


async def find_reply(session: AsyncSession, outbox_id: uuid.UUID) -> OutboxRow | None:
    """One reply by its id, held until the transaction ends."""
    held = select(OutboxRow).where(OutboxRow.id == outbox_id).with_for_update()
    return (await session.scalars(held)).one_or_none()


def open_reply(key: PersonKey, row: OutboxRow) -> Reply:
    """The reply in clear. Only for rows whose words are still there."""
    assert row.words is not None
    return Reply.from_json(json.loads(unseal(key, OutboxRow, "words", row.id, row.words)))


def start_sending(row: OutboxRow, now: datetime) -> None:
    """Committed before the vendor is called, so that a crash leaves a trace."""
    row.state, row.tried_at = SENDING, now
    row.tries += 1


def finish_reply(
    row: OutboxRow, state: str, *, provider_id: str | None = None, reason: str | None = None
) -> None:
    """The reply has left or never will: its words are needed no longer."""
    row.state, row.words, row.reason = state, None, reason
    row.provider_id = provider_id or row.provider_id


async def find_held(session: AsyncSession, now: datetime) -> list[uuid.UUID]:
    """People with a reply that their wishes kept until now."""
    due = select(OutboxRow.person_id).where(
        OutboxRow.held_until <= now, OutboxRow.state.in_((PENDING, SENDING))
    )
    return list(await session.scalars(due.distinct()))


async def show_reply(session: AsyncSession, row: OutboxRow) -> None:
    """Let the web page have the reply; it keeps its words until the page has shown it."""
    row.state = SENT
    await wake_page(session, row.person_id)


async def wake_page(session: AsyncSession, person_id: uuid.UUID) -> None:
    """Let the person's open web pages look, when the transaction commits."""
    await session.execute(select(func.pg_notify(REPLY_NEWS, str(person_id))))


async def find_shown(session: AsyncSession, person_id: uuid.UUID, after: int) -> list[OutboxRow]:
    """Replies for the web page beyond position ``after``, oldest first."""
    shown = (
        select(OutboxRow)
        .where(OutboxRow.person_id == person_id, OutboxRow.position > after)
        .where(OutboxRow.state == SENT, OutboxRow.words.is_not(None))
        .order_by(OutboxRow.position)
    )
    return list(await session.scalars(shown))


async def find_provider_ids(session: AsyncSession, provider_ids: Sequence[str]) -> set[str]:
    """Those of ``provider_ids`` that a reply of ours already has."""
    known = select(OutboxRow.provider_id).where(OutboxRow.provider_id.in_(provider_ids))
    return {found for found in await session.scalars(known) if found}


_RANK = {SENT: 1, DELIVERED: 2, FAILED: 2, STOPPED: 2}


async def save_status(
    session: AsyncSession, outbox_id: uuid.UUID, provider_id: str, state: str, reason: str | None
) -> OutboxRow | None:
    """What the vendor says of a reply; late and repeated news change nothing."""
    row = await find_reply(session, outbox_id)
    if row is None or _RANK.get(row.state, 0) >= _RANK[state]:
        return None
    finish_reply(row, state, provider_id=provider_id, reason=reason)
    return row


async def forget_shown_words(session: AsyncSession, now: datetime) -> None:
    """Erase the words of web replies that their page has had time to show."""
    old = OutboxRow.tried_at < now - PAGE_SHOWS_FOR
    await session.execute(update(OutboxRow).where(OutboxRow.state == SENT, old).values(words=None))


async def forget_old_replies(session: AsyncSession, now: datetime) -> None:
    """Remove the records of replies that left long ago."""
    await session.execute(delete(OutboxRow).where(OutboxRow.created_at < now - RECORD_KEPT))
