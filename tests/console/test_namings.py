"""Texts that name a confidential service, where whoever keeps the directory sees them."""

from __future__ import annotations

import re

from tests.console.conftest import Browser, Office
from tests.console.keeping import NIGHT, SHELTER, fill, open_form

SERVICE, LIST = f"/directory/service/{NIGHT}", "/directory/namings"


def _write(browser: Browser, entry_id: str, **fields: str) -> None:
    form = open_form(browser, entry_id) | fields
    assert browser.submit(f"/directory/change/{entry_id}", **form).status_code == 303


def _read(browser: Browser, way: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", browser.get(way).text).split())


def test_a_text_that_names_a_shelter_is_warned_of_until_it_is_reworded(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    assert "which is confidential" not in _read(ada, SERVICE)
    assert "None was found." in _read(ada, LIST)
    _write(ada, NIGHT, description="Next to HARBOR HOUSE Shelter.", bring="A note of Harbor House")
    for way in (SERVICE, LIST):
        said, page = _read(ada, way), ada.get(way).text
        warning = "This text names Harbor House shelter, which is confidential."
        assert f"In a few words: {warning}" in said and f"What to bring: {warning}" in said
        assert f'href="/directory/change/{NIGHT}#at-description"' in page
        assert f'href="/directory/service/{SHELTER}"' in page
    assert "1 text that names a confidential place" in _read(ada, "/directory")
    _write(ada, NIGHT, description="Beds for the night.", bring="")
    assert "which is confidential" not in _read(ada, SERVICE)
    assert "None was found." in _read(ada, LIST)


def test_navigators_see_the_warning_and_no_way_to_edit(office: Office) -> None:
    fill(office)
    _write(office.sign_in("admin"), NIGHT, eligibility="Guests of Casa Alameda refuge")
    nora = office.sign_in("navigator")
    assert "Who it is for: This text names Casa Alameda refuge" in _read(nora, SERVICE)
    assert "/directory/change/" not in nora.get(SERVICE).text
    assert nora.get(LIST).status_code == 404


def test_what_is_confidential_may_name_itself(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    _write(ada, SHELTER, description="Harbor House shelter has beds.")
    assert "is confidential." not in _read(ada, f"/directory/service/{SHELTER}")
    assert "None was found." in _read(ada, LIST)
