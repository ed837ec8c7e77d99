"""What Telegram's refusals mean.

https://core.telegram.org/bots/api#making-requests: a refusal is an HTTP status and a
description for people, of which Telegram publishes no list. These have been seen.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.wire.outcomes import Later, Never, Outcome, Stopped

#: By words of the description, in lower case; they decide for the statuses 400 and 403.
REFUSALS: Mapping[str, Outcome] = {
    "bot was blocked by the user": Stopped("blocked"),  # Telegram's own way to say STOP
    "user is deactivated": Stopped("account gone"),
    "can't initiate conversation": Never("never started"),  # a person writes first, or nobody
    "can't send messages to bots": Never("not a person"),
    "chat not found": Never("no such chat"),
    "peer_id_invalid": Never("no such chat"),
    "migrated to": Never("not a private chat"),
    "is too long": Never("too long", tell=True),
    "text is empty": Never("no words", tell=True),
    "button_data_invalid": Never("button refused", tell=True),
    "bad webhook": Never("address refused"),  # it must be https, at a port that Telegram calls
}

# https://core.telegram.org/api/errors
STATUSES: Mapping[int, Outcome] = {
    400: Never("refused", tell=True),
    401: Later("credentials refused"),  # an operator must act; nothing may be lost meanwhile
    403: Never("forbidden", tell=True),
    404: Later("credentials refused"),  # what is not even shaped like a token is not found
    409: Later("another receiver"),  # a webhook is set, or another worker polls
}
