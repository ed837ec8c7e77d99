"""The life of a service by forms: added, changed, made sure of, taken out, offered, put back."""

from __future__ import annotations

import re
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.tables import EntryChangeRow, EntryRow
from console.directory.asking import MOST_ROWS
from tests.console.conftest import Office
from tests.console.keeping import (
    NIGHT,
    SHELTER,
    fill,
    find_audit,
    find_entry,
    find_listings,
    open_form,
    press,
    read_form,
    spread,
)

NEW = {
    "name": "Willow Food Pantry",
    "organization": "Willow Kitchen",
    "need-food": "on",
    "description": "Groceries for a week.",
    "phone": "503-555-0177",
    "place-0-there": "yes",
    "place-0-name": "Kitchen",
    "place-0-address_1": "77 Sample Street",
    "place-0-city": "Alder Falls",
    "place-0-state": "OR",
    "place-0-postal_code": "97999",
    "areas": "Alder Falls, OR",
    "hours-0-there": "yes",
    "hours-0-day-0": "on",
    "hours-0-day-1": "on",
    "hours-0-day-2": "on",
    "hours-0-opens": "09:00",
    "hours-0-closes": "17:00",
    "languages": "English, Spanish",
    "free": "on",
    "bring": "A bag",
    "status": "active",
    "made_sure": "on",
}


def test_a_service_lives_from_its_first_form_to_its_last(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    answer = ada.submit("/directory/new", **NEW)
    assert answer.status_code == 303, answer.text
    way = answer.headers["location"].split("?")[0]
    entry_id = way.rsplit("/", 1)[1]
    page = ada.get(way).text
    for words in (
        "77 Sample Street", "Monday to Wednesday, 9 am to 5 pm", "English, Spanish", "503-555-0177",
        "What the bot says of it now", "Willow Food Pantry. Call", "Added",
    ):  # fmt: skip
        assert words in page, words
    (listing,) = find_listings(office, "Willow Food Pantry")
    assert (listing.needs, listing.free, listing.languages) == (["food"], True, ["en", "es"])
    assert listing.address == "77 Sample Street, Alder Falls OR 97999"

    form = open_form(ada, entry_id) | {"phone": "503-555-0178", "description": "Food for a week."}
    assert ada.submit(f"/directory/change/{entry_id}", **form).status_code == 303
    page = ada.get(way).text
    assert "<del>Groceries</del> for a week." in page and "<ins>Food</ins>" in page
    assert find_listings(office, "Willow Food Pantry")[0].phone == "503-555-0178"

    undo = re.findall(r'action="(/directory/undo/[^"]+)"', page)
    assert len(undo) == 1
    assert press(ada, page, undo[0]).headers["location"].endswith("undone")
    assert find_listings(office, "Willow Food Pantry")[0].phone == "503-555-0177"

    page = ada.get(way).text
    answer = press(ada, page, f"/directory/retire/{entry_id}", why=" ")
    assert answer.headers["location"].endswith("told=no_why")
    press(ada, page, f"/directory/retire/{entry_id}", why="The kitchen closed.")
    page = ada.get(way).text
    assert "nobody is told of it. The kitchen closed." in page
    assert find_listings(office, "Willow Food Pantry") == []
    press(ada, page, f"/directory/offer/{entry_id}")
    assert len(find_listings(office, "Willow Food Pantry")) == 1
    assert "The kitchen closed." not in find_entry(office, entry_id).document.values()
    assert [what for what, about in find_audit(office) if about == entry_id] == [
        "directory_added", "directory_changed", "directory_undone", "directory_retired",
        "directory_offered",
    ]  # fmt: skip


def test_a_form_that_nobody_touched_changes_nothing(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    for entry_id in office.do(_find_ids):
        before = find_entry(office, entry_id)
        answer = ada.submit(f"/directory/change/{entry_id}", **open_form(ada, entry_id))
        assert answer.status_code == 303, answer.text
        after = find_entry(office, entry_id)
        assert after.document == before.document
        assert after.changed_at == before.changed_at


@pytest.mark.parametrize(
    ("field", "words", "at"),
    [
        ("place-0-address_1", "12 Sample Street", "place-0"),
        ("place-0-name", "12 Sample Street", "place-0"),
        ("description", "Come to 12 Sample Street.", "description"),
        ("eligibility", "Whoever finds 12 Sample Street", "eligibility"),
        ("bring", "A bag, to 12 Sample Street", "bring"),
        ("name", "Shelter at 12 Sample Street", "name"),
    ],
)
def test_nothing_may_tell_where_a_confidential_place_is(
    office: Office, field: str, words: str, at: str
) -> None:
    fill(office)
    ada, before = office.sign_in("admin"), find_entry(office, SHELTER).document
    form = open_form(ada, SHELTER)
    assert "place-0-confidential" in form
    answer = ada.submit(f"/directory/change/{SHELTER}", **{**form, field: words})
    assert answer.status_code == 422
    fault = re.search(rf'id="fault-{at}">([^<]+)<', answer.text)
    assert fault and "confidential place" in fault[1]
    assert words in answer.text  # what was typed stays
    assert find_entry(office, SHELTER).document == before


def test_the_mark_of_a_confidential_place_is_not_taken_off_by_a_slip(office: Office) -> None:
    fill(office)
    ada, way = office.sign_in("admin"), f"/directory/change/{SHELTER}"
    form = open_form(ada, SHELTER)
    del form["place-0-confidential"]
    form["place-0-address_1"] = "9 Sample Street"
    answer = ada.submit(way, **form)
    assert answer.status_code == 422 and "The address may be known" in answer.text
    assert find_listings(office, "Harbor House shelter")[0].confidential
    assert ada.submit(way, **form, **{"place-0-opened": "on"}).status_code == 303
    (listing,) = find_listings(office, "Harbor House shelter")
    assert not listing.confidential and listing.address == "9 Sample Street"


def test_a_place_that_becomes_confidential_has_to_lose_its_address(office: Office) -> None:
    fill(office)
    ada, way = office.sign_in("admin"), f"/directory/change/{NIGHT}"
    form = open_form(ada, NIGHT) | {"place-0-confidential": "on"}
    assert "an address of a confidential place" in ada.submit(way, **form).text
    form |= {f"place-0-{name}": "" for name in ("address_1", "city", "state", "postal_code")}
    assert ada.submit(way, **form).status_code == 303
    document = find_entry(office, NIGHT).document
    (link,) = document["service_at_locations"]
    assert not {"addresses", "latitude", "longitude"} & link["location"].keys()
    assert find_listings(office, "Commons night shelter")[0].confidential
    page = ada.get(f"/directory/service/{NIGHT}").text
    assert "Confidential: no address is kept" in page
    assert "12 Sample Street" not in page
    change = office.do(_find_last_change)
    ada.submit(f"/directory/undo/{change}")
    assert "12 Sample Street" not in office.do(_read_history)
    assert find_listings(office, "Commons night shelter")[0].address is None


def test_rows_are_added_and_taken_away_without_a_script_and_nothing_is_saved(
    office: Office,
) -> None:
    fill(office)
    ada, way = office.sign_in("admin"), f"/directory/change/{NIGHT}"
    form = open_form(ada, NIGHT) | {"name": "Another name"}
    page = ada.submit(way, **form, add="place")
    assert page.status_code == 200 and 'id="at-place-1"' in page.text
    form = read_form(page.text)
    assert form["name"] == "Another name"
    form |= {"place-1-address_1": "5 Example Avenue", "place-1-city": "Alder Falls"}
    form = read_form(ada.submit(way, **form, add="hours").text)
    assert "hours-1-there" in form
    form = read_form(ada.submit(way, **form, drop="hours-1").text)
    assert "hours-1-there" not in form
    assert find_entry(office, NIGHT).name == "Commons night shelter"
    assert ada.submit(way, **form).status_code == 303
    addresses = {one.address for one in find_listings(office, "Another name")}
    assert addresses == {"12 Sample Street, Alder Falls OR 97999", "5 Example Avenue, Alder Falls"}
    form = read_form(ada.submit(way, **open_form(ada, NIGHT), drop="place-0").text)
    ada.submit(way, **form)
    assert [one.address for one in find_listings(office, "Another name")] == [
        "5 Example Avenue, Alder Falls"
    ]


def test_no_row_is_lost_however_many_there_are(office: Office) -> None:
    fill(office)
    places = [{"location": {"id": f"p-{n}", "name": f"Door {n}"}} for n in range(MOST_ROWS + 4)]
    spread(office, NIGHT, {"schedules": find_many_hours(MOST_ROWS + 4)}, *places)
    ada, way = office.sign_in("admin"), f"/directory/change/{NIGHT}"
    before = find_entry(office, NIGHT).document
    form = open_form(ada, NIGHT)
    form |= {f"place-{MOST_ROWS + 4}-name": "Last door", "place-0-hours-0-opens": "00:01"}
    assert ada.submit(way, **form).status_code == 303
    after = find_entry(office, NIGHT).document
    named = [one["location"].get("name") for one in before["service_at_locations"]]
    assert [one["location"].get("name") for one in after["service_at_locations"]] == [
        *named[:-1], "Last door",
    ]  # fmt: skip
    assert len(after["service_at_locations"][0]["schedules"]) == MOST_ROWS + 4
    form = read_form(ada.submit(way, **open_form(ada, NIGHT), add="place").text)
    assert f"place-{MOST_ROWS + 5}-there" not in form and f"place-{MOST_ROWS + 4}-there" in form


def find_many_hours(count: int) -> list[dict[str, str]]:
    """On one day, each at another minute."""
    return [
        {"freq": "WEEKLY", "byday": "MO", "opens_at": f"09:{n:02}", "closes_at": "17:00"}
        for n in range(count)
    ]


def test_two_who_change_one_service_both_find_their_words(office: Office) -> None:
    fill(office)
    ada, eve = office.sign_in("admin", "Ada"), office.sign_in("supervisor", "Eve")
    way = f"/directory/change/{NIGHT}"
    hers = open_form(eve, NIGHT)
    ada.submit(way, **open_form(ada, NIGHT) | {"phone": "503-555-0190", "bring": "Nothing at all"})
    answer = eve.submit(way, **hers | {"bring": "A blanket", "cost": "", "languages": "English"})
    assert answer.status_code == 422
    assert "Somebody saved this service while you wrote" in answer.text
    assert "Taken over from them, below: Phone." in answer.text
    assert "What to bring, theirs" in answer.text and "Nothing at all" in answer.text
    form = read_form(answer.text)
    assert (form["phone"], form["bring"]) == ("503-555-0190", "A blanket")
    assert eve.submit(way, **form).status_code == 303
    document = find_entry(office, NIGHT).document
    assert document["phones"][0]["number"] == "503-555-0190"
    assert [one["document"] for one in document["required_documents"]] == ["A blanket"]
    assert [one["name"] for one in document["languages"]] == ["English"]


def test_a_place_that_others_share_changes_for_them_too_and_the_form_says_so(
    office: Office,
) -> None:
    fill(office)
    ada = office.sign_in("admin")
    for name in ("One", "Two"):
        form = {**NEW, "name": f"Willow {name}", "phone": "503-555-0170", "sure": "on"}
        assert ada.submit("/directory/new", **form).status_code == 303
    one, two = find_listings(office, "Willow One")[0].id, find_listings(office, "Willow Two")[0].id
    # The second goes to the place of the first.
    first_place, second = one.split("@")[1], two.split("@")[0]
    form = open_form(ada, second) | {"place-0-location_id": first_place}
    ada.submit(f"/directory/change/{second}", **form)
    page = ada.get(f"/directory/change/{second}").text
    assert "Also the place of" in page and "Willow One</a>. What you change here" in page
    form = read_form(page) | {"place-0-address_1": "78 Sample Street"}
    assert ada.submit(f"/directory/change/{second}", **form).status_code == 303
    for name in ("Willow One", "Willow Two"):
        assert find_listings(office, name)[0].address == "78 Sample Street, Alder Falls OR 97999"


def test_another_name_of_an_organization_is_asked_about(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    ada.submit("/directory/new", **NEW)
    ada.submit("/directory/new", **{**NEW, "name": "Willow Meals", "phone": "503-555-0171"})
    first = find_listings(office, "Willow Food Pantry")[0].id.split("@")[0]
    way, form = f"/directory/change/{first}", open_form(ada, first) | {"organization": "Willow"}
    answer = ada.submit(way, **form)
    assert (
        answer.status_code == 422 and "is called so now, for its 1 other service too" in answer.text
    )
    assert ada.submit(way, **form, organization_as="renamed").status_code == 303
    assert find_listings(office, "Willow Meals")[0].organization == "Willow"
    form = open_form(ada, first) | {"organization": "Poplar", "organization_as": "new"}
    assert ada.submit(way, **form).status_code == 303
    assert find_listings(office, "Willow Meals")[0].organization == "Willow"
    assert find_listings(office, "Willow Food Pantry")[0].organization == "Poplar"
    form = open_form(ada, first) | {"organization": "willow"}
    ada.submit(way, **form)
    ids = {
        find_entry(office, one.id.split("@")[0]).organization_id
        for name in ("Willow Meals", "Willow Food Pantry")
        for one in find_listings(office, name)
    }
    assert len(ids) == 1


def test_what_may_be_there_already_is_shown_before_it_is_added(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    for same in ({"phone": "(503) 555-0103"}, {"name": "commons NIGHT shelter"}):
        answer = ada.submit("/directory/new", **{**NEW, **same})
        assert answer.status_code == 422 and "This may be there already" in answer.text
        assert f'href="/directory/service/{NIGHT}"' in answer.text
    assert find_listings(office, NEW["name"]) == []
    assert ada.submit("/directory/new", **{**NEW, **same}, sure="on").status_code == 303


@pytest.mark.parametrize(
    ("change", "at", "words"),
    [
        ({"name": " "}, "name", "What is it called?"),
        ({"organization": ""}, "organization", "Who runs it?"),
        ({"phone": "none"}, "phone", "A number has digits."),
        ({"phone": ""}, "phone", "Nobody could reach it"),
        ({"url": "javascript:alert(1)"}, "url", "A website begins with"),
        ({"languages": "English, Elvish"}, "languages", "Elvish"),
        ({"hours-0-closes": "25:00"}, "hours-0", "From when to when?"),
        ({"status": "open"}, "status", "Choose one."),
        ({"description": "x" * 5_001}, "description", "At most 5000"),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(
    office: Office, change: dict[str, str], at: str, words: str
) -> None:
    ada = office.sign_in("admin")
    answer = ada.submit("/directory/new", **{**NEW, **change})
    assert answer.status_code == 422
    fault = re.search(rf'id="fault-{at}">([^<]+)<', answer.text)
    assert fault and words in fault[1]
    assert "77 Sample Street" in answer.text
    assert find_listings(office, NEW["name"]) == []


def test_a_need_has_to_be_chosen(office: Office) -> None:
    ada, form = office.sign_in("admin"), {**NEW, "name": "Willow"}
    del form["need-food"]
    assert "Choose at least one" in ada.submit("/directory/new", **form).text


def test_hours_that_days_cannot_show_stay_and_are_told(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    ada.submit("/directory/new", **NEW)
    entry_id = find_listings(office, NEW["name"])[0].id.split("@")[0]
    first = {
        "freq": "MONTHLY", "byday": "1MO", "opens_at": "10:00", "closes_at": "12:00", "id": "nth"
    }  # fmt: skip
    office.do(lambda s: _add_schedule(s, entry_id, first))
    page = ada.get(f"/directory/change/{entry_id}").text
    assert "Take away: the first Monday of a month, 10 am to 12 pm" in page
    form = read_form(page) | {"hours-0-opens": "08:30"}
    assert ada.submit(f"/directory/change/{entry_id}", **form).status_code == 303
    schedules = find_entry(office, entry_id).document["schedules"]
    assert [one["opens_at"] for one in schedules] == ["08:30", "10:00"]
    form = open_form(ada, entry_id) | {"gone-nth": "on"}
    ada.submit(f"/directory/change/{entry_id}", **form)
    assert len(find_entry(office, entry_id).document["schedules"]) == 1
    form = open_form(ada, entry_id) | {"always": "on"}
    ada.submit(f"/directory/change/{entry_id}", **form)
    assert "Every day, day and night" in ada.get(f"/directory/service/{entry_id}").text


async def _find_last_change(session: AsyncSession) -> uuid.UUID:
    newest = select(EntryChangeRow.id).order_by(EntryChangeRow.changed_at.desc()).limit(1)
    return (await session.scalars(newest)).one()


async def _find_ids(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(EntryRow.id)))


async def _read_history(session: AsyncSession) -> str:
    rows = await session.scalars(select(EntryChangeRow).where(EntryChangeRow.entry_id == NIGHT))
    return repr([(row.before, row.after) for row in rows])


async def _add_schedule(session: AsyncSession, entry_id: str, schedule: dict[str, str]) -> None:
    row = await session.get_one(EntryRow, entry_id)
    row.document = {**row.document, "schedules": [*row.document["schedules"], schedule]}
