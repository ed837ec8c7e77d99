"""The audit log: nobody changes it, whoever does is found, and signing in is in it."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime

import psycopg
import pyotp
import pytest
from sqlalchemy import select

from bot.store.audit import save_audit, verify_audit
from bot.store.database import Sessions, connect, sessions
from bot.store.tables import AuditRow, StaffRow
from console.members import COOKIE, make_csrf
from tests.console.conftest import Office
from tests.console.door import enter, forget_codes, join, show_code

NOW = datetime(2026, 11, 25, 18, 0, 0, 123456, tzinfo=UTC)
PERSON, STAFF = uuid.UUID(int=1), uuid.UUID(int=2)
CHANGES = [
    "UPDATE audit SET what = 'nothing' WHERE position = 3",
    "DELETE FROM audit WHERE position = 3",
    "TRUNCATE audit",
]
#: What somebody could change who rules the database, and where the chain breaks.
TAMPERED = [
    ("UPDATE audit SET what = 'nothing' WHERE position = 3", 3),
    ("UPDATE audit SET about = about || 'x' WHERE position = 3", 3),
    ("UPDATE audit SET happened_at = happened_at + interval '1 microsecond' WHERE position = 3", 3),
    ("UPDATE audit SET staff_id = NULL WHERE position = 3", 3),
    ("UPDATE audit SET person_id = gen_random_uuid() WHERE position = 3", 3),
    ("UPDATE audit SET hash = sha256('x') WHERE position = 3", 3),
    ("DELETE FROM audit WHERE position = 3", 4),
    ("DELETE FROM audit WHERE position = 1", 2),
    ("UPDATE audit SET position = position + 10 WHERE position > 2", 13),
    (
        "WITH a AS (SELECT * FROM audit WHERE position = 2) UPDATE audit SET what = a.what,"
        " about = a.about, hash = a.hash FROM a WHERE audit.position = 4",
        4,
    ),
]


def _fill(url: str, count: int = 6) -> None:
    """So many entries, written by as many sessions at once."""

    async def write(factory: Sessions, number: int) -> None:
        async with factory.begin() as session:
            await save_audit(session, STAFF, "viewed", NOW, person_id=PERSON, about=str(number))

    async def run() -> None:
        database = connect(url, pool_size=count)
        await asyncio.gather(*(write(sessions(database), number) for number in range(count)))
        await database.dispose()

    asyncio.run(run())


def _verify(url: str) -> int | None:
    async def run() -> int | None:
        database = connect(url, pool_size=1)
        async with sessions(database)() as session:
            found = await verify_audit(session)
        await database.dispose()
        return found

    return asyncio.run(run())


def test_many_writers_make_one_chain(plain_database_url: str) -> None:
    _fill(plain_database_url, 20)
    with psycopg.connect(plain_database_url) as connection:
        rows = connection.execute("SELECT position, about FROM audit ORDER BY position").fetchall()
    assert [position for position, _ in rows] == list(range(1, 21))
    assert {about for _, about in rows} == {str(number) for number in range(20)}
    assert _verify(plain_database_url) is None


def test_an_empty_log_stands(plain_database_url: str) -> None:
    assert _verify(plain_database_url) is None


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_a_change(plain_database_url: str, change: str) -> None:
    _fill(plain_database_url)
    with (
        psycopg.connect(plain_database_url) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        connection.execute(change)
    assert _verify(plain_database_url) is None


@pytest.mark.parametrize(("change", "broken"), TAMPERED)
def test_who_rules_the_database_is_found_out(
    plain_database_url: str, change: str, broken: int
) -> None:
    _fill(plain_database_url)
    with psycopg.connect(plain_database_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_append_only")
        assert connection.execute(change).rowcount
        connection.execute("ALTER TABLE audit ENABLE TRIGGER audit_append_only")
    assert _verify(plain_database_url) == broken


def test_what_is_taken_back_leaves_no_entry_and_no_gap(plain_database_url: str) -> None:
    async def run() -> None:
        database = connect(plain_database_url)
        with pytest.raises(RuntimeError):
            async with sessions(database).begin() as session:
                await save_audit(session, STAFF, "viewed", NOW)
                raise RuntimeError
        await database.dispose()

    asyncio.run(run())
    _fill(plain_database_url, 2)
    assert _verify(plain_database_url) is None


def test_joining_signing_in_failing_and_leaving_are_written_down(office: Office) -> None:
    secret = join(office)[1]
    forget_codes(office)
    enter(office.visitor(), "wrong wrong wrong")
    enter(office.visitor(), "wrong wrong wrong", "nobody@shelter.example")
    browser = office.visitor()
    enter(browser)
    show_code(browser, "000000")
    show_code(browser, pyotp.TOTP(secret).now())
    browser.csrf = make_csrf(browser.cookies[COOKIE])
    browser.submit("/sign-out")
    staff = office.do(lambda s: s.scalar(select(StaffRow)))
    rows = office.do(lambda s: s.scalars(select(AuditRow).order_by(AuditRow.position))).all()
    assert [(row.what, row.staff_id and row.staff_id == staff.id, row.about) for row in rows] == [
        ("joined", True, "navigator"),
        ("signed_in", True, ""),
        ("sign_in_failed", True, ""),
        ("sign_in_failed", None, ""),
        ("sign_in_failed", True, "code"),
        ("signed_in", True, ""),
        ("signed_out", True, ""),
    ]
    assert _verify(office.settings.database_url.reveal()) is None
