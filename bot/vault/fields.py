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
        ("access", "who"),
        ("access", "what"),
        ("contact", "wishes"),
        ("cover", "story"),
        ("memory", "kept"),
        ("care_step", "step"),
        ("feedback", "words"),
        ("misread", "words"),
        ("booking", "details"),
        ("handoff", "note"),
        ("handoff", "last_words"),
        ("handoff", "transfer"),
        ("said", "words"),
        ("private_note", "words"),
        ("draft", "words"),
        ("task", "words"),
        ("referral", "content"),
        ("staff", "totp_secret"),
    }
)
