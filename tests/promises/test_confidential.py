"""A confidential shelter's address is never sent, shown or kept."""

from __future__ import annotations

import csv

import pytest

from bot.settings import ROOT
from tests.house import RunningHouse
from tests.phone import Phone
from tests.promises.steps import lead
from tests.records import Records

pytestmark = pytest.mark.stack

DIRECTORY = ROOT / "sites" / "demo" / "directory"


def test_directory_keeps_no_address_and_no_spot(stack: RunningHouse) -> None:
    rows = Records(stack.settings).query("SELECT * FROM service WHERE confidential")
    assert len(rows) >= 5
    towns = {(44.62, -122.87), (44.41, -122.71)}
    for row in rows:
        assert row["address"] is None
        assert (row["latitude"], row["longitude"]) in towns | {(None, None)}


@pytest.mark.parametrize(("words", "say"), [("1", "Address kept private"), ("1", "details")])
def test_what_is_sent_has_no_address_and_no_distance(phone: Phone, words: str, say: str) -> None:
    lead(phone, "what is needed")
    phone.text(words)
    heard = phone.text("97999")
    confidential = [reply for reply in heard if "Address kept private" in reply]
    assert confidential
    assert not any("mile" in reply for reply in confidential)
    number = confidential[0][0]
    detail = phone.text(f"details {number}")[0]
    assert "They keep the address private" in detail
    assert not any(street in detail for street in _streets())


def _streets() -> list[str]:
    with (DIRECTORY / "addresses.csv").open(encoding="utf-8") as file:
        return [row["address_1"] for row in csv.DictReader(file)]
