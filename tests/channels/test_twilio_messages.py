"""A webhook's fields, read with care: anyone may have written what a person typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.inbound import Inbound
from channels import twilio
from channels.errors import NotAMessage
from tests.channels import recorded
from tests.channels.recorded import PERSON, SID, without

ID_FIELDS = ("MessageSid", "SmsMessageSid", "SmsSid")


def test_a_text_is_read_whole() -> None:
    assert twilio.parse(recorded.sms()) == Inbound(
        channel="sms",
        provider_id=SID,
        untrusted_address=PERSON,
        untrusted_text="Is anyone there?",
        media_count=0,
        opt_out_type=None,
        place_in_chat=SID,
    )


def test_fields_that_are_not_known_do_not_matter() -> None:
    more = recorded.sms(Somewhere="else", channel="web", provider_id="SM0", From2="+15035550199")
    assert twilio.parse(more) == twilio.parse(recorded.sms())


def test_a_sender_an_id_and_words_are_all_that_is_needed() -> None:
    form = {"MessageSid": SID, "From": PERSON, "Body": "hi"}
    assert twilio.parse(form) == Inbound("sms", SID, PERSON, "hi", place_in_chat=SID)


@pytest.mark.parametrize("kept", ID_FIELDS)
def test_any_one_of_the_three_names_of_the_id_will_do(kept: str) -> None:
    form = without(recorded.sms(), *(name for name in ID_FIELDS if name != kept))
    assert twilio.parse(form).provider_id == SID


def test_the_newest_name_of_the_id_counts_most() -> None:
    form = recorded.sms(MessageSid="SM1", SmsMessageSid="SM2", SmsSid="SM3")
    assert twilio.parse(form).provider_id == "SM1"
    assert twilio.parse({**form, "MessageSid": ""}).provider_id == "SM2"
    assert twilio.parse({**form, "MessageSid": " ", "SmsMessageSid": ""}).provider_id == "SM3"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"Body": "hi"},
        without(recorded.sms(), "From"),
        without(recorded.sms(), *ID_FIELDS),
        recorded.sms(From=""),
        recorded.sms(From=" "),
        recorded.sms(From="+1503555\x000142"),
        recorded.sms(From="+1503555\n0142"),
        recorded.sms(From="5" * 65),
        recorded.sms(**dict.fromkeys(ID_FIELDS, "")),
        recorded.sms(**dict.fromkeys(ID_FIELDS, "SM\x00")),
        recorded.sms(**dict.fromkeys(ID_FIELDS, "S" * 65)),
    ],
)
def test_without_a_sender_or_an_id_it_is_no_message(form: dict[str, str]) -> None:
    with pytest.raises(NotAMessage):
        twilio.parse(form)


def test_pictures_without_a_word_are_counted() -> None:
    message = twilio.parse(recorded.pictures(10))
    assert (message.untrusted_text, message.media_count) == ("", 10)
    assert twilio.parse(without(recorded.pictures(10), "Body")) == message


@pytest.mark.parametrize(
    ("number", "count"),
    [
        ("", 0),
        ("0", 0),
        ("3", 3),
        ("10", 10),
        ("11", 10),
        ("9" * 5000, 10),  # more digits than Python is willing to read
        ("-1", 0),
        ("1.5", 0),
        ("1e3", 0),
        ("0x10", 0),
        ("²", 0),
        ("two", 0),
        ("٣", 3),
    ],
)
def test_a_number_of_pictures_is_never_absurd(number: str, count: int) -> None:
    assert twilio.parse(recorded.sms(NumMedia=number)).media_count == count


@pytest.mark.parametrize("word", ["STOP", "START", "HELP"])
def test_what_twilio_did_about_a_carrier_word_is_passed_on(word: str) -> None:
    assert twilio.parse(recorded.sms(OptOutType=word)).opt_out_type == word


@pytest.mark.parametrize("word", ["", "stop", "STOPALL", "STOP ", "\0"])
def test_no_other_word_is_taken_for_twilios_doing(word: str) -> None:
    assert twilio.parse(recorded.sms(OptOutType=word)).opt_out_type is None


def test_zero_bytes_are_left_out_since_no_database_keeps_them() -> None:
    assert twilio.parse(recorded.sms(Body="\0he\0lp\0")).untrusted_text == "help"


def test_whatever_is_typed_comes_through_unchanged(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        assert twilio.parse(recorded.sms(Body=text)).untrusted_text == text.replace("\0", "")


def test_any_string_may_stand_in_any_field(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        form = recorded.sms(NumMedia=text, OptOutType=text, ToCity=text, **{text: text})
        message = twilio.parse({**form, "From": PERSON})
        assert (message.provider_id, message.untrusted_address) == (SID, PERSON)
        assert 0 <= message.media_count <= 10


#: Names of fields that mean something, so that invented forms hit them often.
FIELDS = st.sampled_from(
    [
        *ID_FIELDS,
        *("From", "To", "Body", "NumMedia", "OptOutType", "ButtonText", "ListTitle", "Latitude"),
        *("MessageStatus", "ErrorCode", "AccountSid"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=80),
    st.sampled_from(["", PERSON, f"whatsapp:{PERSON}", "whatsapp:", SID, "STOP", "9" * 70]),
)
FORMS = st.dictionaries(st.one_of(FIELDS, st.text(max_size=20)), VALUES, max_size=12)


@given(FORMS)
def test_whatever_comes_is_a_message_or_it_is_not(form: dict[str, str]) -> None:
    try:
        message = twilio.parse(form)
    except NotAMessage:
        return
    assert message.channel in {"sms", "whatsapp"}
    assert message.provider_id == message.place_in_chat
    for name in (message.provider_id, message.untrusted_address):
        assert 0 < len(name) <= 64
        assert name.isprintable()
    assert "\0" not in message.untrusted_text
    assert 0 <= message.media_count <= 10
    assert message.opt_out_type in {None, "STOP", "START", "HELP"}


@given(FORMS)
def test_whatever_comes_as_news_is_news_or_it_is_not(form: dict[str, str]) -> None:
    news = twilio.parse_status(form)
    if news is not None:
        assert news.state in {"sent", "delivered", "failed"}
        assert (news.outcome is None) == (news.reason is None)
        assert news.outcome is None or news.state == "failed"
