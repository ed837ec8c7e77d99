"""Practice: a simulated survivor on the real tables, from whom nothing leaves and nothing stays."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Ending
from bot.care.persona_scripts import load_personas
from bot.settings import ROOT
from bot.store.claims import claim_handoff, claim_next, count_ahead, find_queue, find_silent
from bot.store.closed_handoffs import close_handoff, find_usual_wait
from bot.store.handoffs import Call, disclose_note, find_handoff, save_handoff
from bot.store.load import find_closed, find_loads
from bot.store.people import forget_talk, get_person
from bot.store.practice import (
    CHANNEL,
    LASTS,
    end_practice,
    find_practice,
    find_practices,
    forget_old_practice,
    send_practice,
    start_practice,
)
from bot.store.said import find_said
from bot.store.sealed import open_person
from bot.store.tables import ClosedHandoffRow, HandoffRow, OutboxRow, PersonRow, SaidRow
from bot.vault.vault import PersonKey
from tests.appointments.desk import NOW, Desk
from tests.console.desk_staff import hire, run

PERSONAS = load_personas(ROOT / "sites" / "demo" / "practice")
GRACE = PERSONAS["grace"]
MINUTE = timedelta(minutes=1)
SAFE, KIND, OFFER, CHOICE = (
    "Is it safe to talk right now?",
    "I am sorry. What matters most tonight?",
    "There is a shelter. I can look if they have room.",
    "It is up to you.",
)


class Training:
    """A trainee and Grace, in whose conversation minutes pass."""

    def __init__(self, desk: Desk, staff_id: uuid.UUID, person_id: uuid.UUID) -> None:
        self.desk, self.staff_id, self.person_id = desk, staff_id, person_id

    async def claim(self) -> None:
        """Take Grace out of the line."""
        async with self.desk.sessions.begin() as session:
            assert await claim_handoff(session, self.person_id, self.staff_id, NOW)

    async def send(self, text: str, minutes: int = 0) -> list[str]:
        """Write to Grace; what she answers."""
        async with self.desk.sessions.begin() as session:
            key, before = await self.key(session), len(await self.said(session))
            row = await find_handoff(session, self.person_id)
            assert row is not None
            at = NOW + minutes * MINUTE
            await send_practice(session, key, row, self.staff_id, text, at)
            return [words for _, words in (await self.said(session))[before + 1 :]]

    async def said(self, session: AsyncSession) -> list[tuple[str, str]]:
        """Who said what."""
        lines = await find_said(session, await self.key(session), self.person_id)
        return [(line.who, line.untrusted_words) for line in lines]

    async def key(self, session: AsyncSession) -> PersonKey:
        """Grace's own key."""
        person = await get_person(session, self.person_id)
        assert person is not None
        return open_person(self.desk.vault, person)


async def begin(desk: Desk, now: datetime = NOW) -> Training:
    """A trainee who has started a practice with Grace."""
    async with desk.sessions.begin() as session:
        nora = await hire(session)
        return Training(desk, nora, await start_practice(session, desk.vault, GRACE, nora, now))


async def count(desk: Desk, row: type) -> int:  # type: ignore[type-arg]
    """How many rows a table has."""
    async with desk.sessions() as session:
        return await session.scalar(select(func.count()).select_from(row)) or 0


def test_a_practice_waits_in_the_line_for_its_trainee_alone(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        training = await begin(desk)
        async with desk.sessions.begin() as session:
            omar = await hire(session, "Omar")
            (waiting,) = await find_queue(session)
            assert waiting.practice and waiting.has_note and not waiting.danger
            assert (waiting.channel, waiting.topics) == (CHANNEL, GRACE.topics)
            assert await claim_next(session, training.staff_id, NOW) is None
            assert await claim_handoff(session, training.person_id, omar, NOW) is None
            assert await find_practices(session, omar) == []
            assert await claim_handoff(session, training.person_id, training.staff_id, NOW)
            (mine,) = await find_practices(session, training.staff_id)
            assert mine.person_id == training.person_id
            key = await training.key(session)
            note = await disclose_note(session, key, mine, str(training.staff_id), NOW)
            assert tuple(note) == GRACE.note
            assert await training.said(session) == [("person", line) for line in GRACE.opening]

    run(database_url, story)


def test_it_is_played_by_the_script_and_ends_with_feedback(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        training = await begin(desk)
        await training.claim()
        for text, state in ((SAFE, "safe"), (KIND, "tells"), (OFFER, "weighs")):
            assert await training.send(text)
            assert await stands(training) == (state, False)
        said = await training.send(CHOICE)
        assert await stands(training) == ("goes_well", True)
        assert said[-1] == "You left the decision with her."
        assert "You asked if it was safe to talk before anything else." in said
        assert await training.send("Take care.") == []
        assert await count(desk, OutboxRow) == 0

    run(database_url, story)


def test_who_is_left_alone_says_so_and_the_time_before_the_claim_does_not_count(
    database_url: str,
) -> None:
    async def story(desk: Desk) -> None:
        training = await begin(desk, NOW - 60 * MINUTE)
        await training.claim()
        assert (await training.send(SAFE, 1))[-1].startswith("i have maybe")
        assert await training.send("hm", 9) == ["i thought you left"]

    run(database_url, story)


def test_what_the_trainee_owes_is_shown_as_with_anybody(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        training = await begin(desk)
        await training.claim()
        await training.send(SAFE, 2)
        async with desk.sessions() as session:
            row = await find_handoff(session, training.person_id)
            assert row and row.unanswered_since == row.active_at == NOW + 2 * MINUTE

    run(database_url, story)


def test_it_is_in_no_figure_and_stands_before_nobody(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        training = await begin(desk, NOW - MINUTE)
        ana = await desk.meet(1)
        async with desk.sessions.begin() as session:
            row = await save_handoff(session, ana.key, ana.id, Call("human", "en"), NOW)
            assert await count_ahead(session, row) == 0
        await training.claim()
        await training.send(SAFE)
        async with desk.sessions.begin() as session:
            assert await find_silent(session, NOW + 60 * MINUTE) == []
            (load,) = await find_loads(session, ("navigator",), NOW - LASTS, NOW - LASTS)
            assert load.held == ()
            assert await end_practice(session, training.person_id, NOW)
            assert await find_usual_wait(session, NOW) is None
            assert await find_closed(session, training.staff_id, NOW - LASTS) == []
            (figures,) = (await session.scalars(select(ClosedHandoffRow))).all()
            assert figures.practice

    run(database_url, story)


def test_the_end_leaves_nothing_and_never_touches_anybody_real(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        training = await begin(desk)
        await training.claim()
        await training.send(SAFE)
        ana = await desk.meet(1)
        async with desk.sessions.begin() as session:
            assert not await end_practice(session, ana.id, NOW)
            assert not await end_practice(session, uuid.uuid4(), NOW)
            assert await end_practice(session, training.person_id, NOW)
        assert await count(desk, PersonRow) == 1
        assert await count(desk, SaidRow) == await count(desk, HandoffRow) == 0

    run(database_url, story)


def test_what_nobody_ends_is_removed_after_a_day(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        now = datetime.now(UTC)
        old, young, returned, exited = [await begin(desk, now) for _ in range(4)]
        ana = await desk.meet(1)
        async with desk.sessions.begin() as session:
            row = await find_handoff(session, old.person_id)
            assert row is not None
            row.called_at = now - LASTS
            await close_handoff(session, returned.person_id, Ending.RETURNED, now)
            await forget_talk(session, exited.person_id)
            await forget_old_practice(session, now)
        async with desk.sessions() as session:
            left = set(await session.scalars(select(PersonRow.id)))
        assert left == {young.person_id, ana.id}

    run(database_url, story)


def test_the_script_comes_along_as_it_was_when_it_began(database_url: str) -> None:
    async def story(desk: Desk) -> None:
        training = await begin(desk)
        async with desk.sessions() as session:
            row = await find_handoff(session, training.person_id)
            assert row is not None
            practice = await find_practice(session, await training.key(session), row)
        assert practice is not None and practice.persona == GRACE

    run(database_url, story)


async def stands(training: Training) -> tuple[str, bool]:
    """The state of the script, and whether it has ended."""
    async with training.desk.sessions() as session:
        row = await find_handoff(session, training.person_id)
        assert row is not None
        practice = await find_practice(session, await training.key(session), row)
        assert practice is not None
        return practice.scene.state, practice.scene.ended
