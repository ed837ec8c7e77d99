"""What was not understood is learned from only with consent, and nothing but stripped."""

from __future__ import annotations

import pytest

from bot.store.embedded import Cluster
from tests.house import RunningHouse
from tests.phone import Phone
from tests.promises.searching import find_files, find_needle, spell
from tests.promises.steps import lead
from tests.records import Records

pytestmark = pytest.mark.stack

NAME, NUMBER, STREET = "Zebulonia", "5098675", "Quenchfeather"
#: No engine makes anything of it.
TYPED = f"can i bring my snake {NAME}{NUMBER} to sing in eugene or not {STREET}"
KEPT = "can i bring my … to sing in … or not …"
#: The way through "did it help?" to its last question.
TO_THE_QUESTION = ("about my visit", "not now", "yes", "some", "not now", "no")


def test_without_the_consent_nothing_is_kept(stack: RunningHouse, phone: Phone) -> None:
    lead(phone, "what is needed")
    assert phone.text(TYPED)
    assert Records(stack.settings).of("misread", "sms", phone.number) == []


def test_with_it_a_message_is_kept_stripped_and_raw_in_no_file(
    stack: RunningHouse, phone: Phone, cluster: Cluster
) -> None:
    _agree(stack, phone)
    phone.text(TYPED)
    records = Records(stack.settings)
    (row,) = records.of("misread", "sms", phone.number)
    assert set(row) == {"id", "person_id", "language", "words", "likely", "day"}
    assert records.opened("sms", phone.number).splitlines().count(KEPT) == 1
    needles = spell(NAME, NAME.casefold(), NUMBER, STREET, STREET.casefold(), KEPT)
    found = {path.name: find_needle(path, needles) for path in find_files(stack.home, cluster)}
    assert len(found) > 500
    assert {name: needle for name, needle in found.items() if needle} == {}


def test_it_is_listed_and_taken_back_by_text(stack: RunningHouse, phone: Phone) -> None:
    _agree(stack, phone)
    phone.text(TYPED)
    assert any("with names taken out: 1" in reply for reply in phone.text("MY DATA"))
    listed = "\n".join(phone.text("AGREED"))
    assert "Learn from texts I did not get: yes since" in listed
    (option,) = (line.split()[0] for line in listed.splitlines() if "Take back: Learn" in line)
    phone.text(option)
    records = Records(stack.settings)
    assert records.of("misread", "sms", phone.number) == []
    phone.text(TYPED)
    assert records.of("misread", "sms", phone.number) == []


@pytest.mark.parametrize("word", ["EXIT", "FORGET ME"])
def test_who_leaves_leaves_nothing_to_learn_from(
    stack: RunningHouse, phone: Phone, word: str
) -> None:
    _agree(stack, phone)
    phone.text(TYPED)
    records = Records(stack.settings)
    assert len(records.of("misread", "sms", phone.number)) == 1
    phone.text(word)
    assert records.of("misread", "sms", phone.number) == []
    assert records.of("consent", "sms", phone.number) == []


def test_a_no_or_a_danger_leads_to_no_question_and_to_no_consent(
    stack: RunningHouse, phone: Phone
) -> None:
    _come_back(stack, phone)
    for said in ("about my visit", "not now", "no", "some", "not now"):
        phone.text(said)
    assert not any("I do not get a text" in reply for reply in phone.text("no"))
    assert "learn" not in _kinds(stack, phone)


def _agree(stack: RunningHouse, phone: Phone) -> None:
    _come_back(stack, phone)
    replies = [phone.text(said) for said in TO_THE_QUESTION]
    assert "May the team here read such texts" in replies[-1][-1]
    assert "learn" not in _kinds(stack, phone)
    phone.text("yes")
    assert "learn" in _kinds(stack, phone)


def _come_back(stack: RunningHouse, phone: Phone) -> None:
    """Some hours after a service was named."""
    lead(phone, "after the services")
    phone.text("1")
    records = Records(stack.settings)
    person = records.person("sms", phone.number)
    assert person is not None
    for table, column in (("conversation", "heard_at"), ("inbox", "received_at")):
        earlier = f"UPDATE {table} SET {column} = {column} - interval '20 hours'"
        records.change(f"{earlier} WHERE person_id = %s", person["id"])
    phone.text("hi")
    phone.text("yes")


def _kinds(stack: RunningHouse, phone: Phone) -> set[str]:
    return {row["kind"] for row in Records(stack.settings).of("consent", "sms", phone.number)}
