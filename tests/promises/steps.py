"""The steps of a conversation, to begin a test in the middle of one."""

from __future__ import annotations

from tests.phone import Phone

#: What brings a new person to each step.
STEPS: dict[str, tuple[str, ...]] = {
    "before anything": (),
    "is it safe": ("hi",),
    "go on": ("hi", "yes"),
    "remember": ("hi", "yes", "yes"),
    "what is needed": ("hi", "yes", "yes", "no"),
    "where": ("hi", "yes", "yes", "no", "food"),
    "after the services": ("hi", "yes", "yes", "no", "food", "97999"),
}


def lead(phone: Phone, step: str) -> None:
    """Bring ``phone`` to ``step``."""
    for said in STEPS[step]:
        phone.text(said)
