"""What a person chose, told from what they typed."""

from __future__ import annotations

import pytest

from bot.wire.choices import decide_choice
from bot.wire.turns import Option

OFFERED = [Option("Bed tonight", '/choose_need{"need":"housing"}'), Option("Salud", "/b")]


@pytest.mark.parametrize("said", ["1", " 1. ", "(1)", "Option 1", "bed tonight", "BED TONIGHT!"])
def test_number_and_title_choose_the_option(said: str) -> None:
    assert decide_choice(said, OFFERED) == OFFERED[0].payload


@pytest.mark.parametrize("said", ["3", "0", "97099", "bed", "", "1 2", "/b", "two beds", "🙂"])
def test_anything_else_must_be_understood(said: str) -> None:
    assert decide_choice(said, OFFERED) is None


def test_nothing_offered_means_no_number_is_a_choice() -> None:
    assert decide_choice("1", []) is None


@pytest.mark.parametrize("said", ["MORE", "more.", "Más", "mas"])
def test_more_works_in_both_languages(said: str) -> None:
    assert decide_choice(said, []) == "/more"


@pytest.mark.parametrize("said", ["DETAILS 2", "detalles 2", "detail 2", "Details: 2"])
def test_details_carry_their_number(said: str) -> None:
    assert decide_choice(said, OFFERED) == '/details{"number": "2"}'
