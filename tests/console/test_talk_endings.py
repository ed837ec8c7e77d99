"""How a conversation ends: returned, answered, left by the person; then nothing of it is left."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice, Ending
from bot.store.closed_handoffs import close_handoff
from bot.store.handoffs import find_handoff, save_choice
from bot.store.outbox import next_open_reply
from bot.store.said import is_of_staff
from bot.store.tables import (
    ClosedHandoffRow,
    DraftRow,
    InboxRow,
    OutboxRow,
    PrivateNoteRow,
    SaidRow,
)
from tests.console.conftest import Browser, Office
from tests.console.people import Person, hold, meet, write
from tests.console.talking import (
    find_audit,
    find_lines,
    find_replies,
    find_row,
    leave,
    now,
    send,
    text_in,
)

RETURNED = "The person from the team has left this chat."
SECRET = "he hides the key"


def _full(office: Office) -> tuple[Browser, Person]:
    """A talk with something of each kind in it."""
    nora, ana = office.sign_in("navigator"), meet(office, note=[f"You: {SECRET}"])
    hold(office, nora, ana)
    text_in(office, ana)
    write(office, ana, SECRET)
    some_id = str(uuid.uuid4())
    nora.submit(f"{ana.way}/draft", words=SECRET, line_id=some_id)
    nora.submit(f"{ana.way}/notes", words=SECRET, note_id=some_id)
    assert nora.get(ana.way).text.count(SECRET) == 4
    return nora, ana


def _count(office: Office) -> int:
    """Rows of content."""

    async def count(session: AsyncSession) -> int:
        tables = (SaidRow, DraftRow, PrivateNoteRow)
        counts = [await session.scalar(select(func.count()).select_from(one)) for one in tables]
        return sum(one or 0 for one in counts)

    return office.do(count)


def _ending(office: Office) -> list[str]:
    return list(office.do(lambda s: s.scalars(select(ClosedHandoffRow.ending))))


def test_returned_says_so_erases_all_and_offers_a_pause(office: Office) -> None:
    nora, ana = _full(office)
    answer = nora.submit(f"{ana.way}/return")
    assert answer.headers["Location"] == "/rest/after"
    (told,) = find_replies(office, ana)
    assert told.startswith(RETURNED)
    assert find_row(office, ana) is None and _count(office) == 0
    assert _ending(office) == ["returned"]
    assert find_audit(office)[-1] == "returned"
    assert nora.get(ana.way).status_code == 404


def test_whoever_is_not_there_any_more_is_told_nothing_out_of_the_blue(office: Office) -> None:
    nora, ana = _full(office)
    long_ago = now() - timedelta(hours=2)
    office.do(lambda s: s.execute(update(InboxRow).values(received_at=long_ago)))
    assert nora.submit(f"{ana.way}/return").status_code == 303
    assert find_replies(office, ana) == []
    assert find_row(office, ana) is None and _count(office) == 0


def test_twice_returned_is_told_once(office: Office) -> None:
    nora, ana = _full(office)
    nora.submit(f"{ana.way}/return")
    assert nora.submit(f"{ana.way}/return").status_code == 404
    assert len(find_replies(office, ana)) == 1


def test_only_a_message_that_was_left_can_be_done_with(office: Office) -> None:
    nora, ana = _full(office)
    assert "Done with their message" not in nora.get(ana.way).text
    assert nora.submit(f"{ana.way}/answered").status_code == 404
    office.do(lambda s: _leave_message(s, ana))
    assert "Done with their message" in nora.get(ana.way).text
    assert nora.submit(f"{ana.way}/answered").headers["Location"] == "/rest/after"
    assert _ending(office) == ["answered"]
    assert find_row(office, ana) is None and _count(office) == 0


def test_an_answer_that_waits_for_a_safe_hour_stays_a_navigators_after_the_end(
    office: Office,
) -> None:
    """Otherwise it would leave at once or never, as the house's own late replies do."""
    nora, ana = _full(office)
    office.do(lambda s: _leave_message(s, ana))
    send(nora, ana, "The clinic opens at nine")
    nora.submit(f"{ana.way}/answered")
    assert [one.untrusted_words for one in find_lines(office, ana)] == ["The clinic opens at nine"]

    async def look(session: AsyncSession) -> bool:
        row = await next_open_reply(session, ana.id)
        return row is not None and await is_of_staff(session, row.id)

    assert office.do(look)
    leave(office, ana)
    assert _count(office) == 0 and find_replies(office, ana) == []


def test_what_has_left_is_erased_with_the_talk(office: Office) -> None:
    nora, ana = _full(office)
    send(nora, ana, "I am here")
    office.do(lambda s: s.execute(update(OutboxRow).values(state="sent")))
    nora.submit(f"{ana.way}/return")
    assert _count(office) == 0


@pytest.mark.parametrize("ending", [Ending.EXIT, Ending.WITHDRAWN, Ending.SILENT])
def test_other_ends_leave_nothing_that_was_on_its_way(office: Office, ending: Ending) -> None:
    nora, ana = _full(office)
    send(nora, ana, "I am here")
    office.do(lambda s: close_handoff(s, ana.id, ending, now()))
    assert _count(office) == 0


def test_after_exit_every_way_is_shut_and_shows_nothing(office: Office) -> None:
    nora, ana = _full(office)
    leave(office, ana)
    some_id = str(uuid.uuid4())
    form = {"words": SECRET, "line_id": some_id, "note_id": some_id, "need": "food"}
    answers = [nora.get(ana.way), nora.get(f"{ana.way}/lines")]
    for path in ("send", "draft", "notes", "return", "answered", "insert", "search", "services"):
        answers.append(nora.submit(f"{ana.way}/{path}", **form))
    for answer in answers:
        assert answer.status_code == 404
        assert "it has ended" in answer.text
        assert SECRET not in answer.text and "Nora" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert _count(office) == 0 and find_replies(office, ana) == []


async def _leave_message(session: AsyncSession, person: Person) -> None:
    row = await find_handoff(session, person.id)
    assert row is not None
    await save_choice(session, person.key, row, Choice.MESSAGE, ["You: call me"])
