"""The list of encrypted columns and the tables agree."""

from __future__ import annotations

from sqlalchemy import LargeBinary

from bot.store.tables import Base
from bot.vault.fields import ENCRYPTED

#: Bytes that are hashes or public keys, not ciphertext.
HASHED = {
    ("person", "pseudonym"),
    ("opt_out", "pseudonym"),
    ("inbox", "provider_key"),
    ("lane", "name"),
    ("block", "pseudonym"),
    ("audit", "hash"),
    ("invitation", "token_hash"),
    ("staff_session", "token_hash"),
    ("sign_in_try", "whose"),
    ("provider_link", "token_hash"),
    ("passkey", "credential_id"),
    ("passkey", "public_key"),
}


def test_every_column_of_bytes_is_encrypted_or_a_keyed_hash() -> None:
    columns = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert columns == ENCRYPTED | HASHED
