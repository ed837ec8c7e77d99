"""A passphrase opens what it sealed for one person, and nothing else opens it."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.vault.errors import Unreadable
from bot.vault.passphrase import (
    TODAY,
    Cost,
    Passphrase,
    open_under,
    parse_passphrase,
    seal_under,
)

ANA, BEA = "7d3c2f60-0000-4000-8000-000000000001", "7d3c2f60-0000-4000-8000-000000000002"
#: The least that the function takes, so that tests are quick.
CHEAP = Cost(memory=32, passes=1, lanes=4)


def _phrase(text: str = "three small boats") -> Passphrase:
    parsed = parse_passphrase(text)
    assert parsed is not None
    return parsed


def _opens(sealed: bytes | None, phrase: Passphrase, person: str = ANA) -> str | None:
    try:
        return open_under(phrase, sealed, person)
    except Unreadable:
        return None


@settings(deadline=None)
@given(st.text(max_size=5000))
def test_what_is_sealed_opens_again(text: str) -> None:
    assert open_under(_phrase(), seal_under(_phrase(), text, ANA, CHEAP), ANA) == text


def test_costs_are_those_of_the_standard_and_travel_along() -> None:
    assert Cost(memory=64 * 1024, passes=3, lanes=4) == TODAY
    sealed = seal_under(_phrase(), "plan", ANA)
    assert sealed[2:8] == bytes.fromhex("000100000304")
    assert _opens(sealed, _phrase()) == "plan"
    assert _opens(seal_under(_phrase(), "older", ANA, CHEAP), _phrase()) == "older"


def test_several_people_at_once_do_not_wait_for_ever() -> None:
    sealed: list[bytes] = []
    people = [
        threading.Thread(
            target=lambda: sealed.append(seal_under(_phrase(), "plan", ANA)), daemon=True
        )
        for _ in range(4)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=60)
    assert len(sealed) == 4


def test_nobody_else_opens_it() -> None:
    sealed = seal_under(_phrase(), "plan", ANA, CHEAP)
    assert _opens(sealed, _phrase("three small boots")) is None
    assert _opens(sealed, _phrase(), BEA) is None
    assert _opens(None, _phrase()) is None


def test_every_changed_or_missing_byte_is_noticed() -> None:
    sealed = seal_under(_phrase(), "plan", ANA, CHEAP)
    header = 8 + 16 + 12
    for place in (*range(header + 8), len(sealed) - 17, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert _opens(bytes(changed), _phrase()) is None, place
    for length in (0, 1, 2, 8, header, header + 1, len(sealed) - 1):
        assert _opens(sealed[:length], _phrase()) is None, length


def test_a_cost_that_would_take_the_machine_down_is_not_paid() -> None:
    sealed = bytearray(seal_under(_phrase(), "plan", ANA, CHEAP))
    sealed[2:6] = (64 * 1024 * 1024).to_bytes(4, "big")
    assert _opens(bytes(sealed), _phrase()) is None


def test_the_size_tells_little_and_no_two_are_alike() -> None:
    short, long = (seal_under(_phrase(), "x" * size, ANA, CHEAP) for size in (0, 2000))
    assert len(short) == len(long)
    assert len(seal_under(_phrase(), "x" * 2048, ANA, CHEAP)) == len(short) + 2048
    again = seal_under(_phrase(), "", ANA, CHEAP)
    assert again[8:36] != short[8:36] and again[36:] != short[36:]


@pytest.mark.parametrize(
    "typed",
    [
        "Three  small BOATS.",
        " three small boats \n",
        "ｔｈｒｅｅ small boats",
        "“three small boats”!",
    ],
)
def test_a_phone_may_change_how_it_is_written(typed: str) -> None:
    assert parse_passphrase(typed) == _phrase()
    assert parse_passphrase("grandma’s red door") == parse_passphrase("Grandma's red door")


@pytest.mark.parametrize(
    "typed",
    [
        *("", "...", "boats", "threesmallboats", "three small", "one two cat", "a b c d e f"),
        *(
            "small small small",
            "small boats small",
            "aaaaaaaaaaaaaaaaaaaa",
            "ab ab abab aba ba",
            "three small boats " * 20,
        ),
    ],
)
def test_what_is_easy_to_guess_is_refused(typed: str) -> None:
    assert parse_passphrase(typed) is None


def test_one_long_word_is_enough() -> None:
    assert parse_passphrase("threesmallboatsx")
    assert parse_passphrase("tres barcos pequeños")


@given(st.text(max_size=400))
def test_any_text_is_a_passphrase_or_not(text: str) -> None:
    parse_passphrase(text)


def test_it_is_never_printed() -> None:
    assert f"{_phrase()} {_phrase()!r}" == "*** ***"
