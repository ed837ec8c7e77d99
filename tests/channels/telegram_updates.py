"""Updates with every field that Telegram sends, and invented values."""

from __future__ import annotations

import json
from typing import Any

PERSON = 5035550142
GROUP = -1001503555014
UPDATE_ID = 700000001
MESSAGE_ID = 365

FROM = {
    "id": PERSON,
    "is_bot": False,
    "first_name": "Alder",
    "last_name": "Falls",
    "username": "alder_falls",
    "language_code": "es",
}
BOT = {"id": 123456, "is_bot": True, "first_name": "Chat", "username": "alder_bot"}
CHAT = {
    "id": PERSON,
    "first_name": "Alder",
    "last_name": "Falls",
    "username": "alder_falls",
    "type": "private",
}
_FILE = {"file_id": "AgACAgQAAxkBAAIB", "file_unique_id": "AQADKrsxG", "file_size": 1253}
_PICTURE = {**_FILE, "width": 90, "height": 67}
CARD = {"phone_number": "+15035550177", "first_name": "Rowan", "user_id": 5035550177}
PLACE = {"latitude": 44.9429, "longitude": -123.0351}


def update(**kind: Any) -> dict[str, Any]:
    """An update of one kind."""
    return {"update_id": UPDATE_ID, **kind}


def message(**content: Any) -> dict[str, Any]:
    """A message in a private chat."""
    told = {"message_id": MESSAGE_ID, "from": FROM, "chat": CHAT, "date": 1795000000, **content}
    return update(message=told)


def written(text: str) -> dict[str, Any]:
    """A message of words; Telegram marks commands in it."""
    if not text.startswith("/"):
        return message(text=text)
    length = len(text.split(maxsplit=1)[0])
    return message(text=text, entities=[{"offset": 0, "length": length, "type": "bot_command"}])


def pressed(data: Any = "Food", **changed: Any) -> dict[str, Any]:
    """A pressed button under a message of ours."""
    query = {
        "id": "21661543612345678",
        "from": FROM,
        "message": {
            "message_id": 364,
            "from": BOT,
            "chat": CHAT,
            "date": 1795000000,
            "text": "What do you need?",
            "reply_markup": {"inline_keyboard": [[{"text": "Food", "callback_data": "Food"}]]},
        },
        "chat_instance": "-4482346346536436",
        "data": data,
        **changed,
    }
    return update(callback_query=query)


def in_group(**content: Any) -> dict[str, Any]:
    """A message in a group."""
    chat = {"id": GROUP, "title": "Alder Falls", "type": "supergroup"}
    return update(
        message={"message_id": 9, "from": FROM, "chat": chat, "date": 1795000000, **content}
    )


#: What a person sends without a word of their own.
WORDLESS: dict[str, dict[str, Any]] = {
    "photo": message(photo=[_PICTURE, {**_PICTURE, "width": 320, "height": 240}]),
    "album": message(media_group_id="13577531", photo=[_PICTURE]),
    "voice": message(voice={**_FILE, "duration": 3, "mime_type": "audio/ogg"}),
    "video note": message(video_note={**_FILE, "length": 240, "duration": 2}),
    "sticker": message(
        sticker={**_PICTURE, "type": "regular", "is_animated": False, "is_video": False}
    ),
    "document": message(document={**_FILE, "file_name": "a.pdf"}),
    "contact": message(contact=CARD),
    "location": message(location=PLACE),
    "live location": message(location={**PLACE, "live_period": 900}),
    "venue": message(venue={"location": PLACE, "title": "x", "address": "y"}, location=PLACE),
    "dice": message(dice={"emoji": "🎲", "value": 4}),
    "poll": message(
        poll={
            "id": "5",
            "question": "x",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
        }
    ),
    "what is new to everyone": message(hologram={**_FILE, "depth": 3}),
}

#: Updates that are no message to the bot.
NO_MESSAGES: dict[str, dict[str, Any]] = {
    "edited": update(edited_message={**message(text="hi", edit_date=1795000009)["message"]}),
    "group": in_group(text="hi"),
    "joined a group": in_group(new_chat_members=[BOT], new_chat_participant=BOT),
    "channel": update(
        channel_post={
            "message_id": 3,
            "date": 1795000000,
            "text": "hi",
            "chat": {"id": GROUP, "title": "x", "type": "channel"},
        }
    ),
    "blocked": update(
        my_chat_member={
            "chat": CHAT,
            "from": FROM,
            "date": 1795000000,
            "old_chat_member": {"user": BOT, "status": "member"},
            "new_chat_member": {"user": BOT, "status": "kicked", "until_date": 0},
        }
    ),
    "pinned": message(pinned_message={**message(text="hi")["message"]}),
    "timer": message(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}),
    "may write": message(write_access_allowed={"from_request": True}),
    "inline": update(inline_query={"id": "1", "from": FROM, "query": "x", "offset": ""}),
    "poll": update(poll={"id": "1", "question": "x", "options": []}),
    "poll answer": update(poll_answer={"poll_id": "1", "user": FROM, "option_ids": [0]}),
    "reaction": update(
        message_reaction={
            "chat": CHAT,
            "message_id": 3,
            "user": FROM,
            "date": 1795000000,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    ),
    "business": update(business_message={**message(text="hi")["message"]}),
    "nothing": update(),
    "what is new to everyone": update(hologram_query={"id": "1", "from": FROM}),
    "a game's button": pressed(None, game_short_name="x"),
    "a button elsewhere": update(
        callback_query={
            "id": "1",
            "from": FROM,
            "inline_message_id": "x",
            "chat_instance": "1",
            "data": "x",
        }
    ),
    "a button in a group": pressed(
        message={**in_group(text="hi")["message"], "reply_markup": {"inline_keyboard": []}}
    ),
}


def body(content: object) -> bytes:
    """A request's body as Telegram writes it."""
    return json.dumps(content).encode()
