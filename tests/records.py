"""What the house has stored of a person, read as its own parts read it."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import dict_row

from bot.settings import Settings
from bot.vault.fields import ENCRYPTED
from bot.vault.keyring import open_keyring
from bot.vault.vault import Cell, Vault

#: Every table that says something about a person.
TABLES = (
    "consent", "conversation", "handoff", "inbox", "outbox", "trace", "access", "booking",
    "care_step", "contact", "cover", "feedback", "memory", "memory_try", "reminder", "said",
    "private_note", "draft", "task", "referral", "misread",
)  # fmt: skip
#: Where words lie that the person's own key opens; traces are a vendor's ids.
SEALED = [one for one in sorted(ENCRYPTED) if one[0] not in {"person", "trace", "staff"}]

#: By address: tests look many times a second, and to connect takes longer than to answer.
_open: dict[str, psycopg.Connection[dict[str, Any]]] = {}


class Records:
    """A look into the database with the house's own keys."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.database_url.reveal()
        self._vault = Vault(lambda: open_keyring(settings.home))

    def person(self, channel: str, address: str) -> dict[str, Any] | None:
        """The person's row."""
        pseudonym = self._vault.pseudonym(channel, address)
        return next(iter(self.query("SELECT * FROM person WHERE pseudonym = %s", pseudonym)), None)

    def of(self, table: str, channel: str, address: str) -> list[dict[str, Any]]:
        """The person's rows in ``table``."""
        assert table in TABLES
        person = self.person(channel, address)
        if person is None:
            return []
        return self.query(f"SELECT * FROM {table} WHERE person_id = %s", person["id"])

    def opted_out(self, channel: str, address: str) -> bool:
        """Whether the person has said STOP."""
        pseudonym = self._vault.pseudonym(channel, address)
        return bool(self.query("SELECT FROM opt_out WHERE pseudonym = %s", pseudonym))

    def opened(self, channel: str, address: str) -> str:
        """Everything kept of a person in clear, as one text."""
        person = self.person(channel, address)
        if person is None:
            return ""
        key = self._vault.open_key(bytes(person["wrapped_key"]), str(person["id"]))
        return "\n".join(
            key.open(bytes(value), Cell(table, column, str(row.get("id") or row["person_id"])))
            for table, column in SEALED
            for row in self.of(table, channel, address)
            if (value := row[column]) is not None
        )

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        tables = ("person", *TABLES, "opt_out")
        each = " UNION ALL ".join(
            f"SELECT '{one}' AS name, count(*) AS n FROM {one}" for one in tables
        )
        return {row["name"]: row["n"] for row in self.query(each)}

    def query(self, question: str, *values: object) -> list[dict[str, Any]]:
        """The rows that answer ``question``."""
        try:
            return _ask(self._url, question, values)
        except psycopg.OperationalError:  # somebody stopped the database since the last look
            _close(self._url)
            return _ask(self._url, question, values)

    def change(self, order: str, *values: object) -> None:
        """Change rows, for what no person could wait for."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(order, values)


def _ask(url: str, question: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
    if url not in _open:
        _open[url] = psycopg.connect(url, row_factory=dict_row, autocommit=True)
    return _open[url].execute(question, values).fetchall()


def _close(url: str) -> None:
    if connection := _open.pop(url, None):
        connection.close()
