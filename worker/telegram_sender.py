"""Messages through Telegram, with the client of python-telegram-bot."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.settings import Settings, Telegram
from bot.wire.lanes import Lane
from bot.wire.outcomes import Later, Never, Outcome, Sent
from bot.wire.turns import Reply
from channels import telegram as telegram_channel
from worker.sender import Sender

#: Seconds until a call to the vendor is given up and tried again later.
TIMEOUT = 10.0
TELEGRAM_API = "https://api.telegram.org"

#: Seconds until a sign is given up: it lasts five, and messages must not wait for it.
SIGN_TIMEOUT = 2.0

#: Messages looked for behind the last one known; others' chats use up numbers too.
LOOKED_AT = 20

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
ALL_CHATS = Lane("telegram", 30)
ONE_CHAT_PER_SECOND = 1

#: The HTTP status that the client tells by the class of its error.
_STATUSES: dict[type[TelegramError], int] = {
    BadRequest: 400,
    ChatMigrated: 400,
    InvalidToken: 401,
    Forbidden: 403,
    Conflict: 409,
}


def build_bot(account: Telegram, timeout: float = TIMEOUT) -> Bot:
    """The vendor's client. It calls nobody before it is asked to, not even to learn its name."""
    line = HTTPXRequest(
        connect_timeout=timeout,
        read_timeout=timeout,
        write_timeout=timeout,
        pool_timeout=timeout,
        # A server of the house's own is not looked for behind the operator's proxy.
        httpx_kwargs={"trust_env": account.api_base is None},
    )
    base_url = f"{account.api_base or TELEGRAM_API}/bot"
    token = account.token.reveal()
    return Bot(token, base_url=base_url, request=line, get_updates_request=line)


def classify_error(error: TelegramError) -> Outcome:
    """What to do after the client's ``error``.

    A timeout and a lost connection are the same as no answer: nobody can tell whether the
    call arrived.
    """
    if isinstance(error, RetryAfter):
        answer = {"parameters": {"retry_after": _whole_seconds(error.retry_after)}}
        return telegram_channel.classify(429, answer)
    status = next((code for kind, code in _STATUSES.items() if isinstance(error, kind)), None)
    if status is None:
        return Later("unreachable", unsure=True)
    return telegram_channel.classify(status, {"description": error.message})


async def set_webhook(settings: Settings) -> Outcome:
    """Tell Telegram how this house takes updates; what waits at Telegram is kept.

    In polling mode that is to bring none. ``Sent`` when Telegram has taken it.
    """
    account = settings.telegram
    if account is None:
        return Never("channel off")
    bot = build_bot(account)
    try:
        if account.polling:
            await bot.delete_webhook(drop_pending_updates=False)
        else:
            await bot.set_webhook(
                url=f"{settings.public_url}/telegram",
                secret_token=account.secret.reveal(),
                allowed_updates=telegram_channel.WANTED,
                drop_pending_updates=False,
            )
    except TelegramError as error:
        return classify_error(error)
    finally:
        await bot.request.shutdown()
    return Sent("")


class TelegramSender(Sender):
    """Sends to private chats, and takes both sides' messages out of them again."""

    clears_screen = True

    def __init__(self, account: Telegram, timeout: float = TIMEOUT) -> None:
        self._bot = build_bot(account, timeout)

    async def send(
        self, address: str, reply: Reply, callback: str, *, in_window: bool = True
    ) -> Outcome:
        """Hand one message to Telegram, which tells nobody ``callback`` of its way.

        After ``Later("unreachable")`` it may have arrived all the same; :meth:`find_sent`
        settles that before it is sent again.
        """
        try:
            message = await self._bot.send_message(int(address), **telegram_channel.render(reply))
        except TelegramError as error:
            return classify_error(error)
        except (ValueError, TypeError, KeyError, AttributeError):
            return Later(
                "unreachable", unsure=True
            )  # a proxy's page in the vendor's place is no answer
        return Sent(str(message.message_id))

    async def find_sent(
        self, address: str, reply: Reply, since: datetime, after: str | None = None
    ) -> list[str]:
        """The place of the reply, if Telegram took it behind ``after``.

        Telegram lets no bot look back into a chat. But numbers rise, a bot can edit only what
        it said itself in that very chat, and behind the last place we know of it can have said
        nothing else. So the first message there that can be edited is the reply.
        """
        if after is None:
            return []
        for place in range(int(after) + 1, int(after) + 1 + LOOKED_AT):
            if await self._is_ours(address, reply, place):
                return [str(place)]
        return []

    async def _is_ours(self, address: str, reply: Reply, place: int) -> bool:
        """Raises ``TelegramError`` when Telegram cannot say now."""
        try:
            await self._bot.edit_message_text(
                chat_id=int(address), message_id=place, **telegram_channel.render(reply)
            )
        except BadRequest as error:
            return "message is not modified" in error.message.casefold()
        return True

    async def erase(self, address: str, places: Sequence[str]) -> Outcome:
        """Delete at most 100 messages from both sides' screens. ``Sent`` when all is done.

        Messages that are gone, or that Telegram no longer deletes (48 hours), count as done.
        Where one of them makes Telegram refuse the batch, the others are deleted without it.
        """
        if not places:
            return Sent("")
        try:
            await self._bot.delete_messages(int(address), [int(place) for place in places])
        except BadRequest as error:
            outcome = classify_error(error)
            if outcome == Never("no such chat"):
                return Sent("")
            return await self._erase_apart(address, places)
        except TelegramError as error:
            return classify_error(error)
        return Sent("")

    async def _erase_apart(self, address: str, places: Sequence[str]) -> Outcome:
        """Each half of a refused batch; a single refused message stays where it is."""
        if len(places) == 1:
            return Sent("")
        half = len(places) // 2
        for part in (places[:half], places[half:]):
            outcome = await self.erase(address, part)
            if not isinstance(outcome, Sent):
                return outcome
        return Sent("")

    async def show_sign(self, address: str) -> None:
        """Show that somebody writes, for five seconds. Telegram's refusals are let go."""
        # A proxy's page in the vendor's place is no answer either.
        with contextlib.suppress(TelegramError, ValueError, TypeError, KeyError, AttributeError):
            await self._bot.send_chat_action(
                int(address),
                ChatAction.TYPING,
                connect_timeout=SIGN_TIMEOUT,
                read_timeout=SIGN_TIMEOUT,
                write_timeout=SIGN_TIMEOUT,
                pool_timeout=SIGN_TIMEOUT,
            )

    def lanes(self, address: str) -> tuple[Lane, ...]:
        """What Telegram takes from a bot in all, and in one chat."""
        return ALL_CHATS, Lane(f"telegram:{address}", ONE_CHAT_PER_SECOND)


def _whole_seconds(wait: int | timedelta) -> int:
    """The client tells a wait as a number or as a span, by a setting of its own."""
    return wait if isinstance(wait, int) else int(wait.total_seconds())
