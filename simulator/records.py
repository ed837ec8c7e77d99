"""A message as Twilio's API describes it, with what Twilio has not kept left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from bot.wire.segments import count_segments
from simulator.account import Account
from simulator.carrier import Message


def describe(account: Account, message: Message) -> dict[str, object]:
    """The Message resource."""
    created = format_datetime(message.created_at)
    return {
        "account_sid": account.sid,
        "api_version": "2010-04-01",
        "body": message.body if message.words_kept else "",
        "date_created": created,
        "date_sent": format_datetime(message.sent_at) if message.sent_at else None,
        "date_updated": created,
        "direction": "inbound" if message.inbound else "outbound-api",
        "error_code": message.error_code,
        "error_message": None,
        "from": message.sender,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": str(count_segments(message.body).count),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {},
        "to": message.receiver if message.number_kept else f"{message.receiver[:-4]}XXXX",
        "uri": f"/2010-04-01/Accounts/{account.sid}/Messages/{message.sid}.json",
    }


def find_page(
    account: Account, messages: Sequence[Message], untrusted_query: Mapping[str, str]
) -> dict[str, object]:
    """The list that was asked for, newest first, as one page."""
    known = [message for message in reversed(messages) if not message.deleted]
    shown = [describe(account, m) for m in known if _is_wanted(m, untrusted_query)]
    size = untrusted_query.get("PageSize", "")
    page = shown[: int(size)] if size.isdecimal() else shown
    return {"messages": page, "next_page_uri": None, "page": 0, "page_size": len(page)}


def _is_wanted(message: Message, untrusted_query: Mapping[str, str]) -> bool:
    """Dates are in UTC, whole seconds, and inclusive; what is not sent yet has none."""
    receiver, since = untrusted_query.get("To"), untrusted_query.get("DateSent>")
    if receiver is not None and (receiver != message.receiver or not message.number_kept):
        return False
    if not since:
        return True
    asked = datetime.fromisoformat(since).replace(tzinfo=UTC)
    return message.sent_at is not None and message.sent_at >= asked
