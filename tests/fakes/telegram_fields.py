"""A call's fields, checked as Telegram checks them: https://core.telegram.org/bots/api."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram_chats import Refusal

#: UTF-16 units, bytes, messages.
LONGEST_TEXT, LONGEST_DATA, MOST_DELETED = 4096, 64, 100
WEBHOOK_PORTS = {443, 80, 88, 8443, None}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

#: What a bot may be seen to do: https://core.telegram.org/bots/api#sendchataction
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip

Fields = Mapping[str, Any]


def refuse(description: str) -> Refusal:
    """A call that is wrong in itself."""
    return Refusal(400, f"Bad Request: {description}")


def read_chat_id(fields: Fields) -> int:
    """The chat that a call is about."""
    value = str(fields.get("chat_id", ""))
    if not value:
        raise refuse("chat_id is empty")
    if not re.fullmatch(r"-?\d+", value):
        raise refuse("chat not found")
    return int(value)


def read_text(fields: Fields) -> str:
    """The words of a message, as Telegram keeps them."""
    text = str(fields.get("text", "")).strip()
    if not text:
        raise refuse("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise refuse("message is too long")
    return text


def read_buttons(fields: Fields) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard."""
    if "reply_markup" not in fields:
        return []
    markup = _read_json(fields["reply_markup"], "can't parse reply keyboard markup JSON object")
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise refuse("object expected as reply markup")
    for button in (button for row in rows for button in row):
        _check_button(button)
    return rows


def read_message_ids(fields: Fields) -> list[int]:
    """The messages that a call is about: 1 to 100."""
    if "message_ids" not in fields:
        raise refuse("message identifiers are not specified")
    ids = _read_json(fields["message_ids"], "can't parse message identifiers JSON object")
    if not isinstance(ids, list):
        raise refuse("expected an Array of message identifiers")
    if not ids:
        raise refuse("message identifiers are not specified")
    if len(ids) > MOST_DELETED:
        raise refuse("too many message identifiers specified")
    if not all(isinstance(number, int) and number > 0 for number in ids):
        raise refuse("invalid message identifier specified")
    return ids


def read_kinds(fields: Fields) -> list[str] | None:
    """The kinds of update that are asked for; ``None`` leaves them as they were."""
    if "allowed_updates" not in fields:
        return None
    kinds = _read_json(fields["allowed_updates"], "can't parse allowed updates JSON object")
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise refuse("expected an Array of String as allowed_updates")
    return kinds


def read_webhook(fields: Fields) -> tuple[str, str]:
    """The address and the secret of a webhook."""
    url, secret = str(fields.get("url", "")), str(fields.get("secret_token", ""))
    if not url:
        return "", ""
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise refuse("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in WEBHOOK_PORTS:
        raise refuse("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if secret and not _SECRET.fullmatch(secret):
        raise refuse("secret token contains unallowed characters")
    return url, secret


def read_number(fields: Fields, name: str, default: int, most: int) -> int:
    """A number that is brought into its bounds, as Telegram does."""
    value = str(fields.get(name, default))
    return min(int(value), most) if re.fullmatch(r"-?\d+", value) else default


def check_action(fields: Fields) -> None:
    """What the bot is seen to do is one of a few things."""
    if fields.get("action") not in ACTIONS:
        raise refuse("wrong parameter action in request")


def check_preview(fields: Fields) -> None:
    """Link previews are chosen by an object."""
    if "link_preview_options" in fields:
        options = _read_json(fields["link_preview_options"], "can't parse link preview options")
        if not isinstance(options, dict):
            raise refuse("object expected as link preview options")


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise refuse("can't parse inline keyboard button: text must be non-empty")
    data = button.get("callback_data")
    if data is None:
        raise refuse("can't parse inline keyboard button: Text buttons are unallowed here")
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise refuse("BUTTON_DATA_INVALID")


def _read_json(value: Any, otherwise: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise refuse(otherwise) from None
