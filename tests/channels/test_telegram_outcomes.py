"""What to do next after Telegram refused; and whose updates are taken."""

from __future__ import annotations

import pytest

from bot.wire.outcomes import Later, Never, Outcome, Stopped
from channels.telegram import classify, verify
from channels.telegram_refusals import REFUSALS

EXPECTED: dict[str, Outcome] = {
    "Forbidden: bot was blocked by the user": Stopped("blocked"),
    "Forbidden: user is deactivated": Stopped("account gone"),
    "Forbidden: bot can't initiate conversation with a user": Never("never started"),
    "Forbidden: bot can't send messages to bots": Never("not a person"),
    "Bad Request: chat not found": Never("no such chat"),
    "Bad Request: PEER_ID_INVALID": Never("no such chat"),
    "Group migrated to supergroup. New chat id: -100": Never("not a private chat"),
    "Bad Request: message is too long": Never("too long", tell=True),
    "Bad Request: message text is empty": Never("no words", tell=True),
    "Bad Request: BUTTON_DATA_INVALID": Never("button refused", tell=True),
    "Bad Request: bad webhook: An HTTPS URL must be provided": Never("address refused"),
}


def test_every_refusal_that_is_known_is_expected_here() -> None:
    seen = {words for words in REFUSALS for told in EXPECTED if words in told.casefold()}
    assert seen == set(REFUSALS)


@pytest.mark.parametrize("told", EXPECTED)
def test_a_known_refusal_decides(told: str) -> None:
    for status in (400, 403):
        assert classify(status, {"ok": False, "description": told}) == EXPECTED[told]


@pytest.mark.parametrize("told", EXPECTED)
def test_words_in_an_answer_that_is_no_refusal_decide_nothing(told: str) -> None:
    assert isinstance(classify(500, {"description": told}), Later)
    assert isinstance(classify(401, {"description": told}), Later)


@pytest.mark.parametrize("answer", [{}, {"description": "x"}, {"description": None}])
def test_another_refusal_is_final_and_people_are_told(answer: dict[str, object]) -> None:
    assert classify(400, answer) == Never("refused", tell=True)
    assert classify(403, answer) == Never("forbidden", tell=True)


@pytest.mark.parametrize("status", [401, 404])
def test_refused_credentials_lose_nothing(status: int) -> None:
    assert classify(status, {}) == Later("credentials refused")


@pytest.mark.parametrize("status", [200, 302, 408, 500, 502, 503, 504, 599])
def test_trouble_on_telegrams_side_is_tried_again(status: int) -> None:
    assert classify(status, {}) == Later("unavailable", unsure=True)


def test_another_receiver_is_waited_for() -> None:
    assert classify(409, {}) == Later("another receiver")


@pytest.mark.parametrize(("asked", "seconds"), [(1, 1.0), (37, 37.0), (10**9, 86_400.0)])
def test_the_wait_that_telegram_asks_for_is_passed_on(asked: int, seconds: float) -> None:
    answer = {"parameters": {"retry_after": asked}}
    assert classify(429, answer) == Later("too many requests", seconds)


@pytest.mark.parametrize("asked", [None, 0, -1, "5", True, [], {}])
def test_a_wait_that_is_none_is_left_to_us(asked: object) -> None:
    for answer in ({}, {"parameters": asked}, {"parameters": {"retry_after": asked}}):
        assert classify(429, answer) == Later("too many requests", None)


def test_only_who_left_is_stopped() -> None:
    stopped = {told for told, outcome in REFUSALS.items() if isinstance(outcome, Stopped)}
    assert stopped == {"bot was blocked by the user", "user is deactivated"}


@pytest.mark.parametrize("untrusted", ["", "x", "secret ", "Secret", "secre", "sécret", "é"])
def test_a_wrong_secret_is_wrong(untrusted: str) -> None:
    assert not verify(untrusted, "secret")


def test_the_right_secret_is_right_and_no_secret_opens_nothing() -> None:
    assert verify("secret", "secret")
    assert not verify("", "")
