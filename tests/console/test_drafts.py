"""Nothing that is typed is lost: drafts are kept sealed, weighed, and gone once they are sent."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select, text, update

from bot.store.tables import DraftRow, PersonRow
from console.navigator.drafts import LONGEST_DRAFT, weigh
from tests.console.conftest import Browser, Office
from tests.console.people import Person, hold, meet
from tests.console.talking import find_box, find_line_id, leave, send

TYPED = "I called the shelter, and they <have> room"


def _held(office: Office) -> tuple[Browser, Person]:
    nora, ana = office.sign_in("navigator"), meet(office)
    hold(office, nora, ana)
    return nora, ana


def _type(browser: Browser, person: Person, words: str, line_id: str = "") -> dict[str, object]:
    line_id = line_id or str(uuid.uuid4())
    answer = browser.submit(f"{person.way}/draft", words=words, line_id=line_id)
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def _rows(office: Office) -> list[DraftRow]:
    return list(office.do(lambda session: session.scalars(select(DraftRow))))


def _signs(office: Office) -> list[object]:
    jobs = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'sign'")
    return list(office.do(lambda session: session.scalars(jobs)))


def test_a_draft_is_there_after_the_console_was_restarted(office: Office) -> None:
    nora, ana = _held(office)
    assert _type(nora, ana, TYPED)["saved"] is True
    office.restart()
    again = office.visitor()
    again.cookies = nora.cookies
    assert find_box(again.get(ana.way).text) == TYPED.replace("<", "&lt;").replace(">", "&gt;")


def test_a_draft_lies_sealed(office: Office) -> None:
    nora, ana = _held(office)
    _type(nora, ana, TYPED)
    (row,) = _rows(office)
    assert b"shelter" not in row.words


def test_the_newest_draft_counts_and_an_empty_box_keeps_nothing(office: Office) -> None:
    nora, ana = _held(office)
    for words in ("I", "I am", "I am here"):
        _type(nora, ana, words)
    assert find_box(nora.get(ana.way).text) == "I am here"
    _type(nora, ana, "  ")
    assert _rows(office) == []


def test_a_vendor_that_shows_it_is_asked_to_show_that_somebody_writes(office: Office) -> None:
    nora, ana = _held(office)
    _type(nora, ana, "I am")
    assert _signs(office) == []
    change = update(PersonRow).where(PersonRow.id == ana.id).values(channel="telegram")
    office.do(lambda session: session.execute(change))
    _type(nora, ana, "I am he")
    _type(nora, ana, "I am her")
    assert _signs(office) == [{"person_id": str(ana.id)}]


def test_each_member_and_each_talk_has_its_own(office: Office) -> None:
    nora, ana = _held(office)
    bea = meet(office)
    hold(office, nora, bea)
    _type(nora, ana, "for Ana")
    _type(nora, bea, "for Bea")
    assert find_box(nora.get(ana.way).text) == "for Ana"
    boss = office.sign_in("supervisor", "Bea")
    boss.submit(f"{ana.way}/join")
    assert find_box(boss.get(ana.way).text) == ""


def test_a_save_that_comes_later_than_the_text_brings_nothing_back(office: Office) -> None:
    nora, ana = _held(office)
    line_id = find_line_id(nora.get(ana.way).text)
    send(nora, ana, "I am here", line_id)
    _type(nora, ana, "I am her", line_id)
    assert find_box(nora.get(ana.way).text) == ""


def test_after_exit_no_draft_can_be_kept(office: Office) -> None:
    nora, ana = _held(office)
    _type(nora, ana, TYPED)
    leave(office, ana)
    assert _rows(office) == []
    form = {"words": TYPED, "line_id": str(uuid.uuid4())}
    assert nora.submit(f"{ana.way}/draft", **form).status_code == 404
    assert _rows(office) == []


def test_what_is_too_long_to_send_is_kept_all_the_same(office: Office) -> None:
    nora, ana = _held(office)
    told = _type(nora, ana, "a" * 5000)
    assert "can not be sent like this" in str(told["hints"])
    assert find_box(nora.get(ana.way).text) == "a" * 5000
    _type(nora, ana, "a" * (LONGEST_DRAFT + 5))
    assert len(find_box(nora.get(ana.way).text)) == LONGEST_DRAFT


def test_the_script_is_told_how_heavy_it_is(office: Office) -> None:
    nora, ana = _held(office)
    told = _type(nora, ana, "Is it safe for you to text right now?")
    assert told == {"saved": True, "segments": 1, "characters": 37, "grade": 1, "hints": []}
    office.do(lambda s: s.execute(update(PersonRow).values(channel="web")))
    assert _type(nora, ana, "hello")["segments"] is None


@pytest.mark.parametrize(
    ("text", "channel", "hint"),
    [
        ("a" * 400, "sms", "3 texts long"),
        ("I am here 🌷", "sms", "“🌷” makes each text hold 70"),
        ("Ask {service} today please", "web", "Still open: {service}."),
        ("See https://a.example now", "telegram", "phone's history"),
        (
            "Notwithstanding jurisdictional considerations, eligibility necessitates deliberation",
            "web",
            "About grade",
        ),
    ],
)
def test_hints_say_what_would_help(text: str, channel: str, hint: str) -> None:
    assert hint in " ".join(weigh(text, channel, "en").hints)


def test_letters_count_only_where_texts_are_cut() -> None:
    assert weigh("I am here 🌷" * 30, "whatsapp", "en").segments is None
    assert weigh("", "sms", "en").segments == 0
    # An accent alone costs nothing, for the text is sent without it.
    assert weigh("Aquí estoy y te leo con calma, tú decides. " * 3, "sms", "es").segments == 1
    assert weigh("Aquí estoy", "sms", "es").hints == ()
