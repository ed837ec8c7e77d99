"""A person of the team: the bot is silent beside them, and the note is the survivor's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.store.errors import NoConsent
from tests.content import matches
from tests.house import RunningHouse
from tests.navigator import Navigator
from tests.phone import Phone
from tests.promises.steps import lead
from tests.records import Records

pytestmark = pytest.mark.stack

#: Commands of ours, of the engine's, and of other systems.
TYPED = [
    "menu", "MENU", "plan", "help me", "human", "start", "1", "2", "/restart", "/session_start",
    "/ask_human", "/begin{}", "more", "resume", "safety plan", "agreed", "???", "  ", "x" * 1700,
]  # fmt: skip


@pytest.fixture
def nora(stack: RunningHouse) -> Iterator[Navigator]:
    navigator = Navigator(stack.settings, at_desk=True)
    yield navigator
    navigator.leave_desk()


@pytest.mark.parametrize("step", ["is it safe", "what is needed", "after the services"])
def test_no_typed_command_wakes_the_bot(nora: Navigator, phone: Phone, step: str) -> None:
    lead(phone, step)
    phone.text("human")
    assert nora.claim("sms", phone.number)
    phone.new_replies()
    for typed in TYPED[::2]:
        assert phone.text(typed) == [], typed
    heard = [line.untrusted_words for line in nora.said("sms", phone.number)]
    assert heard == [typed for typed in TYPED[::2] if typed.strip()]


def test_no_other_half_of_the_commands_does_either(nora: Navigator, phone: Phone) -> None:
    lead(phone, "where")
    phone.text("human")
    assert nora.claim("sms", phone.number)
    phone.new_replies()
    for typed in TYPED[1::2]:
        assert phone.text(typed) == [], typed
    nora.send("sms", phone.number, "Hi, I am Nora. I read your note.")
    assert phone.text("hi nora") == ["Hi, I am Nora. I read your note."]


def test_exit_ends_it_for_both(stack: RunningHouse, nora: Navigator, phone: Phone) -> None:
    lead(phone, "what is needed")
    phone.text("human")
    assert nora.claim("sms", phone.number)
    phone.text("this is my secret")
    assert phone.text("exit") == ["OK."]
    assert nora.handoff("sms", phone.number) is None
    assert nora.said("sms", phone.number) == []
    assert "secret" not in Records(stack.settings).opened("sms", phone.number)


@pytest.mark.parametrize("said", ["human", "can i talk to a real person", "please connect me"])
def test_a_closed_line_is_never_offered(nora: Navigator, phone: Phone, said: str) -> None:
    lead(phone, "what is needed")
    nora.block("sms", phone.number)
    assert any(matches(reply, "utter_care_line_closed", "en") for reply in phone.text(said))
    assert not any("Talk with someone" in reply for reply in phone.replies())
    assert nora.handoff("sms", phone.number) is None


def test_danger_is_answered_beside_a_navigator(nora: Navigator, phone: Phone) -> None:
    lead(phone, "what is needed")
    phone.text("human")
    assert nora.claim("sms", phone.number)
    (line,) = phone.text("he is going to kill me")
    assert matches(line, "utter_care_danger", "en")
    handoff = nora.handoff("sms", phone.number)
    assert handoff is not None
    assert handoff.danger
    assert "he is going to kill me" in [
        one.untrusted_words for one in nora.said("sms", phone.number)
    ]


def test_the_navigator_sees_what_the_person_saw_and_let_stand(
    nora: Navigator, phone: Phone
) -> None:
    lead(phone, "where")
    phone.text("human")
    phone.text("talk with someone")
    note, how = phone.text("i want to know my rights at work")
    assert "A. You: i want to know my rights at work" in note
    assert "B. Looks for: food" in note
    assert matches(how, "utter_note_how", "en")
    note, _ = phone.text("b")
    assert "food" not in note
    (done,) = phone.text("pass this on")
    assert matches(done, "utter_handed_over", "en")
    assert nora.note("sms", phone.number) == ["You: i want to know my rights at work"]


def test_a_note_that_the_person_keeps_is_seen_by_nobody(nora: Navigator, phone: Phone) -> None:
    lead(phone, "where")
    phone.text("human")
    phone.text("talk with someone")
    phone.text("i want to know my rights at work")
    (done,) = phone.text("go without a note")
    assert matches(done, "utter_handed_over", "en")
    with pytest.raises(NoConsent):
        nora.note("sms", phone.number)
