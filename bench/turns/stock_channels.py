"""Stock Rasa's own Twilio connector, told where the carrier is.

Loaded by Rasa in the engine's environment. Everything is Rasa's; only the address
that Twilio's client calls is another one, since the connector has no setting for it.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel
from rasa.core.channels.twilio import TwilioInput


class TwilioElsewhere(TwilioInput):
    """``rasa.core.channels.twilio.TwilioInput`` with the carrier at ``api_base``."""

    api_base = ""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """As Rasa does it, and the address."""
        channel = super().from_credentials(credentials)
        channel.api_base = (credentials or {})["api_base"]
        return channel

    def get_output_channel(self) -> OutputChannel:
        """Rasa's own output; a new Twilio client for every message, as stock Rasa has it."""
        output = super().get_output_channel()
        output.api.base_url = self.api_base
        return output
