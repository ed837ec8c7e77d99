"""Tests in the console: saved from a talk, played, and what a release has otherwise."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from bot.flows.scripts import Script, Turn, load_scripts
from bot.settings import ROOT
from bot.store.scripts import find_agreed_scripts, find_saved_scripts
from bot.store.tables import AuditRow
from tests.console.conftest import Browser, Office
from tests.console.forms import agree
from tests.console.rehearsed import (
    fail,
    find_asked,
    finish,
    make_difference,
    make_everything,
    make_talk,
    make_turn,
    prepare,
    say,
)
from tests.console.test_releases import NEW, say_goodbye

WAY = "/conversation/tests"
SHIPPED = next(one for one in load_scripts(ROOT) if one.language == "en" and not one.promise)


def talk(office: Office, browser: Browser) -> str:
    """The id of a talk that was played."""
    say(browser, "hi", channel="web")
    row = find_asked(office)[-1]
    finish(office, row.id, make_talk(make_turn("hi", ["utter_ask_safe", "somewhere, 1 mile"])))
    return str(row.id)


def save(browser: Browser, rehearsal: str, name: str) -> Any:
    return browser.submit(WAY, rehearsal=rehearsal, name=name)


def read_audit(office: Office) -> list[tuple[str, str]]:
    """What was done to tests, and about what."""
    rows = select(AuditRow.what, AuditRow.about).order_by(AuditRow.position)
    found = office.do(lambda s: s.execute(rows))
    return [(what, about) for what, about in found if "test" in what]


def begin_release(office: Office, browser: Browser) -> str:
    return say_goodbye(browser, "Take care of yourself.", **NEW)


def play_all(office: Office, browser: Browser, release: str, *differences: dict[str, Any]) -> str:
    """The address of a result."""
    answer = browser.submit(f"{WAY}/play", release=release.rsplit("/", 1)[-1])
    assert answer.status_code == 303
    finish(office, find_asked(office)[-1].id, make_everything(*differences))
    return str(answer.headers["Location"])


def test_a_talk_is_saved_renamed_and_taken_away(office: Office) -> None:
    ada = office.sign_in("admin", "Ada")
    rehearsal = talk(office, ada)
    page = ada.get(f"{WAY}/new?rehearsal={rehearsal}").text
    assert "ask safe" in page and "Is it safe" in page and "somewhere, 1 mile" in page
    page = ada.get(save(ada, rehearsal, " A  new hello ").headers["Location"]).text
    assert "Saved by Ada" in page and "A new hello" in page
    (kept,) = office.do(find_saved_scripts)
    turns = (Turn("hi", ("utter_ask_safe", "somewhere, 1 mile")),)
    assert kept.script == Script("A new hello", "en", turns, "web")
    assert "A new hello" in ada.get(WAY).text

    ada.submit(f"{WAY}/{kept.id}/rename", name="An old hello")
    (renamed,) = office.do(find_saved_scripts)
    assert (renamed.script.name, renamed.script.turns) == ("An old hello", turns)
    assert ada.submit(f"{WAY}/{renamed.id}/rename", name="An old hello").status_code == 303
    ada.submit(f"{WAY}/{renamed.id}/drop")
    assert office.do(find_saved_scripts) == []
    assert read_audit(office) == [
        ("test_saved", str(kept.id)), ("test_renamed", str(renamed.id)),
        ("test_dropped", str(renamed.id)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (" ", "Give the test a name"),
        ("*", "Give the test a name"),
        ("x" * 101, "100 characters"),
        (SHIPPED.name, "has this name"),
        ("Mine", "has this name"),
    ],
)
def test_a_name_that_cannot_be_comes_back(office: Office, name: str, fault: str) -> None:
    ada = office.sign_in("admin")
    rehearsal = talk(office, ada)
    save(ada, rehearsal, "Mine")
    answer = save(ada, rehearsal, name)
    assert answer.status_code == 422 and fault in answer.text
    save(ada, rehearsal, "Another")
    (other,) = (one for one in office.do(find_saved_scripts) if one.script.name == "Another")
    answer = ada.submit(f"{WAY}/{other.id}/rename", name=name)
    assert answer.status_code == 422 and fault in answer.text
    assert {one.script.name for one in office.do(find_saved_scripts)} == {"Mine", "Another"}


def test_nothing_is_saved_of_what_was_not_played(office: Office) -> None:
    ada = office.sign_in("admin")
    say(ada, "hi")
    (row,) = find_asked(office)
    prepare(office, row.id, 1)
    for rehearsal in (row.id, uuid.UUID(int=7)):
        assert ada.get(f"{WAY}/new?rehearsal={rehearsal}").status_code == 404
        assert save(ada, str(rehearsal), "Mine").status_code == 404


def test_those_of_the_content_are_read_and_stay(office: Office) -> None:
    ada = office.sign_in("admin")
    assert SHIPPED.name in ada.get(WAY).text
    way = f"{WAY}/one"
    page = ada.get(way, params={"language": "en", "name": SHIPPED.name}).text
    assert "Came with Waymark" in page and "Rename" not in page and "Take this test" not in page
    assert ada.get(way, params={"language": "en", "name": "x"}).status_code == 404


def test_one_is_played_again_and_shows_where_it_goes_otherwise(office: Office) -> None:
    ada = office.sign_in("admin")
    answer = ada.submit(f"{WAY}/play", language="en", name=SHIPPED.name)
    (row,) = find_asked(office)
    assert (row.script, row.language, row.release_id) == (SHIPPED.name, "en", None)
    result = {
        **make_talk(make_turn("hi", ["utter_goodbye"], "Bye, then.")),
        "difference": make_difference(SHIPPED.name),
    }
    finish(office, row.id, result)
    page = ada.get(answer.headers["Location"]).text
    assert "It goes otherwise" in page and "Bye, then." in page and "Is it safe" in page
    assert "It is right like this" not in page  # nothing in use is agreed to
    assert ada.submit(f"{WAY}/play", language="en", name="x").status_code == 404
    assert ada.submit(f"{WAY}/play", release="x").status_code == 422


def test_all_are_played_once_at_a_time_and_told(office: Office) -> None:
    sol = office.sign_in("adviser")
    way = str(sol.submit(f"{WAY}/play").headers["Location"])
    (row,) = find_asked(office)
    assert sol.submit(f"{WAY}/play").headers["Location"] == way
    prepare(office, row.id, 30)
    assert 'value="30"' in sol.get(way).text and "on its way, 30 %" in sol.get(WAY).text
    finish(office, row.id, make_everything(findings=["A rule is told twice."]))
    page = sol.get(way).text
    assert "All 58 go as before" in page and "A rule is told twice." in page
    assert "all as before" in sol.get(WAY).text
    again = str(sol.submit(f"{WAY}/play").headers["Location"])
    assert again != way
    assert sol.submit(f"{again}/call-off").status_code == 303
    assert "It was called off." in sol.get(again).text


def test_what_stands_in_the_way_of_a_release_is_sorted(office: Office) -> None:
    ada = office.sign_in("admin")
    release = begin_release(office, ada)
    page = ada.get(
        play_all(
            office, ada, release,
            make_difference("Mine"), make_difference("Yours", already=True),
            make_difference("Everybody's", promise=True),
        )
    ).text  # fmt: skip
    assert "3 of 58 go otherwise" in page
    assert page.index("A promise is broken") < page.index("Nobody has agreed to these yet")
    assert page.index("Nobody has agreed") < page.index("with what is in use too")
    assert page.count("It is right like this in this release</button>") == 1
    assert "Take care of yourself." in page  # as the release says goodbye
    assert "2 of 58 go otherwise" in ada.get(release).text


def test_a_release_agrees_and_others_have_to_agree_anew(office: Office) -> None:
    ada, max_ = office.sign_in("admin", "Ada"), office.sign_in("supervisor", "Max")
    release = begin_release(office, ada)
    ada.submit(f"{release}/propose")
    agree(max_, release)
    assert "Agreed to" in ada.get(release).text
    way = play_all(office, ada, release, make_difference(SHIPPED.name))
    fields = {"rehearsal": way.rsplit("/", 1)[-1], "language": "en", "name": SHIPPED.name}
    assert ada.submit(f"{release}/conversations/agree", **fields).status_code == 303
    page = ada.get(way).text
    assert "Agreed to in this release" in page and "It is right like this" not in page

    page = max_.get(release).text
    assert ">Draft<" in page and "Ada said that it is right like this" in page
    assert page.index("<h4>Before</h4>") < page.index("<h4>In this release</h4>")
    assert "Is it safe" in page and "Take care of yourself." in page
    ada.submit(f"{release}/conversations/keep", language="en", name=SHIPPED.name)
    page = max_.get(release).text
    assert "said that it is right" not in page
    about = release.rsplit("/", 1)[-1]
    assert read_audit(office) == [("release_test_agreed", about), ("release_test_kept", about)]


@pytest.mark.parametrize("more", [{"promise": True}, {"already": True}, {"script": "Another"}])
def test_no_release_agrees_to_what_it_may_not(office: Office, more: dict[str, Any]) -> None:
    ada = office.sign_in("admin")
    release = begin_release(office, ada)
    way = play_all(office, ada, release, make_difference(**{"script": SHIPPED.name, **more}))
    fields = {"rehearsal": way.rsplit("/", 1)[-1], "language": "en", "name": SHIPPED.name}
    assert ada.submit(f"{release}/conversations/agree", **fields).status_code == 404
    assert agreed(office, release) == []


def test_what_was_played_of_another_version_is_not_agreed_to(office: Office) -> None:
    ada, sol = office.sign_in("admin"), office.sign_in("adviser")
    release = begin_release(office, ada)
    there = "/".join((release, "conversations", "agree"))
    way = play_all(office, ada, "", make_difference(SHIPPED.name))
    fields = {"language": "en", "name": SHIPPED.name}
    used = {**fields, "rehearsal": way.rsplit("/", 1)[-1]}
    assert ada.submit(there, **used).status_code == 404

    way = play_all(office, ada, release, make_difference(SHIPPED.name))
    mine = {**fields, "rehearsal": way.rsplit("/", 1)[-1]}
    assert sol.submit(there, **mine).status_code == 404
    assert "It is right like this" not in sol.get(way).text
    say_goodbye(ada, "Take good care of yourself.")
    assert "It is right like this" not in (page := ada.get(way).text)
    assert "changed after that" in page and "changed after that" in ada.get(release).text
    assert ada.submit(there, **mine).status_code == 404
    assert agreed(office, release) == []


def agreed(office: Office, release: str) -> list[Any]:
    release_id = uuid.UUID(release.rsplit("/", 1)[-1])
    return office.do(lambda s: find_agreed_scripts(s, release_id))


def test_what_could_not_be_played_says_why_line_by_line(office: Office) -> None:
    ada = office.sign_in("admin")
    way = str(ada.submit(f"{WAY}/play").headers["Location"])
    fail(office, find_asked(office)[-1].id, "First.\nSecond.")
    page = ada.get(way).text
    assert "<p>First.</p><p>Second.</p>" in page and "could not be played" in ada.get(WAY).text
    assert ada.get(f"{WAY}/played/{uuid.UUID(int=7)}").status_code == 404


def test_an_adviser_plays_and_saves_nothing(office: Office) -> None:
    sol = office.sign_in("adviser")
    rehearsal = talk(office, sol)
    assert "Save as a test" not in sol.get(f"/conversation/simulator?used={rehearsal}").text
    assert save(sol, rehearsal, "Mine").status_code == 404
    assert office.do(find_saved_scripts) == []
