"""The web chat: JSON in from our own page, JSON out to it."""

from __future__ import annotations

import json
import uuid

from bot.wire.inbound import Inbound
from bot.wire.turns import Reply
from channels.errors import NotAMessage

CHANNEL = "web"


def parse(untrusted_body: bytes, session: str) -> Inbound:
    """The message that a page posted in ``session``. Raises :class:`NotAMessage`.

    The page names each message, so that one sent twice over a bad line counts once.
    """
    try:
        untrusted = json.loads(untrusted_body)
        message_id, text = uuid.UUID(untrusted["id"]), untrusted["text"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAMessage from error
    if not isinstance(text, str):
        raise NotAMessage
    return Inbound(CHANNEL, f"{session}:{message_id}", session, _clean(text))


def _clean(untrusted_text: str) -> str:
    """Half characters and zero bytes, which JSON allows, cannot be stored or shown."""
    whole = untrusted_text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\0", "")


def render(reply: Reply) -> dict[str, object]:
    """What the page shows. A chosen option comes back as its title."""
    return {"text": reply.text, "options": [{"title": o.title} for o in reply.options]}
