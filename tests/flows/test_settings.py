"""Settings of the site as places of a release: changed in the text, kept as an overlay."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SiteError
from bot.flows.changes import Change, apply_changes
from bot.flows.checking import check_changes
from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.places import Place, read_value, write_value
from bot.flows.settings import SETTINGS, WORDS, find_teams
from bot.flows.sheet import NoSuchPlace
from bot.settings import ROOT
from bot.site import load_site

DEMO = ROOT / "sites" / "demo"
LINE, EXIT = Place.parse("fact/dv_line"), Place.parse("words/exit")
SUICIDE, HOURS = Place.parse("words/danger_suicide"), Place.parse("hours/Navigators")
UNSURE = Place.parse("setting/understanding/unsure_below")
WEEK = [{"hours": "mo tu we th fr 09:00 to 17:00"}, {"hours": "sa 10:00 to 24:00"}]
ALWAYS = [{"hours": "mo tu we th fr sa su 00:00 to 24:00"}]
EVERYTHING = {
    LINE: "1-800-555-0100",
    EXIT: ["luna roja", "weather"],
    SUICIDE: ["the blue lamp", 'say "blue"'],
    HOURS: WEEK,
    UNSURE: 0.35,
    Place.parse("setting/offer/for_needs"): ["legal"],
    Place.parse("setting/retention/after_silence_hours"): 48,
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A site's folder of the test's own."""
    return Path(shutil.copytree(DEMO, tmp_path / "site"))


def changed(pack: Path, root: Path = SHIPPED, **wanted: Any) -> Edition:
    edition = Edition(root, pack=pack)
    for place, value in (wanted.get("values") or EVERYTHING).items():
        write_value(edition, place, value)
    return edition


def test_every_place_reads_what_was_written(pack: Path) -> None:
    edition = changed(pack)
    assert {place: read_value(edition, place) for place in EVERYTHING} == EVERYTHING
    fresh = Edition(SHIPPED, pack=pack)
    assert read_value(fresh, LINE) == "1-800-799-7233"
    assert read_value(fresh, HOURS) == ALWAYS
    names = [f"setting/{table}/{key}" for table, key in SETTINGS] + [f"words/{n}" for n in WORDS]
    assert all(read_value(fresh, Place.parse(name)) is not None for name in names)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (LINE, "1-800-555-0100"),
        (EXIT, ["luna roja"]),
        (UNSURE, 0.35),
        (HOURS, WEEK),
        (Place.parse("setting/desk/told_after_minutes"), 12),
    ],
)
def test_only_the_value_changes_in_the_text(pack: Path, place: Place, value: Any) -> None:
    """What stands before and behind it is the same, to the letter."""
    before = (pack / "site.toml").read_text(encoding="utf-8")
    after = changed(pack, values={place: value}).settings.text
    start = next(n for n, pair in enumerate(zip(before, after, strict=False)) if len({*pair}) > 1)
    old, new = before[start:], after[start:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    assert len(old) < 100 and len(new) < 130 and before.count("#") == after.count("#")
    assert "[" not in old.strip("[ ") and "#" not in old


def test_a_release_keeps_only_what_was_changed(pack: Path, tmp_path: Path) -> None:
    changed(pack, values={LINE: "1-800-555-0100", HOURS: WEEK}).save(tmp_path / "a")
    kept = tomllib.loads((tmp_path / "a" / "site.toml").read_text(encoding="utf-8"))
    assert kept.keys() == {"facts", "teams"} and kept["facts"] == {"dv_line": "1-800-555-0100"}
    site = load_site(pack, tmp_path / "a")
    assert site.facts["dv_line"] == "1-800-555-0100" and len(site.teams[0].hours) == 2
    assert site.facts["dv_text"] == "88788" and site.path == pack

    file = pack / "site.toml"  # the operator goes on to count
    file.write_text(file.read_text(encoding="utf-8").replace("88788", "12345"), encoding="utf-8")
    assert load_site(pack, tmp_path / "a").facts["dv_text"] == "12345"

    changed(pack, tmp_path / "a", values={UNSURE: 0.35}).save(tmp_path / "b")
    site = load_site(pack, tmp_path / "b")
    assert (site.facts["dv_line"], site.thresholds.unsure_below) == ("1-800-555-0100", 0.35)
    changed(pack, tmp_path / "b", values={LINE: "1-800-799-7233"}).save(tmp_path / "c")
    assert "dv_line" not in (tmp_path / "c" / "site.toml").read_text(encoding="utf-8")
    back = {UNSURE: 0.3, HOURS: ALWAYS}
    changed(pack, tmp_path / "c", values=back).save(tmp_path / "d")
    assert not (tmp_path / "d" / "site.toml").exists()
    assert load_site(pack, tmp_path / "d") == load_site(pack)


def test_a_patch_fits_the_pack_whatever_went_out_before(pack: Path, tmp_path: Path) -> None:
    changed(pack, values={LINE: "1-800-555-0100"}).save(tmp_path / "a")
    patch = changed(pack, tmp_path / "a", values={EXIT: ["luna roja"]}).render_patch()
    assert '-exit_words = ["weather", "clima"]\n+exit_words = ["luna roja"]\n' in patch
    assert "+++ b/site.toml" in patch and '-dv_line = "1-800-799-7233"' in patch
    assert Edition(tmp_path / "a", pack=pack).render_patch() == ""


@pytest.mark.parametrize(
    ("team", "name"),
    [("Navigators", "hours/Navigators"), ("Día & 50% Café", "hours/Día & 50% Café"),
     ("Day/Night", "hours/Day%2FNight"), ("100%25", "hours/100%2525"), ("%2F", "hours/%252F")],
)  # fmt: skip
def test_a_team_may_have_any_name(pack: Path, team: str, name: str) -> None:
    file = pack / "site.toml"
    text = file.read_text(encoding="utf-8").replace('"Navigators"', f'"{team}"')
    file.write_text(text, encoding="utf-8")
    place = Place("hours", (team,))
    assert str(place) == name and Place.parse(name) == place
    edition = changed(pack, values={place: WEEK})
    assert find_teams(edition) == [team] and read_value(edition, place) == WEEK


@given(st.lists(st.text("/%2F5a."), min_size=2, max_size=2))
def test_each_place_has_a_name_of_its_own(words: list[str]) -> None:
    place = Place("setting", tuple(words))
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize(
    "name",
    ["fact/nothing", "words/danger_captive", "setting/facts/dv_line", "setting/sms/per_second",
     "hours/Nobody"],
)  # fmt: skip
def test_nothing_else_is_a_place(pack: Path, name: str) -> None:
    edition = Edition(SHIPPED, pack=pack)
    assert read_value(edition, Place.parse(name)) is None
    with pytest.raises(NoSuchPlace):
        write_value(edition, Place.parse(name), "x")


def test_without_a_site_there_are_no_settings() -> None:
    assert read_value(Edition(SHIPPED), LINE) is None
    assert apply_changes(Edition(SHIPPED), [change := Change(LINE, "1", "2")]) == [change]


def test_what_the_operator_changed_meanwhile_is_stale(pack: Path) -> None:
    change = Change(LINE, "1-800-000-0000", "1-800-555-0100")
    (found,) = check_changes(SHIPPED, [change], load_site(pack))
    assert (found["rule"], found["name"]) == ("stale_change", "fact/dv_line")


def test_settings_that_cannot_be_read_are_told_and_hide_nothing(pack: Path) -> None:
    changes = [
        Change(EXIT, ["weather", "clima"], ["stop"]),
        Change(
            Place.parse("saying/utter_goodbye/en/"),
            read_value(Edition(SHIPPED), Place.parse("saying/utter_goodbye/en/")),
            {"text": "You are safe here, always.", "options": []},
        ),
    ]
    found = {one["rule"]: one["reason"] for one in check_changes(SHIPPED, changes, load_site(pack))}
    assert found.keys() == {"bad_setting", "promises_too_much"}
    assert "'stop'" in found["bad_setting"]


@pytest.mark.parametrize(
    "text",
    ["[", "facts = 5", "[[teams]]\nname = 'Navigators'", "teams = 7", "[desk]\nx = 1",
     "[facts.dv_line]\na = 1\n[danger]\nfire = ['x']"],
)  # fmt: skip
def test_an_overlay_that_cannot_be_read_is_named(pack: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "site.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SiteError, match=str(tmp_path / "site.toml")):
        load_site(pack, tmp_path)
