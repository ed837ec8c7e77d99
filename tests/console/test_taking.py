"""Taking people and passing them on: one at a time, each step written down, and only by whoever
may.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.handoffs import Choice, Ending
from bot.care.persona_scripts import load_personas
from bot.store.claims import open_transfer
from bot.store.closed_handoffs import close_handoff
from bot.store.handoffs import find_handoff, save_choice
from bot.store.practice import start_practice
from bot.store.tables import AuditRow, HandoffRow, StaffRow
from console.members import COOKIE
from tests.console.conftest import SITE, Browser, Office
from tests.console.people import Person, hold, meet, write
from tests.console.talking import find_audit, find_lines, find_replies, find_row, send, text_in

TO_TEAM = {"to": "team:Navigators", "note": "She speaks Spanish."}


def _claimer(office: Office, person: Person) -> uuid.UUID | None:
    row = find_row(office, person)
    return row.claimed_by if row else None


def _call(office: Office, **more: object) -> Person:
    """Somebody who wrote a moment ago, and wishes to talk."""
    person = meet(office, **more)
    text_in(office, person)
    return person


def _race(office: Office, browsers: Sequence[Browser], path: str) -> list[httpx.Response]:
    """The answers to one form of each browser, all sent at once to one console."""

    async def send(browser: Browser) -> httpx.Response:
        transport = httpx.ASGITransport(office.app)
        cookies = {COOKIE: browser.cookies[COOKIE]}
        async with httpx.AsyncClient(
            transport=transport, base_url=office.settings.console_url, cookies=cookies
        ) as client:
            return await client.post(path, data={"csrf": browser.csrf})

    async def send_all() -> list[httpx.Response]:
        office.restart()
        return await asyncio.gather(*map(send, browsers))

    return asyncio.run(send_all())


def test_of_many_who_take_one_person_one_holds_them(office: Office) -> None:
    person, members = _call(office), [office.sign_in("navigator", f"N{n}") for n in range(8)]
    answers = _race(office, members, f"{person.way}/claim")
    assert sorted(one.status_code for one in answers) == [303, *[409] * 7]
    assert all("Somebody else took" in one.text for one in answers if one.status_code == 409)
    winner = members[[one.status_code for one in answers].index(303)]
    assert _claimer(office, person) == winner.staff_id
    assert find_audit(office) == ["claimed"]
    assert len(find_replies(office, person)) == 1


def test_many_who_take_the_next_take_each_somebody_else(office: Office) -> None:
    people = [meet(office) for _ in range(5)]
    answers = _race(office, [office.sign_in("navigator", f"N{n}") for n in range(5)], "/next")
    taken = [one.headers["Location"] for one in answers if one.status_code == 303]
    assert len(set(taken)) == len(taken)
    assert set(taken) <= {person.way for person in people}


def test_next_is_the_most_urgent_in_a_language_of_ones_own(office: Office) -> None:
    meet(office, language="es", waited=timedelta(minutes=50))
    english = meet(office, language="en")
    nora = office.sign_in("navigator", languages=("en",))
    assert nora.submit("/next").headers["Location"] == english.way
    assert find_audit(office) == ["claimed"]


def test_when_nobody_waits_the_page_says_so(office: Office) -> None:
    answer = office.sign_in("navigator").submit("/next")
    assert "Nobody waits for you" in answer.text


@pytest.mark.parametrize("language", ["en", "es"])
def test_whoever_is_taken_hears_once_that_somebody_is_here(office: Office, language: str) -> None:
    nora, person = office.sign_in("navigator"), _call(office, language=language)
    for _ in range(2):  # a button that is pressed twice
        assert nora.submit(f"{person.way}/claim").headers["Location"] == person.way
    (reply,) = find_replies(office, person)
    assert ("no program answers" if language == "en" else "no contesta ningún programa") in reply
    assert [line.who for line in find_lines(office, person)] == ["house"]
    assert find_audit(office) == ["claimed"]


def test_who_is_not_there_any_more_or_left_a_message_hears_nothing(office: Office) -> None:
    nora, silent, message = office.sign_in("navigator"), meet(office), _call(office)

    async def leave(session: AsyncSession) -> None:
        row = await find_handoff(session, message.id)
        assert row is not None
        await save_choice(session, message.key, row, Choice.MESSAGE, ["call me"])

    office.do(leave)
    for person in (silent, message):
        assert nora.submit(f"{person.way}/claim").status_code == 303
        assert find_replies(office, person) == []


def test_a_full_caseload_takes_nobody_else(office: Office) -> None:
    nora = office.sign_in("navigator")
    office.do(lambda s: s.execute(update(StaffRow).values(caseload=1)))
    hold(office, nora, meet(office))
    waits = meet(office)
    for path in (f"{waits.way}/claim", "/next"):
        answer = nora.submit(path)
        assert answer.status_code == 409
        assert "You hold 1 conversations, which is your limit" in answer.text
    assert _claimer(office, waits) is None


def test_whoever_rests_is_given_nobody_and_may_still_take_somebody(office: Office) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    until = datetime.now(UTC) + timedelta(minutes=15)
    office.do(lambda s: s.execute(update(StaffRow).values(resting_until=until)))
    assert "You are resting" in nora.submit("/next").text
    assert _claimer(office, person) is None
    assert nora.submit(f"{person.way}/claim").status_code == 303


def test_before_hard_content_is_opened_a_page_says_what_it_speaks_of(office: Office) -> None:
    nora = office.sign_in("navigator")
    person = _call(office, reason="suicide", words="i do not want to live")
    assert nora.submit(f"{person.way}/claim").headers["Location"] == f"{person.way}/opening"
    page = nora.get(f"{person.way}/opening").text
    assert "speaks of: <strong>suicide</strong>" in page
    assert "do not want to live" not in page
    assert '<button class="button" autofocus>Open</button>' in page  # Enter goes on
    assert _claimer(office, person) is None  # reading the note takes them from nobody
    assert nora.get(person.way).status_code == 404
    answer = nora.submit(f"{person.way}/claim", noted="true")
    assert answer.headers["Location"] == person.way
    assert _claimer(office, person) == nora.staff_id
    assert len(find_replies(office, person)) == 1


def test_the_next_person_is_taken_before_the_note_and_hears_after_it(office: Office) -> None:
    nora = office.sign_in("navigator")
    person = _call(office, reason="danger", words="he has a knife")
    assert nora.submit("/next").headers["Location"] == f"{person.way}/opening"
    assert _claimer(office, person) == nora.staff_id
    assert f"{person.way}/open" in nora.get(f"{person.way}/opening").text
    assert find_replies(office, person) == []
    assert nora.submit(f"{person.way}/open").headers["Location"] == person.way
    assert len(find_replies(office, person)) == 1


def test_whom_one_gave_to_somebody_else_is_not_the_next_again(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    hard = meet(office, reason="danger", waited=timedelta(minutes=9))
    other = meet(office)
    nora.submit("/next")
    assert nora.submit(f"{hard.way}/give-back").headers["Location"] == "/"
    assert nora.submit("/next").headers["Location"] == other.way
    assert "Nobody waits for you" in nora.submit("/next").text
    assert vera.submit("/next").headers["Location"] == f"{hard.way}/opening"


def test_given_back_it_waits_at_its_old_place_and_the_person_is_told(office: Office) -> None:
    nora, person = office.sign_in("navigator"), _call(office, waited=timedelta(minutes=20))
    meet(office, waited=timedelta(minutes=1))
    nora.submit(f"{person.way}/claim")
    send(nora, person, "Hello, I am Nora.")
    nora.submit(f"{person.way}/give-back")
    row = find_row(office, person)
    assert row is not None and row.claimed_by is row.unanswered_since is None
    assert "was called away" in find_replies(office, person)[-1]
    assert office.sign_in("navigator", "Vera").submit("/next").headers["Location"] == person.way
    assert find_audit(office)[:3] == ["claimed", "opened", "given_back"]


def test_who_never_heard_of_anybody_is_not_told_that_they_went(office: Office) -> None:
    nora, person = office.sign_in("navigator"), _call(office)
    hold(office, nora, person)
    nora.submit(f"{person.way}/give-back")
    assert find_replies(office, person) == []


def test_a_transfer_waits_for_one_person_with_a_note_and_a_reason(office: Office) -> None:
    nora, vera, ida = (office.sign_in("navigator", name) for name in ("Nora", "Vera", "Ida"))
    person = meet(office)
    hold(office, nora, person)
    page = nora.get(f"{person.way}/transfer").text
    assert "Vera (away)" in page and "Nora (" not in page and "The shift is over" in page
    form = {"to": f"staff:{vera.staff_id}", "note": "She asked for Vera.", "reason": "shift"}
    assert nora.submit(f"{person.way}/transfer", **form).status_code == 303
    row = find_row(office, person)
    assert row is not None
    said = open_transfer(person.key, row)
    assert said == "Nora, the shift is over: She asked for Vera."
    assert "Vera." not in str(office.do(lambda s: s.scalar(select(AuditRow.about))))
    assert [ida.submit(f"{person.way}/claim").status_code, _claimer(office, person)] == [409, None]
    assert vera.submit(f"{person.way}/claim").status_code == 303
    assert "She asked for Vera." in vera.get(person.way).text


def test_a_transfer_to_a_team_is_for_all(office: Office) -> None:
    nora, vera, person = office.sign_in("navigator"), office.sign_in("navigator"), meet(office)
    hold(office, nora, person)
    nora.submit(f"{person.way}/transfer", **TO_TEAM)
    row = find_row(office, person)
    assert row is not None and (row.team, row.meant_for) == ("Navigators", None)
    assert vera.submit(f"{person.way}/claim").status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        {"to": "staff:nobody"}, {"to": "team:x"}, {"to": ""}, {"note": " "}, {"note": "x" * 1001},
        {"reason": "<script>"},
    ],
)  # fmt: skip
def test_a_transfer_to_nobody_or_without_a_note_is_refused(
    office: Office, change: dict[str, str]
) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    hold(office, nora, person)
    assert nora.submit(f"{person.way}/transfer", **{**TO_TEAM, **change}).status_code == 422
    assert _claimer(office, person) == nora.staff_id


def test_nobody_transfers_to_a_partner_or_to_a_closed_account(office: Office) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    partner, gone = office.sign_in("partner", "Pat"), office.sign_in("navigator", "Gus")
    mine, now = StaffRow.id == gone.staff_id, datetime.now(UTC)
    office.do(lambda s: s.execute(update(StaffRow).where(mine).values(disabled_at=now)))
    hold(office, nora, person)
    page = nora.get(f"{person.way}/transfer").text
    for one in (partner, gone):
        assert str(one.staff_id) not in page
        form = {**TO_TEAM, "to": f"staff:{one.staff_id}"}
        assert nora.submit(f"{person.way}/transfer", **form).status_code == 422


def test_a_supervisor_joins_and_takes_over_and_each_is_written_down(office: Office) -> None:
    nora, boss = office.sign_in("navigator"), office.sign_in("supervisor", "Bea")
    person = meet(office)
    hold(office, nora, person)
    for _ in range(2):
        assert boss.submit(f"{person.way}/join").headers["Location"] == person.way
    row = find_row(office, person)
    assert row is not None and (row.claimed_by, row.joined_by) == (nora.staff_id, boss.staff_id)
    assert "you joined" in boss.get("/").text
    boss.submit(f"{person.way}/take-over")
    assert _claimer(office, person) == boss.staff_id
    assert find_audit(office) == ["joined", "joined", "taken_over"]
    assert nora.get(f"{person.way}/opening").status_code == 404


def test_a_supervisor_lets_anybody_take_whom_nobody_comes_for(office: Office) -> None:
    nora, vera, ida = (office.sign_in("navigator", name) for name in ("Nora", "Vera", "Ida"))
    boss, person = office.sign_in("supervisor", "Bea"), meet(office)
    hold(office, nora, person)
    form = {**TO_TEAM, "to": f"staff:{vera.staff_id}"}
    nora.submit(f"{person.way}/transfer", **form)
    assert ida.submit(f"{person.way}/free").status_code == 404
    assert boss.submit(f"{person.way}/free").status_code == 303
    assert boss.submit(f"{person.way}/free").status_code == 404  # it is free already
    assert ida.submit(f"{person.way}/claim").status_code == 303


@pytest.mark.parametrize("act", ["opening", "transfer"])
def test_what_another_holds_is_not_there(office: Office, act: str) -> None:
    nora, vera, person = office.sign_in("navigator"), office.sign_in("navigator"), meet(office)
    hold(office, nora, person)
    assert nora.get(f"{person.way}/{act}").status_code == 200
    assert vera.get(f"{person.way}/{act}").status_code == 404
    assert vera.get(f"/people/{uuid.uuid4()}/{act}").status_code == 404


@pytest.mark.parametrize("act", ["transfer", "give-back", "join", "take-over", "open", "free"])
@pytest.mark.parametrize("role", ["navigator", "partner", "admin", "evaluator"])
def test_what_another_holds_cannot_be_acted_on(office: Office, act: str, role: str) -> None:
    nora, other, person = office.sign_in("navigator"), office.sign_in(role, "Vera"), meet(office)
    hold(office, nora, person)
    before = find_row(office, person)
    form = {"to": f"staff:{other.staff_id}", "note": "mine now"}
    for way in (person.way, f"/people/{uuid.uuid4()}"):
        assert other.submit(f"{way}/{act}", **form).status_code == 404
    after = find_row(office, person)
    assert before is not None and after is not None
    columns = HandoffRow.__table__.columns.keys()
    assert [getattr(after, one) for one in columns] == [getattr(before, one) for one in columns]
    assert find_audit(office) == []


@pytest.mark.parametrize("act", ["transfer", "give-back", "open", "join", "take-over"])
def test_what_nobody_holds_cannot_be_acted_on_either(office: Office, act: str) -> None:
    boss, person = office.sign_in("supervisor"), meet(office)
    assert boss.submit(f"{person.way}/{act}", **TO_TEAM).status_code == 404
    assert _claimer(office, person) is None


def test_one_who_left_cannot_be_taken_and_is_not_told_apart_from_one_never_seen(
    office: Office,
) -> None:
    nora, person = office.sign_in("navigator"), meet(office)
    office.do(lambda s: close_handoff(s, person.id, Ending.EXIT, datetime.now(UTC)))
    gone = nora.submit(f"{person.way}/claim")
    never = nora.submit(f"/people/{uuid.uuid4()}/claim")
    assert (gone.status_code, gone.text) == (409, never.text)
    assert "or it has ended" in gone.text


def test_practice_goes_back_to_its_trainee_and_is_passed_on_to_nobody(office: Office) -> None:
    nora, vera = office.sign_in("navigator"), office.sign_in("navigator", "Vera")
    grace, now = load_personas(SITE / "practice")["grace"], datetime.now(UTC)
    person_id = office.do(lambda s: start_practice(s, office.vault, grace, nora.staff_id, now))
    way = f"/people/{person_id}"
    assert vera.submit(f"{way}/claim", noted="true").status_code == 409
    assert nora.submit(f"{way}/claim", noted="true").status_code == 303
    assert nora.submit(f"{way}/transfer", **TO_TEAM).status_code == 404
    assert nora.submit(f"{way}/give-back").status_code == 303
    assert vera.submit(f"{way}/claim", noted="true").status_code == 409
    assert nora.submit(f"{way}/claim", noted="true").status_code == 303


@pytest.mark.parametrize(
    "path", ["/next", "/desk", "claim", "give-back", "transfer", "join", "take-over", "open"]
)
def test_forms_that_are_not_ours_change_nothing(office: Office, path: str) -> None:
    boss, other, person = office.sign_in("supervisor"), office.sign_in("supervisor"), meet(office)
    if path not in {"/next", "/desk", "claim"}:
        hold(office, boss, person)
    way = path if path.startswith("/") else f"{person.way}/{path}"
    before, form = _claimer(office, person), {**TO_TEAM, "here": "true"}
    for csrf in ("", other.csrf, "0" * 64):
        assert boss.post(way, data={**form, "csrf": csrf}).status_code == 403
    foreign = {"Origin": "https://elsewhere.example"}
    answer = boss.post(way, data={**form, "csrf": boss.csrf}, headers=foreign)
    assert answer.status_code == 403
    assert (_claimer(office, person), find_audit(office)) == (before, [])


def test_a_note_that_goes_along_is_shown_as_it_is(office: Office) -> None:
    hostile = "<script>alert(1)</script>"
    nora, vera, person = (
        office.sign_in("navigator", hostile),
        office.sign_in("navigator"),
        meet(office),
    )
    hold(office, nora, person)
    write(office, person, hostile)
    nora.submit(f"{person.way}/transfer", **{**TO_TEAM, "note": hostile})
    vera.submit(f"{person.way}/claim")
    page = vera.get(person.way).text
    assert page.count("&lt;script&gt;alert(1)") >= 3
    assert hostile not in page
