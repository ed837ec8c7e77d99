"""What kind of number ours is decides how fast it may speak."""

from __future__ import annotations

import pytest

from channels.twilio_numbers import default_speed, is_toll_free


@pytest.mark.parametrize("area", ["800", "833", "844", "855", "866", "877", "888"])
def test_toll_free_numbers_send_three_segments_a_second(area: str) -> None:
    assert is_toll_free(f"+1{area}5550100")
    assert default_speed(f"+1{area}5550100") == 3


@pytest.mark.parametrize(
    "sender",
    ["+15035550100", "+18225550100", "+448005550100", "+1800555010", "MG" + "0" * 32, "whatsapp:"],
)
def test_every_other_number_sends_one(sender: str) -> None:
    assert not is_toll_free(sender)
    assert default_speed(sender) == 1


def test_a_short_code_sends_a_hundred() -> None:
    assert default_speed("88788") == 100
