"""The simulator's pages, over rehearsals as the worker leaves them."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import func, select, update

from bot.store.tables import AuditRow, RehearsalRow, ReleaseRow
from console.admin.rehearsing import MOST_WAITING
from tests.console.conftest import Browser, Office
from tests.console.rehearsed import (
    WAY,
    fail,
    find_asked,
    finish,
    make_talk,
    make_turn,
    prepare,
    read_says,
    say,
)
from tests.console.test_releases import NEW, say_goodbye
from tests.house import RunningHouse, wait_for

ASKS = {"name": "utter_ask_safe", "text": "Is it safe?\n1 Yes\n2 No", "options": ["Yes", "No"]}


def begin_release(browser: Browser) -> str:
    """The id of a new draft."""
    return say_goodbye(browser, "Take care of yourself.", **NEW).rsplit("/", 1)[-1]


def test_a_line_is_said_and_the_answer_seen_with_its_reasons(office: Office) -> None:
    sol = office.sign_in("adviser", "Sol")
    assert "Never type a real person's words" in sol.get(WAY).text
    answer = say(sol, "  i need\tfood ")
    assert answer.status_code == 303
    (row,) = find_asked(office)
    assert (row.release_id, row.channel, row.language) == (None, "sms", "en")
    assert (row.says, row.script, row.asked_by) == (["i need food"], None, sol.staff_id)
    turn = make_turn(
        "i need food", ["utter_ask_safe"], slots={"need": "food", "place": None},
        commands=[{"name": "handoff", "fields": {"reason": "human"}}],
        finding={"kind": "danger", "language": "en"}, replies=[{**ASKS, "segments": 2}],
    )  # fmt: skip
    finish(office, row.id, make_talk(turn))
    page = sol.get(answer.headers["Location"]).text
    assert "Is it safe?\n1 Yes\n2 No" in page and "2 segments" in page
    assert 'name="choice" value="Yes"' in page
    assert 'href="/conversation/meanings/need_food"' in page and "93 %" in page
    assert 'href="/conversation/topics/welcome#Hello-again"' in page
    assert "Keeps need" in page and "emptied" in page and "handoff, reason: human" in page
    assert "What do you need?" in page and "Safety rules saw" in page
    assert read_says(page) == ["i need food"]


def test_buttons_go_on_back_and_begin_anew(office: Office) -> None:
    ada = office.sign_in("admin")
    said = ["hi", "Yes"]
    for fields, expected in (
        ({"choice": "OK, go on"}, [*said, "OK, go on"]),
        ({"act": "back"}, ["hi"]),
        ({"act": "again"}, said),
    ):
        assert say(ada, "", said, **fields).status_code == 303
        assert find_asked(office)[-1].says == expected
    count = len(find_asked(office))
    answer = say(ada, "", said, act="anew")
    assert read_says(ada.get(answer.headers["Location"]).text) == []
    assert len(find_asked(office)) == count


def test_a_draft_is_seen_beside_what_is_in_use(office: Office) -> None:
    ada = office.sign_in("admin")
    release = begin_release(ada)
    answer = say(ada, "bye", ["hi"], release=release, channel="web", language="es")
    used, draft = find_asked(office)
    assert (used.release_id, str(draft.release_id)) == (None, release)
    assert {(one.channel, one.language) for one in (used, draft)} == {("web", "es")}

    finish(
        office, used.id,
        make_talk(make_turn("hi", ["a"]), make_turn("bye", ["utter_goodbye"], "Take care.")),
    )  # fmt: skip
    prepare(office, draft.id, 40)
    page = ada.get(answer.headers["Location"]).text
    assert "Take care." in page and 'value="40"' in page and "is being prepared" in page
    assert "ten minutes" in page and "Otherwise in the draft" not in page

    options = [
        {"name": "utter_goodbye", "text": "Bye.", "options": ["Begin", "End"], "segments": None}
    ]
    finish(
        office, draft.id,
        make_talk(make_turn("hi", ["a"]), make_turn("bye", ["utter_goodbye"], replies=options)),
    )  # fmt: skip
    page = ada.get(answer.headers["Location"]).text
    assert "1 of 2 lines goes otherwise in the draft" in page
    assert page.count("Otherwise in the draft") == 1 and "The answer has other words." in page
    assert page.count("The same in both.") == 1
    assert page.index("In the draft</h3>") < page.index("In use</h3>")
    assert "<li>Begin</li>" in page and 'name="choice" value="End"' in page
    assert f'value="{release}" selected' in page


def test_what_is_behind_the_same_words_is_compared_too(office: Office) -> None:
    ada = office.sign_in("admin")
    answer = say(ada, "hi", release=begin_release(ada))
    used, draft = find_asked(office)
    finish(office, used.id, make_talk(make_turn("hi", ["a"])))
    finish(office, draft.id, make_talk(make_turn("hi", ["a"], next="place")))
    page = ada.get(answer.headers["Location"]).text
    assert "what is behind them is not" in page


def test_what_cannot_be_played_says_why_and_keeps_the_lines(office: Office) -> None:
    ada = office.sign_in("admin")
    answer = say(ada, "bye", ["hi"])
    (row,) = find_asked(office)
    fail(office, row.id, "The engine does not answer.\nTry again in a moment.")
    page = ada.get(answer.headers["Location"]).text
    assert "<p>The engine does not answer.</p><p>Try again in a moment.</p>" in page
    assert read_says(page) == ["hi", "bye"] and 'value="again"' in page


def test_a_wait_can_be_called_off_and_stays_so(office: Office) -> None:
    ada = office.sign_in("admin")
    answer = say(ada, "hi")
    (row,) = find_asked(office)
    assert prepare(office, row.id, 10)
    page = ada.get(answer.headers["Location"]).text
    assert 'name="line"' not in page and "Call it off" in page
    way = f"/conversation/rehearsals/{row.id}/progress"
    assert ada.get(way).json() == {"state": "preparing", "progress": 10}
    ada.submit(f"{WAY}/call-off", used=str(row.id))
    assert not prepare(office, row.id, 20)
    finish(office, row.id, make_talk(make_turn("hi", ["a"], "Too late.")))
    page = ada.get(answer.headers["Location"]).text
    assert "It was called off." in page and "Too late." not in page
    assert read_says(page) == ["hi"]


@pytest.mark.parametrize(
    ("line", "said", "fields", "fault"),
    [
        (" \t\x00", 1, {}, "Write a line"),
        ("x" * 501, 1, {}, "500 characters"),
        ("hi", 60, {}, "60 lines"),
        ("hi", 1, {"channel": "fax"}, "Choose a channel"),
        ("hi", 1, {"language": "xx"}, "Choose a channel and a language"),
        ("hi", 1, {"release": "x"}, "Choose a draft"),
        ("hi", 1, {"release": str(uuid.UUID(int=7))}, "closed by now"),
    ],
)
def test_what_cannot_be_said_comes_back_with_the_talk(
    office: Office, line: str, said: int, fields: dict[str, str], fault: str
) -> None:
    ada = office.sign_in("admin")
    answer = say(ada, line, ["hello"] * said, **fields)
    assert answer.status_code == 422 and fault in answer.text
    assert read_says(answer.text) == ["hello"] * said
    assert find_asked(office) == []


def test_a_fault_leaves_what_was_heard_on_the_page(office: Office) -> None:
    ada = office.sign_in("admin")
    say(ada, "hi")
    (row,) = find_asked(office)
    finish(office, row.id, make_talk(make_turn("hi", ["a"], "Here I am.")))
    answer = say(ada, "", ["hi"], used=str(row.id))
    assert answer.status_code == 422 and "Here I am." in answer.text


def test_nobody_asks_for_more_than_can_be_played(office: Office) -> None:
    sol, ada = office.sign_in("adviser", "Sol"), office.sign_in("admin", "Ada")
    for _ in range(MOST_WAITING):
        assert say(sol, "hi").status_code == 303
    answer = say(sol, "hi")
    assert answer.status_code == 422 and "still waits to be played" in answer.text
    assert len(find_asked(office)) == MOST_WAITING
    assert say(ada, "hi").status_code == 303
    fail(office, find_asked(office)[0].id, "Gone.")
    assert say(sol, "hi").status_code == 303


def test_a_release_that_was_closed_is_not_played(office: Office) -> None:
    ada = office.sign_in("admin")
    release = begin_release(ada)
    mine = update(ReleaseRow).where(ReleaseRow.id == uuid.UUID(release))
    office.do(lambda s: s.execute(mine.values(state="dropped")))
    assert "closed by now" in say(ada, "hi", release=release).text


def test_a_talk_that_is_gone_says_so(office: Office) -> None:
    ada = office.sign_in("admin")
    nothing = uuid.UUID(int=7)
    answer = ada.get(f"{WAY}?used={nothing}")
    assert "this talk is gone" in answer.text
    assert ada.get(f"/conversation/rehearsals/{nothing}/progress").status_code == 404
    assert ada.submit(f"{WAY}/call-off", used="x").status_code == 404


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "🙈" * 500, '"><b>'])
def test_any_words_are_shown_as_they_are(office: Office, text: str) -> None:
    ada = office.sign_in("admin")
    answer = say(ada, text)
    (row,) = find_asked(office)
    turn = make_turn(text, [text], text, slots={text: {text: text}})
    finish(office, row.id, make_talk(turn))
    page = ada.get(answer.headers["Location"]).text
    assert "<script>alert" not in page and "<b>" not in page


def test_trying_things_out_is_nobodys_business(office: Office) -> None:
    ada = office.sign_in("admin")
    say(ada, "hi")
    assert office.do(lambda s: s.scalar(select(func.count()).select_from(AuditRow))) == 0
    assert office.do(lambda s: s.scalar(select(func.count()).select_from(RehearsalRow))) == 1


@pytest.mark.stack
def test_the_bot_itself_answers_and_a_saved_talk_goes_as_before(stack: RunningHouse) -> None:
    office = Office(stack.home, stack.settings.database_url.reveal())
    ada, said = office.sign_in("admin"), list[str]()
    for line in ("hi", "Yes, it is safe"):
        way = say(ada, line, said, channel="web").headers["Location"]
        wait_for(lambda: find_asked(office)[-1].done_at is not None, "the rehearsal")
        said = read_says(page := ada.get(way).text)
    assert said == ["hi", "Yes, it is safe"]
    assert "an automated service" in page and "OK to go on?" in page
    assert 'name="choice" value="OK, go on"' in page and "Answered by" in page

    fields = {"rehearsal": str(find_asked(office)[-1].id), "name": "Safe to write"}
    assert ada.submit("/conversation/tests", **fields).status_code == 303
    way = ada.submit("/conversation/tests/play", language="en", name="Safe to write").headers
    wait_for(lambda: find_asked(office)[-1].done_at is not None, "the test")
    assert "It goes as before" in ada.get(way["Location"]).text
    office.leave_database()


@pytest.mark.parametrize("role", ["navigator", "evaluator", "partner"])
def test_others_have_no_such_page(office: Office, role: str) -> None:
    other = office.sign_in(role)
    assert other.get(WAY).status_code == say(other, "hi").status_code == 404
