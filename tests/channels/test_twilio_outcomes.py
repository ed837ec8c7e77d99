"""What to do next after Twilio refused: a text too many or too few both hurt."""

from __future__ import annotations

import pytest

from bot.wire.outcomes import Later, Never, Stopped
from channels.twilio import ERRORS, classify

EXPECTED: dict[int, type] = {
    20003: Later,
    20429: Later,
    21211: Never,
    21408: Never,
    21610: Stopped,
    21612: Never,
    21614: Never,
    21617: Never,
    30001: Later,
    30003: Later,
    30004: Never,
    30005: Never,
    30006: Never,
    30007: Never,
    30008: Later,
    30034: Never,
}


def test_every_code_that_is_known_has_its_expected_outcome_here() -> None:
    assert set(ERRORS) == set(EXPECTED)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("code", EXPECTED)
def test_a_known_code_decides_whatever_the_status(code: int, status: int) -> None:
    assert type(classify(status, code)) is EXPECTED[code]


@pytest.mark.parametrize("code", [None, 20404, 21602, 21606, 99999, 0, -1])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 499])
def test_another_refusal_is_final(status: int, code: int | None) -> None:
    assert classify(status, code) == Never("refused")


@pytest.mark.parametrize("code", [None, 20500, 99999])
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 599])
def test_trouble_on_twilios_side_is_tried_again(status: int, code: int | None) -> None:
    assert classify(status, code) == Later("unavailable")


@pytest.mark.parametrize("status", [301, 302, 307])
def test_an_answer_that_is_no_refusal_is_tried_again(status: int) -> None:
    assert classify(status, None) == Later("unavailable")


def test_only_an_opt_out_stops_a_person() -> None:
    stopped = [code for code, outcome in ERRORS.items() if isinstance(outcome, Stopped)]
    assert stopped == [21610]
