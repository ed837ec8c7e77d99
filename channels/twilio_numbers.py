"""What a number of ours is, and how fast carriers let it speak.

https://help.twilio.com/articles/115002943027: each number has a queue of its own, measured in
segments a second; what goes faster waits at Twilio, where nobody can take it back.
"""

from __future__ import annotations

import re

#: Segments a second. A local number of North America passes one, also in a Messaging Service
#: until its campaign is registered; other countries' numbers may pass ten, but not all do.
LONG_CODE = 1.0
#: https://help.twilio.com/articles/4411046744987
TOLL_FREE = 3.0
SHORT_CODE = 100.0
#: ? Messages a second of one WhatsApp sender, unless Meta grants more.
WHATSAPP = 80.0

_TOLL_FREE = re.compile(r"\+1(?:800|833|844|855|866|877|888)[0-9]{7}")
_SHORT_CODE = re.compile(r"[0-9]{4,6}")


def is_toll_free(sender: str) -> bool:
    """Whether ``sender`` is a toll-free number of North America."""
    return _TOLL_FREE.fullmatch(sender) is not None


def default_speed(sender: str) -> float:
    """Segments a second that ``sender`` may send unless its site knows better."""
    if is_toll_free(sender):
        return TOLL_FREE
    return SHORT_CODE if _SHORT_CODE.fullmatch(sender) else LONG_CODE
