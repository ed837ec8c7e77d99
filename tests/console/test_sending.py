"""What a navigator writes goes out once, in one piece with all that follows from it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.persona_scripts import load_personas
from bot.store.claims import claim_handoff
from bot.store.people import get_person
from bot.store.practice import start_practice
from bot.store.said import is_of_staff
from bot.store.sealed import open_person
from bot.store.tables import HandoffRow
from console.navigator.sending import EMPTY, LONGEST, find_fault, parse_text
from tests.console.conftest import SITE, Browser, Office
from tests.console.people import Person, hold, meet
from tests.console.talking import (
    find_box,
    find_line_id,
    find_lines,
    find_replies,
    find_row,
    now,
    send,
)

JSON = {"Accept": "application/json"}


def _held(office: Office) -> tuple[Browser, Person]:
    nora, ana = office.sign_in("navigator"), meet(office)
    hold(office, nora, ana)
    return nora, ana


def test_a_text_goes_out_is_among_the_lines_and_answers_the_person(office: Office) -> None:
    nora, ana = _held(office)
    page = nora.get(ana.way).text
    nora.submit(f"{ana.way}/draft", words="I am here", line_id=find_line_id(page))
    office.do(lambda s: s.execute(update(HandoffRow).values(unanswered_since=now())))
    answer = send(nora, ana, " I am here \r\n", find_line_id(page))
    assert answer.headers["Location"] == f"{ana.way}#write"
    assert find_replies(office, ana) == ["I am here"]
    (line,) = find_lines(office, ana)
    assert (line.who, line.staff_id, line.state) == ("staff", nora.staff_id, "pending")
    row = find_row(office, ana)
    assert row and row.unanswered_since is None and row.active_at
    assert now() - row.active_at < timedelta(minutes=1)
    assert find_box(nora.get(ana.way).text) == ""


def test_the_worker_knows_it_for_a_navigators(office: Office) -> None:
    """Safe-contact wishes hold a navigator's answer back where another late one is dropped."""
    nora, ana = _held(office)
    send(nora, ana, "I am here")

    async def look(session: AsyncSession) -> bool:
        from bot.store.outbox import next_open_reply

        row = await next_open_reply(session, ana.id)
        assert row is not None
        return await is_of_staff(session, row.id)

    assert office.do(look)


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_form_that_comes_twice_sends_once(office: Office, headers: dict[str, str]) -> None:
    nora, ana = _held(office)
    form = {"csrf": nora.csrf, "words": "I am here", "line_id": str(uuid.uuid4())}
    for _ in range(3):
        answer = nora.post(f"{ana.way}/send", data=form, headers=headers, follow_redirects=False)
        assert answer.status_code == (200 if headers else 303)
    assert find_replies(office, ana) == ["I am here"]
    assert len(find_lines(office, ana)) == 1


def test_ten_of_one_form_at_the_same_moment_send_once(office: Office) -> None:
    nora, ana = _held(office)
    form = {"csrf": nora.csrf, "words": "I am here", "line_id": str(uuid.uuid4())}
    office.at_once(nora, f"{ana.way}/send", form, 10)
    assert find_replies(office, ana) == ["I am here"]
    assert len(find_lines(office, ana)) == 1


def test_the_same_words_on_purpose_are_sent_again(office: Office) -> None:
    nora, ana = _held(office)
    for _ in range(2):
        send(nora, ana, "Are you there?")
    assert find_replies(office, ana) == ["Are you there?"] * 2


def test_other_words_in_a_form_that_was_sent_are_kept_and_not_lost(office: Office) -> None:
    """The answer to the first try never came, and the text was changed before the second."""
    nora, ana = _held(office)
    line_id = str(uuid.uuid4())
    send(nora, ana, "I am here", line_id)
    again = send(nora, ana, "I am here, and I read", line_id)
    assert again.status_code == 422
    assert "was not sent" in again.text and find_box(again.text) == "I am here, and I read"
    fresh = find_line_id(again.text)
    assert fresh != line_id
    assert send(nora, ana, "I am here, and I read", fresh).status_code == 303
    assert find_replies(office, ana) == ["I am here", "I am here, and I read"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("  \n ", EMPTY),
        ("", EMPTY),
        ("a" * 1601, "1,600 characters at most, and this one has 1,601"),
        ("Call {phone} at {hours}", "Fill in {phone}, {hours} first"),
    ],
)
def test_what_can_not_be_sent_is_said_and_stays_in_the_box(
    office: Office, words: str, says: str
) -> None:
    nora, ana = _held(office)
    answer = send(nora, ana, words)
    assert answer.status_code == 422
    assert says in answer.text
    assert find_box(answer.text) == words.strip()
    assert find_replies(office, ana) == []


def test_a_script_is_told_the_same_in_short(office: Office) -> None:
    nora, ana = _held(office)
    form = {"csrf": nora.csrf, "words": "", "line_id": str(uuid.uuid4())}
    answer = nora.post(f"{ana.way}/send", data=form, headers=JSON)
    assert answer.status_code == 422
    assert answer.json() == {"fault": EMPTY, "line_id": form["line_id"]}
    told = nora.post(f"{ana.way}/send", data={**form, "words": "hi"}, headers=JSON).json()
    assert told["fault"] == "" and told["line_id"] != form["line_id"]


def test_without_the_token_of_the_page_nothing_is_sent(office: Office) -> None:
    nora, ana = _held(office)
    form = {"words": "hi", "line_id": str(uuid.uuid4())}
    for path in ("send", "draft", "notes", "return", "answered", "insert", "search", "services"):
        answer = nora.post(f"{ana.way}/{path}", data={**form, "note_id": form["line_id"]})
        assert answer.status_code == 403, path
    assert find_replies(office, ana) == [] and find_row(office, ana)


def test_a_form_without_its_id_is_refused(office: Office) -> None:
    nora, ana = _held(office)
    for line_id in ("", "1", "../x"):
        answer = nora.submit(f"{ana.way}/send", words="hi", line_id=line_id)
        assert answer.status_code == 422
    assert find_replies(office, ana) == []


def test_a_form_of_one_talk_does_nothing_in_another(office: Office) -> None:
    nora, ana = _held(office)
    bea = meet(office)
    hold(office, nora, bea)
    line_id = str(uuid.uuid4())
    send(nora, ana, "for Ana", line_id)
    assert send(nora, bea, "for Bea", line_id).status_code >= 400
    assert find_replies(office, bea) == []


def test_practice_goes_to_nobody(office: Office) -> None:
    nora = office.sign_in("navigator")
    persona = load_personas(SITE / "practice")["grace"]

    async def begin(session: AsyncSession) -> Person:
        person_id = await start_practice(session, office.vault, persona, nora.staff_id, now())
        assert await claim_handoff(session, person_id, nora.staff_id, now())
        row = await get_person(session, person_id)
        assert row is not None
        return Person(person_id, open_person(office.vault, row), f"/people/{person_id}")

    grace = office.do(begin)
    before = len(find_lines(office, grace))
    line_id = find_line_id(nora.get(grace.way).text)
    for _ in range(2):
        assert send(nora, grace, "Is it safe to text?", line_id).status_code == 303
    assert find_replies(office, grace) == []
    said = find_lines(office, grace)[before:]
    assert [one.who for one in said].count("staff") == 1
    page = nora.get(grace.way).text
    assert "This is practice" in page and "Practice: it goes to nobody" in page
    assert f"/practice/{grace.id}" in page and f"{grace.way}/return" not in page
    assert nora.submit(f"{grace.way}/return").status_code == 404
    assert find_row(office, grace)


def test_words_are_cleaned_of_what_no_screen_shows() -> None:
    assert parse_text(" a\0b\r\nc\x07\x1b[31m \u202e ") == "ab\nc[31m \u202e"
    assert find_fault("a" * LONGEST) == ""
    assert find_fault("{{7*7}} {name}") == "Fill in {name} first, or take it out."
