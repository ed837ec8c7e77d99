"""What the people of the benchmark write: questions that any step of the conversation takes."""

from __future__ import annotations

QUESTIONS = (
    "who can read this",
    "is it free",
    "are you a bot",
    "how can you help",
    "is this the police",
)
