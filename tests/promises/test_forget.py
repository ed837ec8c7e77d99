""" "Forget me" makes everything about a person unreadable for good, and says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.vault.errors import Unreadable
from bot.vault.keyring import open_keyring
from bot.vault.vault import Vault
from tests.content import matches
from tests.house import RunningHouse, wait_for
from tests.phone import Phone
from tests.promises.steps import lead
from tests.records import Records
from tests.visitor import Visitor

pytestmark = pytest.mark.stack

WAYMARK = str(Path(sys.executable).with_name("waymark"))


@pytest.mark.parametrize(
    ("said", "language"),
    [("FORGET ME", "en"), ("forget me please", "en"), ("olvidame", "es"), ("Olvídame.", "es")],
)
def test_word_forgets(stack: RunningHouse, phone: Phone, said: str, language: str) -> None:
    lead(phone, "where")
    replies = phone.text(said)
    assert [matches(reply, "utter_care_forgot", language) for reply in replies] == [True]
    assert Records(stack.settings).person("sms", phone.number) is None


def test_command_forgets(stack: RunningHouse, phone: Phone) -> None:
    lead(phone, "where")
    command = [WAYMARK, "forget", "sms"]
    run = subprocess.run(command, input=phone.number, text=True, env=stack.environment, check=False)
    assert run.returncode == 0
    assert Records(stack.settings).person("sms", phone.number) is None
    again = subprocess.run(command, input=phone.number, text=True, env=stack.environment)
    assert again.returncode == 1


def test_on_the_web_too(stack: RunningHouse) -> None:
    visitor = Visitor(stack.settings)
    visitor.say("hi")
    token = visitor.token
    visitor.say("forget me")
    records = Records(stack.settings)
    assert records.of("conversation", "web", token) == []
    person = records.person("web", token)
    assert person is None or person["forget_at"] is not None


def test_copies_of_the_rows_open_no_more_once_the_keys_were_rotated(
    stack: RunningHouse, phone: Phone
) -> None:
    lead(phone, "where")
    copy = Records(stack.settings).person("sms", phone.number)
    assert copy is not None
    other = Phone(stack.settings)
    lead(other, "where")
    phone.text("forget me")
    rotate = [WAYMARK, "keys", "rotate"]
    subprocess.run(rotate, env=stack.environment, check=True)
    vault = Vault(lambda: open_keyring(stack.settings.home))
    with pytest.raises(Unreadable):
        vault.open_key(bytes(copy["wrapped_key"]), str(copy["id"]))
    assert matches(other.text("97999")[0], "service", "en")  # the house runs on with the new key
    wait_for(lambda: Phone(stack.settings).text("hi"), "a new person to be answered")
