"""What to do next after Twilio refused: a text too many or too few both hurt."""

from __future__ import annotations

import pytest

from bot.wire.outcomes import Later, Never, Stopped
from channels.twilio import classify
from channels.twilio_errors import ERRORS

#: Whatever an operator can put right, or time: nothing may be lost meanwhile.
WAIT = (
    *(10001, 14107, 20003, 20005, 20006, 20008, 20009, 20404, 20429, 20500, 20503),
    *(21212, 21603, 21606, 21607, 21608, 21609, 21611, 21655, 21656),
    *(21701, 21703, 21704, 21705, 21730, 21910),
    *(30001, 30002, 30003, 30008, 30017, 30021, 30022, 30023, 30027, 30029, 30030, 30410, 30500),
    *(63001, 63002, 63007, 63008, 63009, 63010, 63012, 63018, 63020, 63022, 63023, 63025),
    *(63038, 63051),
)
#: Somebody waits for an answer that cannot come: people must know.
TELL = (
    *(21211, 21265, 21408, 21604, 21612, 21614, 21635),
    *(30005, 30006, 30007, 30010, 30018, 30019, 30024, 30032, 30033, 30034, 30035, 30040),
    *(30450, 30453),
    *(63003, 63005, 63006, 63013, 63015, 63016, 63021, 63024, 63027, 63028, 63029, 63030),
    *(63032, 63040, 63041, 63042, 63049),
)
#: Our own slip, or the person's own wish not to be reached.
GIVE_UP = (21602, 21617, 21619, 30004, 30036, 30039, 63014, 63033)


def test_every_code_that_is_known_has_its_expected_outcome_here() -> None:
    assert sorted(ERRORS) == sorted([*WAIT, *TELL, *GIVE_UP, 21610])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("code", WAIT)
def test_what_can_be_put_right_waits_whatever_the_status(code: int, status: int) -> None:
    assert isinstance(classify(status, code), Later)


@pytest.mark.parametrize("code", TELL)
def test_where_somebody_waits_in_vain_people_are_told(code: int) -> None:
    outcome = classify(400, code)
    assert isinstance(outcome, Never)
    assert outcome.tell


@pytest.mark.parametrize("code", GIVE_UP)
def test_nobody_is_told_of_what_nobody_waits_for(code: int) -> None:
    outcome = classify(400, code)
    assert isinstance(outcome, Never)
    assert not outcome.tell


def test_only_an_opt_out_stops_a_person() -> None:
    stopped = [code for code, outcome in ERRORS.items() if isinstance(outcome, Stopped)]
    assert stopped == [21610]
    assert classify(400, 21610) == Stopped("opted out")


def test_reasons_are_fixed_words_that_may_stand_in_a_log() -> None:
    for outcome in ERRORS.values():
        assert isinstance(outcome, Later | Never | Stopped)
        assert outcome.reason.replace(" ", "").isalpha()


@pytest.mark.parametrize("code", [None, 20001, 99999, 0, -1])
@pytest.mark.parametrize("status", [400, 409, 410, 422, 499])
def test_another_refusal_is_final_and_told(status: int, code: int | None) -> None:
    assert classify(status, code) == Never("refused", tell=True)


@pytest.mark.parametrize("code", [None, 20001, 99999])
@pytest.mark.parametrize("status", [401, 403, 404])
def test_an_account_that_is_set_up_wrong_waits_for_an_operator(
    status: int, code: int | None
) -> None:
    assert classify(status, code) == Later("account refused")


@pytest.mark.parametrize("code", [None, 99999])
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 599])
def test_trouble_on_twilios_side_is_tried_again(status: int, code: int | None) -> None:
    assert classify(status, code) == Later("unavailable", unsure=True)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_an_answer_that_is_no_refusal_is_tried_again(status: int) -> None:
    assert classify(status, None) == Later("unavailable", unsure=True)
