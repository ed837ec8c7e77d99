"""Ready replies, phrases, services and openings: put into the box or sent with one action."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.phrases import load_phrases
from bot.directory.search import find_service
from bot.directory.service_lines import render_found
from bot.site import load_site
from bot.store.slots import Slot, save_slots
from bot.wire.segments import count_segments
from bot.wire.shortening import shorten
from tests.console.conftest import SITE, Browser, Office
from tests.console.people import Person, hold, meet
from tests.console.talking import (
    find_box,
    find_lines,
    find_replies,
    list_services,
    now,
    send,
)

ZONE = load_site(SITE).timezone
PANTRY = {"id": "svc-1", "name": "Alder Pantry", "address": "12 Elm St", "bring": "a bag"}
SHELTER = {
    "id": "svc-2", "name": "Alder House", "needs": ["housing"], "confidential": True,
    "address": None, "latitude": 44.6, "longitude": -122.8,
}  # fmt: skip


def _held(office: Office, language: str = "en") -> tuple[Browser, Person]:
    nora, ana = office.sign_in("navigator"), meet(office, language=language)
    hold(office, nora, ana)
    list_services(office, PANTRY, SHELTER)
    return nora, ana


def _form(**fields: str) -> dict[str, str]:
    return {"line_id": str(uuid.uuid4()), "words": "", "place": "", **fields}


def test_a_ready_reply_is_put_behind_what_was_typed(office: Office) -> None:
    nora, ana = _held(office)
    form = _form(words="Good that you write.", ready="take_time")
    assert nora.submit(f"{ana.way}/insert", **form).status_code == 303
    box = find_box(nora.get(ana.way).text)
    assert box.startswith("Good that you write.\nTake your time.")
    assert find_replies(office, ana) == []


def test_replies_are_in_the_language_of_the_person_with_what_is_known(office: Office) -> None:
    nora, ana = _held(office, "es")
    page = nora.get(ana.way).text
    assert "Hola, soy Nora, una persona del equipo." in page
    assert "<mark>{service}</mark>" in page and "<mark>{name}</mark>" not in page
    assert "Take your time. I am here" not in page


def test_a_service_that_was_looked_up_fills_the_replies(office: Office) -> None:
    nora, ana = _held(office)
    answer = nora.submit(f"{ana.way}/insert", **_form(words="Wait", service="svc-1"))
    assert answer.headers["Location"] == f"{ana.way}?service=svc-1#write"
    page = nora.get(answer.headers["Location"]).text
    assert "Alder Pantry may be able to help. Call 503-555-0100 if it is safe." in page
    assert find_box(page) == "Wait"
    nora.submit(f"{ana.way}/insert", **_form(words="Wait", ready="service", known="svc-1"))
    assert "Alder Pantry may be able to help." in find_box(nora.get(ana.way).text)
    assert "<mark>" in nora.get(f"{ana.way}?service=nothing").text
    assert nora.get(f"{ana.way}?service=%00").status_code == 200


def test_what_does_not_exist_adds_nothing(office: Office) -> None:
    nora, ana = _held(office)
    for fields in ({"ready": "x"}, {"phrase": "99999"}, {"phrase": "0"}, {"service": "x"}):
        nora.submit(f"{ana.way}/insert", **_form(words="Hi", **fields))
        assert find_box(nora.get(ana.way).text) == "Hi"


def test_a_phrase_goes_into_the_box_for_who_has_a_phrase_book(office: Office) -> None:
    omar = office.sign_in("navigator", "Omar", languages=("en",))
    bea = meet(office, language="es")
    hold(office, omar, bea)
    omar.submit(f"{bea.way}/insert", **_form(phrase="0"))
    assert find_box(omar.get(bea.way).text) == "hola"


def test_services_are_looked_up_without_losing_what_was_typed(office: Office) -> None:
    nora, ana = _held(office)
    form = _form(words="One moment", need="food", place="Alder Falls")
    page = nora.submit(f"{ana.way}/search", **form)
    assert page.status_code == 200
    assert find_box(page.text) == "One moment"
    assert "1 service for food near Alder Falls, OR." in page.text
    assert "Alder Pantry. Call 503-555-0100. Open day and night. Under 1 mile." in page.text
    part = nora.post(
        f"{ana.way}/search", data={**form, "csrf": nora.csrf}, headers={"X-Part": "services"}
    )
    assert "Alder Pantry" in part.text and "<html" not in part.text
    missing = nora.submit(f"{ana.way}/search", **_form(need="food", place="Qqqq")).text
    assert "The place was not understood" in missing and "Alder Pantry" in missing
    assert "No services" in nora.submit(f"{ana.way}/search", **_form(need="papers")).text
    assert nora.submit(f"{ana.way}/search", **_form(need="'; drop")).status_code == 200


def test_one_action_sends_what_the_bot_would_say(office: Office) -> None:
    nora, ana = _held(office)
    form = _form(words="typed", need="food", service="svc-1")
    for _ in range(2):
        assert nora.submit(f"{ana.way}/services", **form).status_code == 303
    (sent,) = find_replies(office, ana)

    async def bots(session: AsyncSession) -> str:
        match = await find_service(session, "svc-1", now().astimezone(ZONE))
        assert match is not None
        return render_found(match, 1, load_phrases("services", "en"), now().astimezone(ZONE))

    assert f"1. {sent}" == office.do(bots)
    assert count_segments(shorten(sent)).count <= 2
    assert len(find_lines(office, ana)) == 1
    assert find_box(nora.get(ana.way).text) == "typed"


def test_a_confidential_place_is_sent_without_an_address(office: Office) -> None:
    nora, ana = _held(office)
    form = _form(need="housing", place="Alder Falls", service="svc-2")
    page = nora.submit(f"{ana.way}/search", **form).text
    nora.submit(f"{ana.way}/services", **form)
    (sent,) = find_replies(office, ana)
    assert "Alder House" in sent and "Address kept private" in sent
    for text in (sent, page):
        assert "44.6" not in text and "Elm" not in text and "mile" not in text


def test_openings_go_out_as_one_text_in_the_persons_language(office: Office) -> None:
    nora, ana = _held(office, "es")
    begins = now().replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=3)
    slots = [
        Slot("clinic", f"k-{n}", "svc-1", begins + n * timedelta(hours=1),
             begins + (n + 1) * timedelta(hours=1))
        for n in range(5)
    ]  # fmt: skip
    office.do(lambda s: save_slots(s, "clinic", slots, now()))
    page = nora.submit(f"{ana.way}/search", **_form(need="food")).text
    assert "Send openings" in page
    nora.submit(f"{ana.way}/services", **_form(need="food", openings="svc-1"))
    (sent,) = find_replies(office, ana)
    assert sent.startswith("Horas libres en Alder Pantry: ")
    assert sent.count(",") == 2  # three of five
    assert count_segments(shorten(sent)).count <= 2


def test_a_service_without_openings_offers_none(office: Office) -> None:
    nora, ana = _held(office)
    assert "Send openings" not in nora.submit(f"{ana.way}/search", **_form(need="food")).text
    form = _form(need="food", openings="svc-1")
    assert nora.submit(f"{ana.way}/services", **form).status_code == 422
    assert find_replies(office, ana) == []


def test_a_service_that_is_gone_is_not_sent(office: Office) -> None:
    nora, ana = _held(office)
    form = _form(need="food", service="svc-9")
    assert nora.submit(f"{ana.way}/services", **form).status_code == 422
    assert find_replies(office, ana) == []


def test_a_reply_with_an_open_blank_is_not_sent(office: Office) -> None:
    nora, ana = _held(office)
    nora.submit(f"{ana.way}/insert", **_form(ready="service"))
    page = nora.get(ana.way).text
    assert "Still open: {service}, {phone}, {hours}." in page
    assert send(nora, ana, find_box(page)).status_code == 422
