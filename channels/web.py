"""The web chat: JSON or a form in from our own page, JSON out to it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping

from bot.wire.inbound import Inbound
from bot.wire.turns import Reply
from channels.errors import NotAMessage
from channels.storable import make_storable

CHANNEL = "web"


def parse(untrusted_body: bytes, session: str) -> Inbound:
    """The message that a page's script posted in ``session``. Raises :class:`NotAMessage`.

    The page names each message, so that one sent twice over a bad line counts once.
    """
    try:
        untrusted = json.loads(untrusted_body)
        return _parse_parts(untrusted["id"], untrusted["text"], session)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAMessage from error


def parse_form(untrusted_form: Mapping[str, str], session: str) -> Inbound:
    """The message of a form that was sent without script. Raises :class:`NotAMessage`.

    A chosen option is the name of the button that sent the form.
    """
    text = untrusted_form.get("choice") or untrusted_form.get("text")
    return _parse_parts(untrusted_form.get("id"), text, session)


def _parse_parts(untrusted_id: object, untrusted_text: object, session: str) -> Inbound:
    if not isinstance(untrusted_id, str) or not isinstance(untrusted_text, str):
        raise NotAMessage
    try:
        message_id = uuid.UUID(untrusted_id)
    except ValueError as error:
        raise NotAMessage from error
    return Inbound(CHANNEL, f"{session}:{message_id}", session, make_storable(untrusted_text))


def render(reply: Reply) -> dict[str, object]:
    """What the page shows. A chosen option comes back as its title."""
    return {"text": reply.text, "options": [{"title": o.title} for o in reply.options]}
