"""A link opens one thing, for a day, and nobody but the house can make one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.vault.keyring import Keyring
from bot.vault.links import CALENDAR_FILE, PLAN_PAGE, WORKS_FOR, parse_link, render_link
from bot.vault.vault import Vault

VAULT = Vault(lambda: Keyring({1: b"m" * 32}, 1, b"l" * 32))
NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
ABOUT = "7d3c2f60-0000-4000-8000-000000000001"
LINK = render_link(VAULT, PLAN_PAGE, ABOUT, NOW)


@given(about=st.uuids().map(str), seconds=st.integers(0, 86_399))
def test_opens_its_own_thing_for_a_day(about: str, seconds: int) -> None:
    link = render_link(VAULT, PLAN_PAGE, about, NOW)
    assert parse_link(VAULT, PLAN_PAGE, link, NOW + timedelta(seconds=seconds)) == about
    assert parse_link(VAULT, PLAN_PAGE, link, NOW + WORKS_FOR) is None
    assert parse_link(VAULT, CALENDAR_FILE, link, NOW) is None


@given(position=st.integers(0, len(LINK) - 1), letter=st.characters(codec="utf-8"))
def test_any_changed_character_refuses(position: int, letter: str) -> None:
    assume(LINK[position] != letter)
    changed = LINK[:position] + letter + LINK[position + 1 :]
    assert parse_link(VAULT, PLAN_PAGE, changed, NOW) is None


@given(st.text(st.characters(codec="utf-8")))
def test_anything_else_refuses(untrusted: str) -> None:
    assert parse_link(VAULT, PLAN_PAGE, untrusted, NOW) is None


def test_another_house_cannot_make_one() -> None:
    other = Vault(lambda: Keyring({1: b"m" * 32}, 1, b"x" * 32))
    assert parse_link(VAULT, PLAN_PAGE, render_link(other, PLAN_PAGE, ABOUT, NOW), NOW) is None
