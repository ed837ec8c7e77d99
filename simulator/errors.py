"""Why the simulator does not start. Each docstring is the message."""

from __future__ import annotations


class Refused(Exception):
    """The simulator does not start here."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class RealCredentials(Refused):
    """The simulator refuses to start beside Twilio settings that are not its own: unset them."""


class NotADemo(Refused):
    """The simulator refuses to start outside a demo: its site's site.toml lacks demo = true."""
