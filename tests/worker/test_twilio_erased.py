"""EXIT takes a person's texts, theirs and ours, off the company that sends them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.site_channels import DELETE, KEEP, TextOptions
from bot.store.inbox import save_inbound
from channels.twilio import parse
from simulator.account import NUMBER
from simulator.carrier import Message
from tests.channels.recorded import sms
from tests.fakes.twilio import PERSON, TwilioFake, run_twilio
from tests.house import wait_for
from tests.records import Records
from tests.worker.conftest import open_settings
from worker.deliver import deliver_replies
from worker.erase import erase_traces
from worker.house import House, build
from worker.turn import take_turns


def _leave(fake: TwilioFake, database_url: str, home: Path, after_delivery: str) -> Records:
    """A person texts and leaves; every job that follows is done."""
    settings = open_settings(home, database_url, WAYMARK_PUBLIC_URL=fake.receiver.url)

    async def text(house: House, words: str) -> None:
        message = Message(PERSON, NUMBER, words, inbound=True, status="received")
        fake.carrier.take(message)
        async with house.sessions.begin() as session:
            form = sms(From=PERSON, Body=words, MessageSid=message.sid)
            person = await save_inbound(session, house.vault, parse(form))
        assert person is not None
        await take_turns(house, person.id)
        await deliver_replies(house, person.id)
        await asyncio.to_thread(wait_for, lambda: _are_there(fake), "the texts to arrive")
        if words == "EXIT":
            await erase_traces(house, person.id)

    async def work() -> None:
        sender = fake.sender(TextOptions("sms", 100, after_delivery))
        house = replace(build(settings), senders={"sms": sender})
        for words in ("hi", "EXIT"):
            await text(house, words)
        await house.engine.close()
        await house.database.dispose()

    asyncio.run(work())
    return Records(settings)


def _are_there(fake: TwilioFake) -> bool:
    return all(message.status in {"delivered", "received"} for message in fake.carrier.messages)


def test_nothing_stays_where_the_site_says_so(plain_database_url: str, tmp_path: Path) -> None:
    with run_twilio() as fake:
        records = _leave(fake, plain_database_url, tmp_path, DELETE)
        assert len(fake.carrier.messages) >= 3
        assert all(message.deleted for message in fake.carrier.messages)
    assert records.query("SELECT FROM trace") == []


def test_everything_stays_where_the_site_keeps_it(plain_database_url: str, tmp_path: Path) -> None:
    with run_twilio() as fake:
        _leave(fake, plain_database_url, tmp_path, KEEP)
        assert not any(message.deleted for message in fake.carrier.messages)
