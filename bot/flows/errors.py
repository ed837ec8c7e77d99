"""What can go wrong with the content. Each docstring is the message."""

from __future__ import annotations


class TrainingFailed(Exception):
    """The content could not be trained."""

    def __init__(self, log: object) -> None:
        super().__init__(f"The content could not be trained; see {log}.")
