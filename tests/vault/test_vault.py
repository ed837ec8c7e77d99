"""Sealed values open in their own cell only, and keys can be rotated and destroyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault.errors import Unreadable
from bot.vault.keyring import Keyring
from bot.vault.vault import Cell, Vault

RING = Keyring({1: b"m" * 32}, 1, b"l" * 32)
PERSON = "7d3c2f60-0000-4000-8000-000000000001"
CELL = Cell("inbox", "words", "1")


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    key = Vault(lambda: RING).open_key(Vault(lambda: RING).make_key(PERSON), PERSON)
    sealed = key.seal(text, CELL)
    assert key.open(sealed, CELL) == text


@pytest.mark.parametrize(
    "cell", [Cell("outbox", "words", "1"), Cell("inbox", "other", "1"), Cell("inbox", "words", "2")]
)
def test_a_sealed_value_does_not_open_elsewhere(cell: Cell) -> None:
    key = Vault(lambda: RING).open_key(Vault(lambda: RING).make_key(PERSON), PERSON)
    with pytest.raises(Unreadable):
        key.open(key.seal("canary", CELL), cell)


def test_every_changed_byte_is_noticed() -> None:
    key = Vault(lambda: RING).open_key(Vault(lambda: RING).make_key(PERSON), PERSON)
    sealed = key.seal("canary", CELL)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(Unreadable):
            key.open(bytes(changed), CELL)


def test_a_wrapped_key_belongs_to_one_person() -> None:
    vault = Vault(lambda: RING)
    with pytest.raises(Unreadable):
        vault.open_key(vault.make_key(PERSON), PERSON.replace("1", "2"))


def test_rotation_keeps_values_readable_and_retires_the_old_master() -> None:
    vault = Vault(lambda: RING)
    wrapped = vault.make_key(PERSON)
    sealed = vault.open_key(wrapped, PERSON).seal("canary", CELL)
    rotated = RING.rotated()
    rewrapped = Vault(lambda: rotated).rewrap_key(wrapped, PERSON)
    retired = Vault(lambda: rotated.retired())
    assert retired.open_key(rewrapped, PERSON).open(sealed, CELL) == "canary"
    with pytest.raises(Unreadable):
        retired.open_key(wrapped, PERSON)


def test_pseudonyms_differ_by_channel_address_and_keyring() -> None:
    other = Keyring({1: b"m" * 32}, 1, b"x" * 32)
    seen = {
        Vault(lambda: RING).pseudonym("sms", "+15550100"),
        Vault(lambda: RING).pseudonym("web", "+15550100"),
        Vault(lambda: RING).pseudonym("sms", "+15550101"),
        Vault(lambda: other).pseudonym("sms", "+15550100"),
    }
    assert len(seen) == 4


def test_nothing_secret_is_printed() -> None:
    vault = Vault(lambda: RING)
    key = vault.open_key(vault.make_key(PERSON), PERSON)
    assert [repr(RING), repr(vault), repr(key)] == ["Keyring(***)", "Vault(***)", "PersonKey(***)"]
