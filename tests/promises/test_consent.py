"""Nothing personal is kept before consent, and consent is never a condition of help."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.content import matches
from tests.house import RunningHouse
from tests.phone import Phone
from tests.promises.steps import lead
from tests.records import Records

pytestmark = pytest.mark.stack

PERSONAL = ["my name is Zebedee", "he hits me", "i live in Quillfeather street", "i need food"]


def test_nothing_that_was_said_is_kept_before_consent(stack: RunningHouse, phone: Phone) -> None:
    for said in PERSONAL:
        phone.text(said)
    kept = Records(stack.settings).opened("sms", phone.number).casefold()
    assert kept  # there is a snapshot, so there is something to look at
    for word in ("zebedee", "hits", "quillfeather", "need_food", '"food"'):
        assert word not in kept
    assert Records(stack.settings).of("consent", "sms", phone.number) == []


def test_each_consent_is_separate_dated_and_ends(stack: RunningHouse, phone: Phone) -> None:
    lead(phone, "remember")
    assert _kinds(stack, phone) == {"go_on"}
    phone.text("keep them")
    assert _kinds(stack, phone) == {"go_on", "keep"}
    for row in Records(stack.settings).of("consent", "sms", phone.number):
        assert row["expires_at"] - row["granted_at"] == timedelta(days=30)
        assert row["revoked_at"] is None


def test_words_are_gone_once_answered(stack: RunningHouse, phone: Phone) -> None:
    lead(phone, "after the services")
    records = Records(stack.settings)
    assert all(row["words"] is None for row in records.of("inbox", "sms", phone.number))
    assert all(row["words"] is None for row in records.of("outbox", "sms", phone.number))


def test_who_consents_to_nothing_is_helped(phone: Phone) -> None:
    lead(phone, "where")
    assert matches(phone.text("97999")[0], "service", "en")


def test_a_short_time_is_kept_without_consent_and_longer_with_it(
    stack: RunningHouse, phone: Phone
) -> None:
    other = Phone(stack.settings)
    for person, answer in ((phone, "no"), (other, "keep")):
        lead(person, "remember")
        person.text(answer)
    brief, long = (_kept_for(stack, person) for person in (phone, other))
    assert brief == timedelta(hours=2)
    assert long == timedelta(hours=72)


def test_consent_is_taken_back_by_text(stack: RunningHouse, phone: Phone) -> None:
    lead(phone, "remember")
    phone.text("keep")
    phone.text("forget me")
    assert _kinds(stack, phone) == set()


def _kinds(stack: RunningHouse, phone: Phone) -> set[str]:
    return {row["kind"] for row in Records(stack.settings).of("consent", "sms", phone.number)}


def _kept_for(stack: RunningHouse, phone: Phone) -> timedelta:
    """Rounded to minutes, as the time passes while the test runs."""
    (row,) = Records(stack.settings).query(
        "SELECT erase_at - (SELECT max(received_at) FROM inbox i WHERE i.person_id = c.person_id)"
        " AS kept FROM conversation c WHERE person_id = %s",
        (Records(stack.settings).person("sms", phone.number) or {})["id"],
    )
    return timedelta(minutes=round(row["kept"] / timedelta(minutes=1)))
