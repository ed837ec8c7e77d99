"""The sign that a navigator writes, on Telegram: while it is true, and for who may see it."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from bot.care.contact import ContactWishes
from bot.settings import Settings, Telegram
from bot.store.claims import claim_handoff
from bot.store.contacts import save_wishes
from bot.store.covers import lock_cover, save_cover
from bot.store.drafts import save_draft
from bot.store.handoffs import Call, save_handoff
from bot.store.jobs import SIGN
from bot.store.people import get_person
from bot.store.sealed import open_person
from bot.store.writing import ask_for_sign
from tests.fakes.telegram import Fault
from tests.fakes.telegram_server import TelegramServer
from tests.worker.desk_room import join, later
from tests.worker.telegram_room import PERSON, in_house, talk
from worker.house import House
from worker.queue import build_queue
from worker.rehearsal.stage import Stage
from worker.sign import show_sign


async def hold(house: House, person_id: uuid.UUID) -> uuid.UUID:
    """A navigator takes the person who called; their id."""
    async with house.sessions.begin() as session:
        person, nora = await get_person(session, person_id), await join(session, house)
        assert person is not None
        key = open_person(house.vault, person)
        await save_handoff(session, key, person_id, Call("human", "en"), house.now())
        assert await claim_handoff(session, person_id, nora, house.now())
        return nora


async def write(house: House, person_id: uuid.UUID, staff_id: uuid.UUID) -> None:
    """The navigator types, as the console notes it."""
    async with house.sessions.begin() as session:
        person = await get_person(session, person_id)
        assert person is not None
        key, now = open_person(house.vault, person), house.now()
        await save_draft(session, key, person_id, staff_id, "I am", now)
        await ask_for_sign(session, house.vault, person, now)


async def begin(house: House, telegram: TelegramServer) -> tuple[uuid.UUID, uuid.UUID]:
    """Somebody who wrote a moment ago, and the navigator who writes to them."""
    person_id = await talk(house, telegram, "hi")
    nora = await hold(house, person_id)
    await write(house, person_id, nora)
    return person_id, nora


def signs(telegram: TelegramServer) -> list[tuple[str, object]]:
    """What the bot was seen to do in the person's chat."""
    made = telegram.telegram.made("sendChatAction")
    assert all(int(call.fields["chat_id"]) == PERSON for call in made)
    return [(call.fields["action"], call.status) for call in made]


def test_the_queue_shows_that_somebody_writes(
    telegram: TelegramServer, account: Telegram, settings: Settings
) -> None:
    async def work(house: House) -> None:
        person_id, nora = await begin(house, telegram)
        await write(house, person_id, nora)
        queue = build_queue(house, Stage(house.settings))
        async with queue.open_async():
            await queue.run_worker_async(queues=[SIGN], wait=False, install_signal_handlers=False)

    in_house(settings, account, work)
    assert signs(telegram) == [("typing", 200)]


@pytest.mark.parametrize("word", ["/exit", "stop", "forget me"])
def test_who_has_left_sees_nothing(
    telegram: TelegramServer, account: Telegram, settings: Settings, word: str
) -> None:
    async def work(house: House) -> None:
        person_id, _ = await begin(house, telegram)
        await show_sign(house, person_id)
        await talk(house, telegram, word)
        await show_sign(house, person_id)

    in_house(settings, account, work)
    assert len(signs(telegram)) == 1


def test_it_is_never_late(telegram: TelegramServer, account: Telegram, settings: Settings) -> None:
    async def work(house: House) -> None:
        person_id, _ = await begin(house, telegram)
        await show_sign(later(house, seconds=7), person_id)

    in_house(settings, account, work)
    assert signs(telegram) == []


@pytest.mark.parametrize(("minutes", "seen"), [(14, 1), (16, 0)])
def test_it_does_not_come_out_of_the_blue(
    telegram: TelegramServer, account: Telegram, settings: Settings, minutes: int, seen: int
) -> None:
    async def work(house: House) -> None:
        person_id, nora = await begin(house, telegram)
        async with house.sessions.begin() as session:
            person = await get_person(session, person_id)
            assert person is not None
            key = open_person(house.vault, person)
            await save_wishes(session, key, person_id, ContactWishes(), house.now())
        then = later(house, minutes=minutes)
        await write(then, person_id, nora)
        await show_sign(then, person_id)

    in_house(settings, account, work)
    assert len(signs(telegram)) == seen


def test_a_cover_is_not_lifted(
    telegram: TelegramServer, account: Telegram, settings: Settings
) -> None:
    async def work(house: House) -> None:
        person_id, _ = await begin(house, telegram)
        async with house.sessions.begin() as session:
            person = await get_person(session, person_id)
            assert person is not None
            key = open_person(house.vault, person)
            await save_cover(session, key, person_id, "weather", "tangerine")
            await lock_cover(session, person_id)
        await show_sign(house, person_id)

    in_house(settings, account, work)
    assert signs(telegram) == []


@pytest.mark.parametrize(
    "fault", [Fault(status=500), Fault(status=429), Fault(status=403), Fault(dropped=True)]
)
def test_what_fails_is_let_go(
    telegram: TelegramServer, account: Telegram, settings: Settings, fault: Fault
) -> None:
    telegram.telegram.faults["sendchataction"].append(fault)

    async def work(house: House) -> None:
        person_id, _ = await begin(house, telegram)
        await show_sign(house, person_id)

    in_house(settings, account, work)
    assert [status for _, status in signs(telegram)] == [fault.status or 200]


def test_a_channel_that_shows_nothing_is_asked_for_nothing(
    telegram: TelegramServer, account: Telegram, settings: Settings
) -> None:
    async def work(house: House) -> None:
        person_id, _ = await begin(house, telegram)
        await show_sign(replace(house, senders={}), person_id)

    in_house(settings, account, work)
    assert signs(telegram) == []
