"""Every encrypted column of the house. A test compares this list with the tables."""

from __future__ import annotations

ENCRYPTED = frozenset(
    {
        ("person", "address"),
        ("person", "wrapped_key"),
        ("conversation", "snapshot"),
        ("conversation", "offered"),
        ("inbox", "words"),
        ("outbox", "words"),
        ("trace", "place"),
    }
)
