"""A phone for tests: it texts as Twilio brings texts, and reads what came back."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator

import httpx
import psycopg
from twilio.request_validator import RequestValidator

from bot.settings import Settings
from simulator.account import NUMBER
from tests.house import wait_for
from tests.plain import PLAIN

#: Nobody is still being answered: every message is done and every reply has left.
_QUIET = """
    SELECT NOT EXISTS (SELECT FROM inbox WHERE state <> 'done')
       AND NOT EXISTS (SELECT FROM outbox WHERE state IN ('pending', 'sending'))
       AND NOT EXISTS (SELECT FROM procrastinate_jobs
                       WHERE status = 'doing' AND task_name IN ('turn', 'deliver'))
"""
#: What is still open, for who reads why a test failed.
_OPEN = """
    SELECT 'message', state::text, count(*) FROM inbox WHERE state <> 'done' GROUP BY 1, 2
    UNION ALL SELECT 'reply', state::text, count(*) FROM outbox
    WHERE state IN ('pending', 'sending') GROUP BY 1, 2
    UNION ALL SELECT task_name || ' until ' || coalesce(max(scheduled_at)::text, 'now'),
    status::text, count(*) FROM procrastinate_jobs GROUP BY task_name, status
"""


def _numbers() -> Iterator[str]:
    """Numbers that nobody has: 555-01xx in every area."""
    for area, last in itertools.product(range(201, 990), range(100)):
        yield f"+1{area}55501{last:02}"


NUMBERS = _numbers()


def message_form(sender: str, body: str, **more: str) -> dict[str, str]:
    """A message webhook with the fields that Twilio sends."""
    sid = f"SM{secrets.token_hex(16)}"
    return {
        "AccountSid": "AC" + "0" * 32,
        "ApiVersion": "2010-04-01",
        "Body": body,
        "From": sender,
        "FromCountry": "US",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": NUMBER,
        "ToCountry": "US",
        **more,
    }


def post_signed(settings: Settings, path: str, form: dict[str, str]) -> httpx.Response:
    """Bring ``form`` to the gateway with the account's signature."""
    assert settings.twilio
    validator = RequestValidator(settings.twilio.auth_token.reveal())
    signature = validator.compute_signature(f"{settings.public_url}{path}", form)
    return httpx.post(
        f"http://127.0.0.1:{settings.port}{path}",
        data=form,
        headers={"X-Twilio-Signature": signature},
        trust_env=False,
        verify=PLAIN,
        timeout=30,
    )


class Phone:
    """One number. ``text`` returns the replies to what was said, once all is quiet again."""

    def __init__(self, settings: Settings, number: str | None = None) -> None:
        self.settings = settings
        self.number = number or next(NUMBERS)
        self._read = 0

    def text(self, body: str, **more: str) -> list[str]:
        """Text ``body`` and wait for the answers."""
        self.send(body, **more)
        wait_until_quiet(self.settings)
        return self.new_replies()

    def send(self, body: str, **more: str) -> None:
        """Text ``body`` and do not wait."""
        post = post_signed(
            self.settings, "/twilio/inbound", message_form(self.number, body, **more)
        )
        assert post.status_code == httpx.codes.OK, post.status_code

    def tell_carrier(self, word: str) -> None:
        """Text a carrier word that the carrier keeps to itself."""
        assert self.settings.twilio
        message = {"number": self.number, "body": word}
        httpx.post(
            f"{self.settings.twilio.api_base}/texts", json=message, trust_env=False, verify=PLAIN
        )

    def replies(self) -> list[str]:
        """Every reply that the carrier took for this number, oldest first."""
        assert self.settings.twilio
        account = self.settings.twilio
        answer = httpx.get(
            f"{account.api_base}/2010-04-01/Accounts/{account.account_sid}/Messages.json",
            params={"To": self.number},
            auth=(account.account_sid, account.auth_token.reveal()),
            trust_env=False,
            verify=PLAIN,
        )
        return [message["body"] for message in reversed(answer.json()["messages"])]

    def new_replies(self) -> list[str]:
        """The replies since the last look."""
        replies = self.replies()
        new, self._read = replies[self._read :], len(replies)
        return new


def wait_until_quiet(settings: Settings, seconds: float = 60.0) -> None:
    """Return when nobody waits for an answer."""
    with psycopg.connect(settings.database_url.reveal(), autocommit=True) as connection:

        def is_quiet() -> bool:
            row = connection.execute(_QUIET).fetchone()
            return bool(row and row[0])

        try:
            wait_for(is_quiet, "every message to be answered", seconds)
        except AssertionError as error:
            error.add_note(str(connection.execute(_OPEN).fetchall()))
            raise
