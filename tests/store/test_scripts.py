"""Conversations that staff save or agree to, and rehearsals of a day ago."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.scripts import Script, Turn
from bot.store.database import connect, sessions
from bot.store.rehearsals import (
    KEPT_FOR,
    Wish,
    ask_to_rehearse,
    find_last_rehearsal,
    find_open_rehearsal,
    forget_old_rehearsals,
    save_rehearsal_fault,
)
from bot.store.releases import claim_release, find_release, save_opinion, start_release
from bot.store.scripts import (
    agree_to_script,
    drop_agreed_script,
    drop_script,
    find_agreed_scripts,
    find_saved_scripts,
    save_script,
)
from bot.store.tables import StaffRow

OTHER = uuid.uuid4()
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
HELLO = Script("Hello", "en", (Turn("hi", ("utter_a",), ("EXIT",)),), "web")
Act = Callable[[AsyncSession, uuid.UUID], Awaitable[None]]


@pytest.fixture
def run(plain_database_url: str) -> Callable[[Act], None]:
    """Runs with a session and somebody of the staff."""

    def run(act: Act) -> None:
        async def inside() -> None:
            engine, staff = connect(plain_database_url), uuid.uuid4()
            async with sessions(engine).begin() as session:
                session.add_all([_hire(staff, "Ada"), _hire(OTHER, "Bo")])
                await session.flush()
                await act(session, staff)
            await engine.dispose()

        asyncio.run(inside())

    return run


def _hire(staff: uuid.UUID, name: str) -> StaffRow:
    return StaffRow(id=staff, email=f"{name}@staff.example", name=name, password_hash="",
                    role="admin", languages=["en"], caseload=5)  # fmt: skip


def test_a_name_is_saved_once_in_each_language(run: Callable[[Act], None]) -> None:
    async def act(session: AsyncSession, staff: uuid.UUID) -> None:
        saved = await save_script(session, HELLO, staff, NOW)
        assert saved is not None
        assert await save_script(session, replace(HELLO, turns=()), staff, NOW) is None
        assert await save_script(session, replace(HELLO, language="es"), staff, NOW)
        found = await find_saved_scripts(session)
        assert [(one.script, one.by) for one in found] == [
            (HELLO, "Ada"),
            (replace(HELLO, language="es"), "Ada"),
        ]
        await drop_script(session, saved)
        assert [one.script.language for one in await find_saved_scripts(session)] == ["es"]

    run(act)


def test_what_a_release_agrees_to_others_have_to_agree_to(run: Callable[[Act], None]) -> None:
    async def act(session: AsyncSession, staff: uuid.UUID) -> None:
        release_id = await start_release(session, "A", "B", staff, NOW)

        async def hear(member: uuid.UUID) -> str:
            release = await claim_release(session, release_id)
            assert release is not None
            release.row.state = "proposed"
            await save_opinion(session, release, member, True, "", NOW)
            return release.row.state

        assert await hear(staff) == "approved"
        release = await claim_release(session, release_id)
        assert release is not None
        await agree_to_script(session, release, HELLO, staff, NOW)
        otherwise = replace(HELLO, turns=(Turn("hi", ()),))
        await agree_to_script(session, release, otherwise, staff, NOW)
        (agreed,) = await find_agreed_scripts(session, release_id)
        assert (agreed.id, agreed.script, agreed.by) == (None, otherwise, "Ada")
        found = await find_release(session, release_id)
        assert found is not None and (found.row.state, found.opinions) == ("draft", ())

        assert await hear(staff) == "proposed"
        assert await hear(OTHER) == "approved"
        await drop_agreed_script(session, release, "en", "Hello", OTHER)
        assert await find_agreed_scripts(session, release_id) == []
        assert release.row.state == "draft"
        assert await hear(OTHER) == "proposed"  # who took it out has had a hand in it

    run(act)


def test_a_rehearsal_is_played_once_and_forgotten_after_a_day(run: Callable[[Act], None]) -> None:
    async def act(session: AsyncSession, staff: uuid.UUID) -> None:
        wish = Wish(None, "sms", "en", ["hi"])
        asked = await ask_to_rehearse(session, wish, staff, NOW)
        assert await find_open_rehearsal(session, asked) is not None
        await save_rehearsal_fault(session, asked, "No.", NOW)
        assert await find_open_rehearsal(session, asked) is None
        later = await ask_to_rehearse(session, wish, staff, NOW + timedelta(minutes=1))
        last = await find_last_rehearsal(session, None, None)
        assert last is not None and last.id == later
        await forget_old_rehearsals(session, NOW + KEPT_FOR + timedelta(seconds=1))
        session.expire_all()
        assert await find_open_rehearsal(session, later) is not None
        await forget_old_rehearsals(session, NOW + KEPT_FOR + timedelta(minutes=2))
        assert await find_last_rehearsal(session, None, None) is None

    run(act)
