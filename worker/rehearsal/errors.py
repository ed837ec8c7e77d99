"""Why something cannot be played. Each docstring is the message."""

from __future__ import annotations

from bot.care.errors import CareError
from bot.errors import SiteError
from bot.flows.errors import BadContent
from bot.journeys.errors import BadJourney

#: What can be wrong with content that nobody has used yet.
CONTENT_FAULTS = (BadContent, BadJourney, CareError, SiteError)


class InTheWay(Exception):
    """Somebody's talk needed the same appointment or record at this moment. Ask again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class DraftNotServed(Exception):
    """The engine that reads the draft did not start, or ended. Ask again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NoSuchScript(Exception):
    """There is no conversation of this name any more."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)
