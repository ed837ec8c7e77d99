"""Sealing and opening the encrypted columns of a person."""

from __future__ import annotations

from bot.store.tables import Base, PersonRow
from bot.vault.fields import ENCRYPTED
from bot.vault.vault import Cell, PersonKey, Vault


def open_person(vault: Vault, person: PersonRow) -> PersonKey:
    """The data key of ``person``. Raises ``bot.vault.errors.Unreadable``."""
    return vault.open_key(person.wrapped_key, str(person.id))


def seal(key: PersonKey, row: type[Base], column: str, row_id: object, text: str) -> bytes:
    """``text`` sealed for one column of one row."""
    return key.seal(text, _cell(row, column, row_id))


def unseal(key: PersonKey, row: type[Base], column: str, row_id: object, sealed: bytes) -> str:
    """The text that :func:`seal` sealed. Raises ``bot.vault.errors.Unreadable``."""
    return key.open(sealed, _cell(row, column, row_id))


def _cell(row: type[Base], column: str, row_id: object) -> Cell:
    """Only columns on the vault's list may hold ciphertext."""
    assert (row.__tablename__, column) in ENCRYPTED
    return Cell(row.__tablename__, column, str(row_id))
