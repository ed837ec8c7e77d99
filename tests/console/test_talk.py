"""The page of a conversation: what it shows to whom, and what is written down of it."""

from __future__ import annotations

import uuid
from datetime import time, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant
from bot.care.contact import ContactWishes
from bot.care.handoffs import Choice
from bot.store.claims import join_handoff, transfer_handoff
from bot.store.consents import revoke_consent, save_consent
from bot.store.contacts import save_wishes
from bot.store.handoffs import find_handoff, forget_note, save_choice
from bot.store.outbox import save_replies
from bot.store.said import Speaker, forget_said, save_said
from bot.store.tables import OutboxRow
from bot.wire.turns import Reply
from tests.console.conftest import Office
from tests.console.people import Person, hold, meet, write
from tests.console.talking import (
    find_audit,
    find_shown,
    list_services,
    now,
    send,
)

NOTE = ["You: he broke the door last night", "Looks for: legal help"]
BROKE, KNIFE = "he broke the door", "he has a knife"


def test_whoever_holds_it_sees_the_note_and_the_lines_and_nobody_else_does(office: Office) -> None:
    nora, other = office.sign_in("navigator"), office.sign_in("navigator", "Omar")
    boss, admin = office.sign_in("supervisor", "Bea"), office.sign_in("admin", "Ada")
    ana = meet(office, note=NOTE)
    assert nora.get(ana.way).status_code == 404  # nobody's yet
    hold(office, nora, ana)
    write(office, ana, "are you there?")
    for way in (ana.way, f"{ana.way}/lines"):
        for browser in (nora, boss):
            page = browser.get(way)
            assert page.status_code == 200
            assert BROKE in page.text and "are you there?" in page.text
        for browser in (other, admin):
            page = browser.get(way)
            assert page.status_code == 404
            assert BROKE not in page.text and "are you there?" not in page.text
    assert nora.get(f"/people/{uuid.uuid4()}").status_code == 404


def test_a_supervisor_looks_without_a_box_until_they_join(office: Office) -> None:
    nora, boss = office.sign_in("navigator"), office.sign_in("supervisor", "Bea")
    ana = meet(office)
    hold(office, nora, ana)
    page = boss.get(ana.way).text
    assert 'id="write"' not in page and "Take over" in page
    line = str(uuid.uuid4())
    assert boss.submit(f"{ana.way}/send", words="hi", line_id=line).status_code == 404
    assert boss.submit(f"{ana.way}/return").status_code == 404
    assert boss.submit(f"{ana.way}/notes", words="hi", note_id=line).status_code == 404
    office.do(lambda s: _join(s, ana, boss.staff_id))
    assert 'id="write"' in boss.get(ana.way).text
    assert boss.submit(f"{ana.way}/send", words="hi", line_id=line).status_code == 303


def test_without_the_consent_the_note_is_not_there_whatever_was_passed_on(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office, note=NOTE)
    hold(office, nora, ana)
    office.do(lambda s: revoke_consent(s, ana.id, ConsentKind.SHARE, now()))
    page = nora.get(ana.way).text
    assert "did not pass a note on" in page
    assert BROKE not in page
    assert ("Nora", "note") not in find_shown(office, ana)


def test_a_consent_that_runs_out_takes_the_note_off_a_page_that_is_open(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office, note=NOTE)
    hold(office, nora, ana)
    assert BROKE in nora.get(ana.way).text
    office.do(lambda s: revoke_consent(s, ana.id, ConsentKind.SHARE, now()))
    assert BROKE not in nora.get(f"{ana.way}/lines").text


def test_danger_without_a_note_shows_the_one_message_and_no_more(office: Office) -> None:
    nora = office.sign_in("navigator")
    ana = meet(office, reason="danger", words=KNIFE)
    bea = meet(office, reason="danger", words=KNIFE, note=NOTE)
    for person in (ana, bea):
        hold(office, nora, person)
    page = nora.get(ana.way).text
    assert "Danger was seen" in page and KNIFE in page
    assert find_shown(office, ana) == [("Nora", "danger"), ("Nora", "talk")]
    page = nora.get(bea.way).text  # they said themselves what may be seen
    assert BROKE in page and KNIFE not in page
    assert find_shown(office, bea) == [("Nora", "note"), ("Nora", "talk")]


def test_an_opening_is_written_down_once_and_a_changed_note_once_more(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office, note=NOTE)
    hold(office, nora, ana)
    for way in (ana.way, f"{ana.way}/lines", f"{ana.way}/lines", ana.way):
        assert BROKE in nora.get(way).text
    assert find_audit(office).count("opened") == 1
    assert find_shown(office, ana) == [("Nora", "note"), ("Nora", "talk")]
    office.do(lambda s: _pass_on(s, ana, ["You: we have to leave"]))
    assert "we have to leave" in nora.get(f"{ana.way}/lines").text
    assert find_shown(office, ana).count(("Nora", "note")) == 2


def test_taken_again_it_is_opened_again(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office)
    for _ in range(2):
        hold(office, nora, ana)
        assert nora.get(ana.way).status_code == 200
        nora.submit(f"{ana.way}/give-back")
    assert find_audit(office).count("opened") == 2


def test_each_member_opens_it_for_themselves(office: Office) -> None:
    nora, boss = office.sign_in("navigator"), office.sign_in("supervisor", "Bea")
    ana = meet(office)
    hold(office, nora, ana)
    nora.get(ana.way)
    boss.get(ana.way)
    assert find_shown(office, ana) == [("Bea", "talk"), ("Nora", "talk")]
    assert find_audit(office).count("opened") == 2


def test_what_is_taken_back_is_gone_with_the_next_look(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office, note=NOTE)
    hold(office, nora, ana)
    write(office, ana, "are you there?")
    assert BROKE in nora.get(ana.way).text
    office.do(lambda s: _take_back(s, ana))
    part = nora.get(f"{ana.way}/lines")
    assert part.status_code == 200  # the talk goes on
    assert BROKE not in part.text and "are you there?" not in part.text


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("pending", "On its way"),
        ("sent", "Sent"),
        ("delivered", "Delivered"),
        ("failed", "Could not be delivered"),
    ],
)
def test_how_far_a_text_has_come_is_said_in_words(office: Office, state: str, says: str) -> None:
    nora, ana = office.sign_in("navigator"), meet(office)
    hold(office, nora, ana)
    send(nora, ana, "I am here")
    office.do(lambda s: s.execute(update(OutboxRow).values(state=state)))
    assert f">{says}</span>" in nora.get(f"{ana.way}/lines").text


def test_what_waits_for_a_safe_hour_says_so(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office)
    hold(office, nora, ana)
    send(nora, ana, "I am here")
    later = now() + timedelta(hours=1)
    office.do(lambda s: s.execute(update(OutboxRow).values(held_until=later)))
    assert "Waits for an hour that is safe" in nora.get(f"{ana.way}/lines").text


def test_lines_say_who_spoke(office: Office) -> None:
    nora, boss = office.sign_in("navigator"), office.sign_in("supervisor", "Bea")
    ana = meet(office)
    hold(office, nora, ana)
    office.do(lambda s: _join(s, ana, boss.staff_id))
    send(boss, ana, "Bea here")
    send(nora, ana, "and Nora")
    office.do(lambda s: _say_of_house(s, ana))
    page = nora.get(ana.way).text
    assert page.index("Bea, ") < page.index("Bea here") < page.index("You, ")
    assert "The house, " in page


def test_wishes_consents_and_pronouns_are_in_sight_and_no_memory_is(office: Office) -> None:
    nora = office.sign_in("navigator", languages=("en",))
    ana = meet(office, language="es", note=["You: me dicen elle/le"])
    hold(office, nora, ana)
    list_services(office, {"id": "svc-1", "name": "Alder Legal Aid"})
    wishes = ContactWishes(True, frozenset({0, 2}), time(9), time(17), "es el dentista", True)
    office.do(lambda s: save_wishes(s, ana.key, ana.id, wishes, now()))
    office.do(lambda s: _agree(s, ana))
    page = nora.get(ana.way).text
    for shown in (
        "Spanish", "not one of yours", "text message", "elle/le", "Text first only Mon, Wed",
        "09:00 to 17:00", "es el dentista", "before their code word", "The team may see their note",
        "May be passed on to Alder Legal Aid", "Asked for a person",
    ):  # fmt: skip
        assert shown in page, shown
    assert "passphrase" not in page and "remember" not in page.lower()


def test_without_pronouns_none_are_guessed(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office, note=["You: she told him he/she may"])
    hold(office, nora, ana)
    assert "Pronouns" not in nora.get(ana.way).text


def test_why_a_colleague_passed_them_on_is_shown(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office)

    async def transfer(session: AsyncSession) -> None:
        row = await find_handoff(session, ana.id)
        assert row is not None
        await transfer_handoff(session, ana.key, row, "Bea: speaks Mam", to_staff=nora.staff_id)

    office.do(transfer)
    hold(office, nora, ana)
    assert "Passed on to you. Bea: speaks Mam" in nora.get(ana.way).text


def test_hints_are_for_whoever_does_not_speak_the_language(office: Office) -> None:
    nora = office.sign_in("navigator", languages=("en",))
    omar = office.sign_in("navigator", "Omar", languages=("en", "es"))
    ana, bea = meet(office, language="es"), meet(office, language="es")
    for browser, person in ((nora, ana), (omar, bea)):
        hold(office, browser, person)
        write(office, person, "hola, tengo miedo")
    page = nora.get(ana.way).text
    assert "This is not a translation" in page and "I am afraid" in page
    assert "Tú decides." in page and 'id="phrases"' in page
    page = omar.get(bea.way).text
    assert "I am afraid" not in page and 'id="phrases"' not in page


def test_private_notes_are_seen_by_the_team_and_sent_to_nobody(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office)
    hold(office, nora, ana)
    form = {"words": "call the school tomorrow", "note_id": str(uuid.uuid4())}
    for _ in range(2):
        assert nora.submit(f"{ana.way}/notes", **form).status_code == 303
    page = nora.get(ana.way).text
    assert page.count("call the school tomorrow") == 1
    assert "call the school" not in nora.get(f"{ana.way}/lines").text
    rows = office.do(lambda s: s.scalars(update(OutboxRow).values(tries=0).returning(OutboxRow.id)))
    assert rows.all() == []


def test_an_empty_note_is_none_and_one_too_long_is_refused(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office)
    hold(office, nora, ana)
    note_id = str(uuid.uuid4())
    assert nora.submit(f"{ana.way}/notes", words="  ", note_id=note_id).status_code == 303
    long = nora.submit(f"{ana.way}/notes", words="a" * 2001, note_id=note_id)
    assert long.status_code == 422
    assert "<li><span" not in nora.get(ana.way).text


def test_nothing_of_the_page_is_kept_by_a_browser(office: Office) -> None:
    nora, ana = office.sign_in("navigator"), meet(office)
    hold(office, nora, ana)
    for way in (ana.way, f"{ana.way}/lines"):
        assert nora.get(way).headers["Cache-Control"] == "no-store"


async def _join(session: AsyncSession, person: Person, staff_id: uuid.UUID) -> None:
    row = await find_handoff(session, person.id)
    assert row is not None
    await join_handoff(session, row, staff_id)


async def _pass_on(session: AsyncSession, person: Person, note: list[str]) -> None:
    row = await find_handoff(session, person.id)
    assert row is not None
    await save_choice(session, person.key, row, Choice.NOW, note)


async def _take_back(session: AsyncSession, person: Person) -> None:
    await revoke_consent(session, person.id, ConsentKind.SHARE, now())
    await forget_note(session, person.id)
    await forget_said(session, person.id)


async def _agree(session: AsyncSession, person: Person) -> None:
    for kind in (ConsentKind.REMEMBER, ConsentKind.REMINDERS):
        await save_consent(session, person.id, decide_grant(kind, now()))
    await save_consent(session, person.id, decide_grant(ConsentKind.SHARE_AGENCY, now(), "svc-1"))


async def _say_of_house(session: AsyncSession, person: Person) -> None:
    (outbox_id,) = await save_replies(session, person.key, person.id, [Reply("A fixed one.")])
    speaker = Speaker("house", outbox_id=outbox_id)
    await save_said(session, person.key, person.id, speaker, "A fixed one.", now())
