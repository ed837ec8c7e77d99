"""Finding a service, what is due, free beds, doubles, and what providers say."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.outcomes import save_outcome
from bot.store.provider_answers import save_answer
from bot.store.provider_links import find_link
from bot.store.tables import CapacityRow, EntryRow, ProviderLinkRow
from tests.console.conftest import Browser, Office
from tests.console.keeping import (
    NIGHT,
    SHELTER,
    fill,
    find_audit,
    find_entry,
    find_listings,
    press,
)
from tests.console.test_directory_forms import NEW

WAY = f"/directory/service/{NIGHT}"


def now() -> datetime:
    return datetime.now(UTC)


def find_names(browser: Browser, query: str = "") -> list[str]:
    """The services of one page of the list."""
    page = browser.get(f"/directory{query}").text
    return re.findall(r'<th scope="row"[^>]*><a href="[^"]*">([^<]+)</a>', page)


def age(office: Office, entry_id: str, days: int) -> None:
    """As if somebody last made sure so many days ago."""
    day = now().date() - timedelta(days=days)
    office.do(
        lambda s: s.execute(update(EntryRow).where(EntryRow.id == entry_id).values(assured=day))
    )


def say_beds(browser: Browser, entry_id: str, free: str, **more: str) -> str:
    answer = browser.submit(f"/directory/beds/{entry_id}", available=free, unit="beds", **more)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_services_are_found_by_beginnings_of_words_and_by_part(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    everything = find_names(ada)
    assert len(everything) == 45 and everything == sorted(everything, key=str.lower)
    assert "45 services" in ada.get("/directory").text
    assert find_names(ada, "?words=harb+shel") == ["Harbor House shelter"]
    assert find_names(ada, "?words=alder+falls+comm") != []
    assert find_names(ada, "?words=nothing+there") == []
    say_beds(ada, NIGHT, "0")
    say_beds(ada, SHELTER, "3", maximum="8")
    assert find_names(ada, "?part=full") == ["Commons night shelter"]
    assert find_names(ada, "?part=free") == ["Harbor House shelter"]
    assert "3 of 8 beds free" in ada.get("/directory?part=free").text
    age(office, NIGHT, 366)
    assert "Commons night shelter" in find_names(ada, "?part=due")
    assert "Harbor House shelter" not in find_names(ada, "?part=due")
    press(ada, ada.get(WAY).text, f"/directory/retire/{NIGHT}", why="Closed.")
    assert "Commons night shelter" in find_names(ada, "?part=away")
    assert "Commons night shelter" not in find_names(ada, "?part=due")


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=x", "?page=9999999999", "?words=%00%27", "?part=x"]
)
def test_no_question_breaks_the_list(office: Office, query: str) -> None:
    fill(office)
    assert office.sign_in("navigator").get(f"/directory{query}").status_code == 200


def test_a_page_has_fifty_and_leads_on(office: Office) -> None:
    office.do(_add_many)
    ada = office.sign_in("admin")
    first, second = find_names(ada), find_names(ada, "?page=2")
    assert (len(first), len(second)) == (50, 10) and not set(first) & set(second)
    page = ada.get("/directory?words=place&page=1").text
    assert "Page 1 of 2" in page and 'href="/directory?words=place&amp;page=2"' in page


async def _add_many(session: AsyncSession) -> None:
    rows = [
        {
            "id": f"one/{n} ü?#", "document": {"id": f"one/{n} ü?#", "name": f"Place {n:02}"},
            "name": f"Place {n:02}", "organization": "", "organization_id": "", "location_ids": [],
            "status": "active", "assured": None, "changed_at": now(), "changed_by": None,
        }
        for n in range(60)
    ]  # fmt: skip
    await session.execute(insert(EntryRow), rows)


def test_any_id_has_a_page(office: Office) -> None:
    office.do(_add_many)
    ada = office.sign_in("admin")
    found = re.search(r'href="(/directory/service/one/0[^"]*)"', ada.get("/directory").text)
    assert found and "Place 00" in ada.get(found[1]).text
    assert ada.get("/directory/service/nothing").status_code == 404
    assert ada.get("/directory/service/a%00b").status_code == 404


def test_a_navigator_reads_all_and_says_beds_and_changes_nothing_else(office: Office) -> None:
    fill(office)
    nora = office.sign_in("navigator")
    page = nora.get(WAY).text
    assert "12 Sample Street" in page and "Free now" in page
    assert "/directory/change/" not in page and "Make a link" not in page
    assert "to confirm" not in nora.get("/directory").text
    assert say_beds(nora, NIGHT, "2", maximum="10").endswith("told=capacity")
    assert "2 of 10 beds free" in nora.get(WAY).text
    for way in (f"retire/{NIGHT}", f"assure/{NIGHT}", f"change/{NIGHT}", "new", f"link/{NIGHT}"):
        assert nora.submit(f"/directory/{way}").status_code == 404
    assert find_audit(office)[-1] == ("directory_capacity", NIGHT)


def test_what_was_said_of_beds_counts_for_a_day(office: Office) -> None:
    fill(office)
    nora = office.sign_in("navigator")
    say_beds(nora, NIGHT, "2", maximum="10", back="beds")
    assert "2 of 10 beds free" in nora.get("/directory/beds").text
    old = now() - timedelta(hours=25)
    office.do(lambda s: s.execute(update(CapacityRow).values(reported_at=old)))
    assert "not known" in nora.get("/directory/beds").text
    assert "older than 24 hours" in nora.get(WAY).text
    assert find_names(nora, "?part=free") == []
    for wrong in ("", "many", "-1", "1.5", "999999"):
        assert say_beds(nora, NIGHT, wrong).endswith("told=no_number")
    assert nora.get(f"{WAY}?told=no_number").status_code == 422


def test_a_confidential_place_says_so_and_few_answers_are_shown_to_nobody(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    listing_id = find_listings(office, "Harbor House shelter")[0].id
    page = ada.get(f"/directory/service/{SHELTER}").text
    assert "Confidential: no address is kept" in page and "Fewer than 3 answers" in page
    for _ in range(3):
        office.do(
            lambda s: save_outcome(s, {"place": listing_id, "went": "yes", "helped": "yes"}, now())
        )
    assert "3 of 3 were helped" in ada.get(f"/directory/service/{SHELTER}").text


def test_who_is_due_is_listed_and_one_call_settles_it(office: Office) -> None:
    fill(office)
    ada, sol = office.sign_in("admin"), office.sign_in("supervisor")
    today = now().date()
    for row in office.do(_find_all):
        age(office, row, 10)
    age(office, NIGHT, 400)
    age(office, SHELTER, 340)
    page = ada.get("/directory/due").text
    assert "1 is due, 1 more within 30 days" in page and "Harbor House shelter" in page
    assert "1 service of the directory is to be confirmed" in ada.get("/staff").text
    assert "1 service of the directory is to be confirmed" in sol.get("/").text
    assert "to be confirmed" not in office.sign_in("navigator").get("/").text
    answer = press(ada, page, f"/directory/assure/{NIGHT}")
    assert answer.headers["location"] == "/directory/due"
    assert abs((find_entry(office, NIGHT).assured - today).days) <= 1
    assert "0 are due, 1 more" in ada.get("/directory/due").text
    assert "to be confirmed" not in sol.get("/").text
    again = press(ada, page, f"/directory/assure/{NIGHT}")  # a page that is too old
    assert again.headers["location"].endswith("told=changed_meanwhile")


async def _find_all(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(EntryRow.id)))


def test_a_provider_gets_a_link_that_is_shown_once(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    page = ada.submit(f"/directory/link/{NIGHT}").text
    link = re.search(r'value="(https?://[^"]+/directory/confirm[^"]+)"', page)
    assert link
    token = re.split(r"[#/?=]", link[1])[-1]
    assert len(token) >= 43
    kept = office.do(lambda s: find_link(s, token, now()))
    assert kept and kept.entry_id == NIGHT and kept.made_by == ada.staff_id
    assert token.encode() not in kept.token_hash
    assert timedelta(days=29) < kept.expires_at - now() < timedelta(days=31)
    assert token not in ada.get(WAY).text and "A link works until" in ada.get(WAY).text
    mails = [unquote(one) for one in re.findall(r'href="(mailto:[^"]+)"', page)]
    assert len(mails) == 2
    for mail in mails:
        assert token in mail
        for word in ("shelter", "Commons", "refugio", "violence", "survivor", "Waymark"):
            assert word not in mail
    page = ada.submit(f"/directory/link/{NIGHT}").text  # another one ends the first
    assert office.do(lambda s: find_link(s, token, now())) is None
    press(ada, page, f"/directory/end-link/{NIGHT}")
    assert "A link works until" not in ada.get(WAY).text
    assert office.do(lambda s: s.scalar(select(ProviderLinkRow.ended_at))) is not None
    assert token not in repr(find_audit(office))


def test_answers_of_providers_are_settled_one_by_one(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    age(office, NIGHT, 400)
    right = office.do(lambda s: save_answer(s, NIGHT, is_right=True, words="", now=now()))
    wrong = office.do(
        lambda s: save_answer(s, SHELTER, is_right=False, words="<b>New phone</b>", now=now())
    )
    gone = office.do(lambda s: save_answer(s, "gone", is_right=True, words="", now=now()))
    assert "3 answers from providers" in ada.get("/directory").text
    page = ada.get("/directory/answers").text
    assert "&lt;b&gt;New phone" in page and f'href="/directory/change/{SHELTER}"' in page
    press(ada, page, f"/directory/answers/{right}", do="assure")
    assert abs((find_entry(office, NIGHT).assured - now().date()).days) <= 1
    press(ada, page, f"/directory/answers/{wrong}", do="settle")
    press(ada, page, f"/directory/answers/{gone}", do="settle")
    assert "Nothing waits." in ada.get("/directory/answers").text
    assert ada.submit(f"/directory/answers/{right}", do="assure").status_code == 404
    assert "settled" in ada.get(WAY).text


def test_doubles_are_kept_once_or_remembered_as_two(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    assert "None was found." in ada.get("/directory/doubles").text
    for name, phone in (("Willow Food Pantry", "503-555-0177"), ("Poplar Pantry", "503-555-0177")):
        form = {**NEW, "name": name, "organization": name, "phone": phone, "sure": "on"}
        assert ada.submit("/directory/new", **form).status_code == 303
    page = ada.get("/directory/doubles").text
    assert "The same phone" in page and "1 pair" in page
    assert "1 possible double" in ada.get("/directory").text
    pair = re.search(
        r'name="first" value="([^"]+)"><input type="hidden" name="second" value="([^"]+)"', page
    )
    assert pair
    ada.submit("/directory/doubles/apart", first=pair[2], second=pair[1])
    assert "None was found." in ada.get("/directory/doubles").text

    form = {**NEW, "name": "Willow Pantry", "organization": "Elm", "phone": "503-555-0177"}
    ada.submit("/directory/new", **form, sure="on")
    page = ada.get("/directory/doubles").text
    form_of_same = re.search(r'action="/directory/doubles/same">.*?</form>', page)
    assert form_of_same
    keep, drop, seen = re.findall(r'name="(?:keep|drop|seen)" value="([^"]+)"', form_of_same[0])
    assert ada.submit("/directory/doubles/same", keep=keep, drop=drop, seen=seen).status_code == 303
    dropped = find_entry(office, drop)
    assert (dropped.status, dropped.document["same_as"]) == ("inactive", keep)
    assert (
        f'It is the same as <a href="/directory/service/{keep}">'
        in ada.get(f"/directory/service/{drop}").text
    )
    kinds = [what for what, _ in find_audit(office)]
    assert "directory_apart" in kinds and "directory_same" in kinds


@pytest.mark.parametrize("role", ["adviser", "evaluator", "partner"])
def test_others_have_no_directory(office: Office, role: str) -> None:
    browser = office.sign_in(role)
    for way in ("", "/beds", "/due", "/import", f"/service/{NIGHT}"):
        assert browser.get(f"/directory{way}").status_code == 404


def test_hostile_words_are_shown_as_what_they_are(office: Office) -> None:
    ada, hostile = office.sign_in("admin"), "<script>alert(1)</script>{{7*7}}"
    fields = ("name", "organization", "description", "eligibility", "bring", "areas", "cost")
    form = {**NEW, **dict.fromkeys(fields, hostile), "place-0-name": hostile}
    del form["free"]
    way = ada.submit("/directory/new", **form).headers["location"].split("?")[0]
    entry_id = way.rsplit("/", 1)[1]
    for page in ("/directory", way, f"/directory/change/{entry_id}", "/directory/due"):
        text = ada.get(page).text
        assert "<script>alert" not in text and "49" not in text.replace(entry_id, "")[:0]
        assert "&lt;script&gt;alert" in text or page == "/directory/due"
