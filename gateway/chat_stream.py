"""Replies as server-sent events, as they come, until the session ends."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing

from gateway.chat_session import Shown, Talk, find_talk, is_written_to
from gateway.errors import SessionEnded
from gateway.house import House

#: The page leaves at once.
OVER = "event: over\ndata: {}\n\n"
#: The person has agreed to be remembered: the page asks for its cookie.
REMEMBER = "event: remember\ndata: {}\n\n"
#: Somebody of the team writes; the page shows it for some seconds.
TYPING = "event: typing\ndata: {}\n\n"
STILL_HERE = ": still here\n\n"
#: Seconds between two of these to one page, which shows each for six: more would tell it nothing.
TYPING_AGAIN = 3.0


def parse_position(untrusted_id: str | None) -> int:
    """The position of the last reply that a page has; 0 for none or for nonsense."""
    usable = untrusted_id and untrusted_id.isascii() and untrusted_id.isdecimal()
    return int(untrusted_id) if untrusted_id and usable and len(untrusted_id) < 19 else 0


async def stream(
    house: House, token: str, person_id: uuid.UUID, after: int, *, has_cookie: bool
) -> AsyncIterator[str]:
    """Every reply beyond position ``after``, then each new one as it comes.

    While a navigator writes one, that is told too.
    """
    sign_due = 0.0
    async with aclosing(house.news.wait(str(person_id))) as news:
        async for _ in news:
            try:
                talk = await find_talk(house, token, after)
            except SessionEnded:
                yield OVER
                return
            if talk is None:
                return
            for event in _events(talk):
                yield event
            if time.monotonic() >= sign_due and await is_written_to(house, person_id):
                sign_due = time.monotonic() + TYPING_AGAIN
                yield TYPING
            after = max([after, *(shown.position for shown in talk.replies)])
            if talk.remembers and not has_cookie:
                has_cookie = True
                yield REMEMBER


def _events(talk: Talk) -> list[str]:
    return [_event(shown, talk.language) for shown in talk.replies] or [STILL_HERE]


def _event(shown: Shown, language: str | None) -> str:
    content = {**shown.content, "language": language}
    return f"event: reply\nid: {shown.position}\ndata: {json.dumps(content)}\n\n"
