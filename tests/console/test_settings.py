"""The site's settings, read and changed in the console."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from bot.directory.needs import NEEDS
from bot.settings import ROOT
from console.admin.setting_groups import NEED_WORDS
from tests.console.conftest import Browser, Office
from tests.console.door import find_hidden
from tests.console.forms import read_form, save

NEW = {"release": "new", "title": "Another line", "why": "It has a new number."}
SETTINGS = "/conversation/settings"
LINES, WORDS, HOURS, OFFER, UNSURE, TIMES = (
    f"{SETTINGS}/{name}"
    for name in (
        "lines/change", "words/change", "hours/change?team=Navigators", "offer/change",
        "understanding/change", "times/change",
    )
)  # fmt: skip
LINE = "value-fact/dv_line"


def change(browser: Browser, way: str, **typed: str) -> str:
    """Save a form with some fields otherwise, in a new release; its address."""
    return save(browser, way, {**read_form(browser, way), **NEW, **typed})


def test_a_line_goes_through_the_gate_and_shows_as_a_patch(office: Office, tmp_path: Path) -> None:
    ada = office.sign_in("admin", "Ada")
    assert "1-800-799-7233" in ada.get("/conversation/settings").text
    release = change(ada, LINES, **{LINE: "1-800-555-0100"})
    page = ada.get(release).text
    assert "1 change<" in page and "<ins>1-800-555-0100</ins>" in page
    found = re.search(r'href="(/conversation/settings/find[^"]+)"', page)
    assert found and "1-800-555-0100" in ada.get(found[1].replace("&amp;", "&")).text
    ada.submit(f"{release}/propose")
    assert "Nothing blocks it" in ada.get(release).text

    text = ada.get(f"{release}/patch").text
    lines = [line for line in text.splitlines() if re.match(r"[-+][^-+]", line)]
    assert lines == ['-dv_line = "1-800-799-7233"', '+dv_line = "1-800-555-0100"']
    patch = tmp_path / "release.patch"
    patch.write_text(text, encoding="utf-8")
    applied = subprocess.run(
        ["git", "apply", "--check", str(patch)], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert applied.returncode == 0, applied.stderr


def test_two_who_change_one_line_see_each_other(office: Office) -> None:
    ada, eve = office.sign_in("admin", "Ada"), office.sign_in("admin", "Eve")
    change(ada, LINES, **{LINE: "1-800-555-0100"})
    hers = read_form(eve, LINES)
    save(ada, LINES, {**read_form(ada, LINES), LINE: "1-800-555-0101"})
    answer = eve.submit(LINES, **{**hers, LINE: "1-800-555-0102"})
    assert answer.status_code == 422 and "Somebody changed this while you wrote" in answer.text
    assert "1-800-555-0102" in answer.text and "1-800-555-0101" in answer.text


@pytest.mark.parametrize(
    ("way", "typed", "rule"),
    [
        (LINES, {LINE: "1-800-799-SAFE"}, "unlikely line"),
        (WORDS, {"value-words/exit": "bus stop\nthanks"}, "everyday word"),
        (WORDS, {"value-words/exit": "stop"}, "bad setting"),
        (WORDS, {"value-words/danger_suicide": "my kids"}, "everyday word"),
        (UNSURE, {"value-setting/understanding/danger_from": "0.6"}, "weaker safety"),
        (OFFER, {"value-setting/offer/after_misunderstood": "5"}, "weaker safety"),
    ],
)
def test_the_gate_looks_at_settings(
    office: Office, way: str, typed: dict[str, str], rule: str
) -> None:
    ada = office.sign_in("admin")
    release = change(ada, way, **typed)
    ada.submit(f"{release}/propose")
    page = ada.get(release).text
    assert f"<strong>{rule}</strong>" in page and ">Draft<" in page


@pytest.mark.parametrize(
    ("way", "typed", "fault"),
    [
        (LINES, {LINE: " "}, "may not be empty"),
        (LINES, {LINE: "{contact}"}, "no braces"),
        (UNSURE, {"value-setting/understanding/danger_from": "1.2"}, "between 0 and 1"),
        (UNSURE, {"value-setting/understanding/danger_from": "nan"}, "between 0 and 1"),
        (TIMES, {"value-setting/desk/told_after_minutes": "1"}, "from 2 to 120"),
        (TIMES, {"value-setting/retention/after_silence_hours": "many"}, "from 2 to 720"),
        (WORDS, {"value-words/exit": "x" * 61}, "60 characters"),
        (HOURS, {"opens-0": "25:00"}, "Write times such as"),
        (HOURS, {"opens-0": "9", "closes-0": "09:00"}, "opens before it closes"),
        (HOURS, {"rows": "0"}, "At least one row"),
    ],
)
def test_what_cannot_be_comes_back_with_a_reason(
    office: Office, way: str, typed: dict[str, str], fault: str
) -> None:
    ada = office.sign_in("admin")
    answer = ada.submit(way, **{**read_form(ada, way), **NEW, **typed})
    assert answer.status_code == 422 and fault in answer.text
    assert 'value="Another line"' in answer.text
    assert "There is none yet" in ada.get("/releases").text


def test_rows_of_hours_come_and_go_without_being_saved(office: Office) -> None:
    ada = office.sign_in("admin")
    typed = {**read_form(ada, HOURS), **NEW, "opens-0": "8:30"}
    answer = ada.submit(HOURS, **typed, add="row")
    assert answer.status_code == 200 and "Row 2" in answer.text and 'value="8:30"' in answer.text
    assert "There is none yet" in ada.get("/releases").text
    answer = ada.submit(HOURS, **{**typed, "rows": "2"}, remove="0")
    assert "Row 2" not in answer.text and 'value="8:30"' not in answer.text

    week = {"rows": "2", "opens-1": "10", "closes-1": "24:00", "day-1-sa": "on"}
    days = {f"day-0-{day}": "on" for day in ("mo", "tu")}
    keep = {key: one for key, one in typed.items() if not key.startswith("day-")}
    page = ada.get(save(ada, HOURS, {**keep, **days, **week, "closes-0": "17:00"})).text
    said = re.sub(r"</?(ins|del)>", "", page)
    assert "mo tu 08:30 to 17:00" in said and "sa 10:00 to 24:00" in said


def test_needs_are_chosen(office: Office) -> None:
    assert tuple(NEED_WORDS) == NEEDS
    ada = office.sign_in("admin")
    release = change(ada, OFFER, **{"need-legal": "on"})
    assert "<ins>legal</ins>" in ada.get(release).text
    assert "need-legal" in read_form(ada, OFFER)


def test_only_who_may_change_the_conversation_changes_them(office: Office) -> None:
    sol, nora = office.sign_in("adviser"), office.sign_in("navigator")
    page = sol.get("/conversation/settings")
    assert page.status_code == 200 and "/change" not in page.text
    assert sol.get(LINES).status_code == nora.get("/conversation/settings").status_code == 404
    ada = office.sign_in("admin")
    for way in ("x/change", "hours/change?team=x", "find?place=x", "find?place=fact/x"):
        assert ada.get(f"/conversation/settings/{way}").status_code == 404


def test_a_row_more_does_not_hide_what_somebody_changed_meanwhile(office: Office) -> None:
    ada, eve = office.sign_in("admin", "Ada"), office.sign_in("admin", "Eve")
    change(ada, HOURS, **{"opens-0": "09:00"})
    hers = {**read_form(eve, HOURS), "opens-0": "07:00"}
    save(ada, HOURS, {**read_form(ada, HOURS), "opens-0": "10:00"})
    page = eve.submit(HOURS, **hers, add="row").text
    seen = re.search(r'name="seen-hours/Navigators" value="([^"]+)"', page)
    assert seen
    answer = eve.submit(HOURS, **{**hers, "seen-hours/Navigators": seen[1], "rows": "2"})
    assert answer.status_code == 422 and "Somebody changed this while you wrote" in answer.text


def test_hours_of_a_team_with_a_slash_in_its_name(
    tmp_path: Path, plain_database_url: str, quick_passwords: None
) -> None:
    pack = Path(shutil.copytree(ROOT / "sites" / "demo", tmp_path / "site"))
    file = pack / "site.toml"
    text = file.read_text(encoding="utf-8").replace('"Navigators"', '"Day/Night & 50%"')
    file.write_text(text, encoding="utf-8")
    office = Office(tmp_path / "home", plain_database_url, WAYMARK_SITE=str(pack))
    ada = office.sign_in("admin")
    way = re.search(r'href="([^"]+)" aria-label="Change: Hours of Day', ada.get(SETTINGS).text)
    assert way
    release = change(ada, unescape(way[1]), **{"opens-0": "09:00"})
    page = ada.get(release).text
    found = re.search(r'href="(/conversation/settings/find[^"]+)"', page)
    assert found and 'value="09:00"' in ada.get(unescape(found[1])).text
    ada.submit(f"{release}/take-out", place=unescape(find_hidden(page, "place")))
    assert "09:00" not in ada.get(release).text
    office.leave_database()
