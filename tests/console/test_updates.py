"""What updates bring, as staff see it in the console."""

from __future__ import annotations

from bot.flows.places import Place
from bot.flows.updating import bring_up_to_date
from bot.site import load_site
from tests.console.conftest import Office
from tests.older_content import PACK, make_older, publish

PAGE = "/releases/update"
RETURNED = Place("saying", ("utter_care_returned", "en", ""))
POINTS_THERE = 'href="/releases/update"'


def say(text: str) -> dict[str, object]:
    return {"text": text, "options": []}


def test_both_words_stand_beside_each_other_until_somebody_decides(office: Office) -> None:
    home = office.settings.home
    older = make_older(home, {RETURNED: say("You are back.")})
    publish(home, older, "a1", {RETURNED: say("Good to hear you again.")})
    ada, nora = office.sign_in("admin", "Ada"), office.sign_in("navigator")
    assert "An update waits" in ada.get(PAGE).text and POINTS_THERE in ada.get("/releases").text

    bring_up_to_date(home, load_site(PACK))
    page = ada.get(PAGE).text
    assert "the update" in page and "Good to hear" in page.replace("<ins>", "").replace(
        "</ins>", ""
    )
    assert "/conversation/sayings/utter_care_returned/change?release=" in page
    assert POINTS_THERE in ada.get("/releases").text
    assert "An update waits" not in page and "Up to date" not in page
    assert nora.get(PAGE).status_code == 404


def test_what_blocks_an_update_is_named(office: Office) -> None:
    home = office.settings.home
    older = make_older(home, {RETURNED: say("You are back.")})
    publish(home, older, "a1", {RETURNED: say("You are safe here, always.")})
    page = office.sign_in("admin", "Ada").get(PAGE).text
    assert "promises too much" in page and "utter_care_returned" in page and "waits" in page


def test_nothing_is_to_be_seen_on_what_was_installed(office: Office) -> None:
    ada = office.sign_in("admin", "Ada")
    assert "Up to date" in ada.get(PAGE).text and POINTS_THERE not in ada.get("/releases").text
