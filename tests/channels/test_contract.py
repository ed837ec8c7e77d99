"""Every channel keeps the same promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.channels import contract
from tests.channels.doors import DOORS, Door

LETTERS = st.characters(exclude_categories=["Cs", "Cc"])


@pytest.fixture(params=DOORS.values(), ids=DOORS.keys(), scope="module")
def door(request: pytest.FixtureRequest) -> Door:
    """One channel after another."""
    return request.param  # type: ignore[no-any-return]


@given(text=st.text(LETTERS, min_size=1, max_size=400).filter(lambda text: "/" not in text))
def test_words_arrive_as_they_were_written(door: Door, text: str) -> None:
    contract.check_text(door, text)


def test_naughty_strings_arrive_too(door: Door, naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        assert door.take(text, 1).channel == door.channel


def test_a_message_is_known_by_its_id(door: Door) -> None:
    contract.check_ids(door)


def test_nobody_comes_in_without_the_secret(door: Door) -> None:
    contract.check_secrets(door)


def test_choosing_an_option_means_what_it_says(door: Door) -> None:
    contract.check_options(door)


@pytest.mark.parametrize(
    "text",
    ["ok", "línea " * 40, "x" * 9000, "ñ😀" * 3000],
    ids=["short", "some lines", "endless", "endless pictures"],
)
def test_no_reply_is_longer_than_the_vendor_takes(door: Door, text: str) -> None:
    contract.check_length(door, text)


def test_nothing_is_lost_when_a_vendor_is_away(door: Door) -> None:
    contract.check_refusals(door)
