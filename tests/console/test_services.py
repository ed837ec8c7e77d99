"""Services that turn people away, as admins and supervisors see them: counts and names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.outcomes import save_outcome
from bot.store.tables import ServiceRow
from tests.console.conftest import Office
from tests.console.writers import HOSTILE

HELPED = {"went": "yes", "helped": "yes"}
AWAY = {"went": "yes", "helped": "no", "why_no_help": "turned_away"}
#: Where those who see the page begin, and how they are told that there is something to see.
FIRST = [("admin", "/staff"), ("supervisor", "/load")]
BANNER = 'people away, as people say. <a href="/services">'


def tell(office: Office, place: str, *answers: Mapping[str, str], name: str = "") -> None:
    """Answers about a service, which is in the directory if it has a ``name``."""

    async def save(session: AsyncSession) -> None:
        if name:
            session.add(
                ServiceRow(
                    id=place, name=name, organization="", description="", needs=[], keys=[],
                    confidential=False, nationwide=False, languages=[], free=True, schedules=[],
                )
            )  # fmt: skip
        for answer in answers:
            await save_outcome(session, {**answer, "place": place}, datetime.now(UTC))

    office.do(save)


def test_each_service_has_its_name_and_its_counts_the_worst_first(office: Office) -> None:
    tell(office, "svc-1", AWAY, HELPED, HELPED, name="Alder Legal Aid")
    tell(office, "svc-2", AWAY, AWAY, HELPED, name="River Clinic")
    text = office.sign_in("admin").get("/services").text
    assert "1 of 3 were turned away" in text and "2 of 3 were helped" in text
    assert "svc-1" not in text
    assert -1 < text.find("River Clinic") < text.find("Alder Legal Aid")


def test_of_equals_the_one_comes_first_of_which_more_say_so(office: Office) -> None:
    tell(office, "svc-1", *[AWAY] * 3, name="Alder Legal Aid")
    tell(office, "svc-2", *[AWAY] * 4, name="River Clinic")
    text = office.sign_in("admin").get("/services").text
    assert -1 < text.find("River Clinic") < text.find("Alder Legal Aid")


def test_a_service_that_left_the_directory_is_shown_by_its_id(office: Office) -> None:
    tell(office, "svc-9", AWAY, AWAY, AWAY)
    assert "svc-9" in office.sign_in("admin").get("/services").text


def test_few_answers_and_good_services_are_shown_to_nobody(office: Office) -> None:
    tell(office, "svc-1", AWAY, AWAY, name="Alder Legal Aid")
    tell(office, "svc-2", AWAY, *[HELPED] * 3, name="River Clinic")
    text = office.sign_in("admin").get("/services").text
    assert "No service needs a look now." in text
    assert "Alder" not in text and "River" not in text and "<table" not in text


def test_names_are_shown_as_they_are_written(office: Office) -> None:
    tell(office, "svc-1", AWAY, AWAY, AWAY, name=HOSTILE)
    text = office.sign_in("admin").get("/services").text
    assert "<script>alert" not in text and "<img" not in text
    assert "&lt;script&gt;" in text and "{{7*7}}" in text


@pytest.mark.parametrize(("role", "first"), FIRST)
def test_a_banner_leads_there_once_there_is_something(
    office: Office, role: str, first: str
) -> None:
    browser = office.sign_in(role)
    tell(office, "svc-1", AWAY, AWAY, HELPED)
    assert f"1 service turns {BANNER}" in browser.get(first).text
    tell(office, "svc-2", AWAY, AWAY, HELPED)
    assert f"2 services turn {BANNER}" in browser.get(first).text
    assert browser.get("/services").status_code == 200


@pytest.mark.parametrize(("role", "first"), FIRST)
def test_without_such_a_service_there_is_a_link_and_no_banner(
    office: Office, role: str, first: str
) -> None:
    tell(office, "svc-1", AWAY, AWAY)
    text = office.sign_in(role).get(first).text
    assert '<a href="/services">Services</a>' in text and BANNER not in text


@pytest.mark.parametrize("role", ["navigator", "evaluator", "partner"])
def test_nobody_else_has_it(office: Office, role: str) -> None:
    browser = office.sign_in(role)
    assert browser.get("/services").status_code == 404
    assert "/services" not in browser.get("/").text
