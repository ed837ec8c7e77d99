"""What can go wrong with the content. Each docstring is the message."""

from __future__ import annotations

from collections.abc import Sequence


class TrainingFailed(Exception):
    """The content could not be trained. ``faults`` are what is wrong with it, if that is known."""

    def __init__(self, log: object, faults: Sequence[str] = ()) -> None:
        super().__init__("\n".join(faults) or f"The content could not be trained; see {log}.")


class ModelMissing(Exception):
    """The content as it is now has not been trained: run waymark train."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class ModelUnreadable(Exception):
    """The trained model cannot be read: run waymark train --force."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class BadContent(Exception):
    """A file of the conversation cannot be read as it is written."""

    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"{path} cannot be read: {reason}.")
