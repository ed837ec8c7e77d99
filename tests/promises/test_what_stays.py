"""What stays where after EXIT and FORGET ME: the table of docs/what-stays-where.md.

What stays in a browser is looked at in tests/pages.
"""

from __future__ import annotations

import pytest

from tests.chatter import Chatter
from tests.fakes.telegram_server import TelegramServer
from tests.house import RunningHouse, wait_for
from tests.phone import wait_until_quiet
from tests.records import Records

pytestmark = pytest.mark.stack


@pytest.fixture
def chatter(stack: RunningHouse, telegram: TelegramServer) -> Chatter:
    """A person who has never written before."""
    return Chatter(stack.settings, telegram)


def test_exit_on_telegram_clears_both_sides_and_says_nothing_more(
    stack: RunningHouse, chatter: Chatter
) -> None:
    for said in ("hi", "yes", "who sees this?"):
        assert chatter.say(said)
    assert len(chatter.screen()) >= 6
    chatter.send("/exit")
    chatter.wait_until_blank()
    wait_until_quiet(stack.settings)
    assert chatter.screen() == []
    records = Records(stack.settings)
    address = str(chatter.chat_id)
    for table in ("conversation", "outbox", "consent", "trace"):
        assert records.of(table, "telegram", address) == []
    assert all(row["words"] is None for row in records.of("inbox", "telegram", address))


def test_what_is_older_than_two_days_stays_and_stops_nothing(
    stack: RunningHouse, chatter: Chatter
) -> None:
    chatter.say("hi")
    fake = chatter.server.telegram
    oldest = min(fake.chats[chatter.chat_id].messages)
    fake.age(chatter.chat_id, oldest)
    chatter.send("SALIR")
    wait_for(lambda: len(chatter.screen()) == 1, "all but one message to go")


def test_forget_me_on_telegram_leaves_its_confirmation_and_nothing_else(
    stack: RunningHouse, chatter: Chatter
) -> None:
    for said in ("hi", "yes"):
        chatter.say(said)
    chatter.send("forget me")
    records = Records(stack.settings)
    address = str(chatter.chat_id)
    wait_for(lambda: records.person("telegram", address) is None, "the person to be forgotten")
    (left,) = chatter.screen()
    assert left == chatter.server.telegram.sent(chatter.chat_id)[0].text


def test_a_message_is_kept_on_telegram_by_its_sealed_id_alone(
    stack: RunningHouse, chatter: Chatter
) -> None:
    chatter.say("hi")
    rows = Records(stack.settings).of("outbox", "telegram", str(chatter.chat_id))
    assert rows
    assert all(row["provider_id"] is None for row in rows)
