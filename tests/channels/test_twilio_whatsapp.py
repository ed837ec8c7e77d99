"""WhatsApp through Twilio: the same webhook, other addresses, and buttons."""

from __future__ import annotations

import pytest

from bot.wire.choices import decide_choice
from bot.wire.inbound import Inbound
from bot.wire.turns import Option, Reply
from channels import twilio
from channels.errors import NotAMessage
from tests.channels import recorded
from tests.channels.recorded import PERSON, SID

OPTIONS = (Option("A bed tonight", "/bed"), Option("Más", "/more"))


def test_a_message_is_known_by_its_address_and_named_without_it() -> None:
    assert twilio.parse(recorded.whatsapp()) == Inbound(
        channel="whatsapp",
        provider_id=SID,
        untrusted_address=PERSON,
        untrusted_text="Is anyone there?",
        place_in_chat=SID,
    )


@pytest.mark.parametrize("sender", ["whatsapp:", "whatsapp: ", "whatsapp:\n"])
def test_without_an_address_it_is_no_message(sender: str) -> None:
    with pytest.raises(NotAMessage):
        twilio.parse(recorded.whatsapp(From=sender))


@pytest.mark.parametrize(
    "fields",
    [
        {"ButtonText": "Más", "ButtonPayload": "row-2"},
        {"ListTitle": "Más", "ListId": "row-2"},
        {"ButtonText": "Más", "ButtonPayload": "row-2", "Body": "something else"},
        {"Body": "Más"},
    ],
)
def test_what_was_chosen_is_what_was_said(fields: dict[str, str]) -> None:
    message = twilio.parse(recorded.whatsapp(**{"Body": "", "MessageType": "button", **fields}))
    assert decide_choice(message.untrusted_text, OPTIONS) == "/more"


def test_a_text_has_no_buttons_whatever_its_fields_say() -> None:
    form = recorded.sms(ButtonText="canary", ListTitle="canary", Latitude="1", Longitude="1")
    message = twilio.parse(form)
    assert message.untrusted_text == "Is anyone there?"
    assert message.media_count == 0


def test_a_place_is_noticed_and_not_kept() -> None:
    place = {
        "Latitude": "44.5646",
        "Longitude": "-123.2620",
        "Label": "canary",
        "Address": "canary",
    }
    message = twilio.parse(recorded.whatsapp(Body="", MessageType="location", **place))
    assert message.media_count == 1
    for trace in ("44.5646", "123.2620", "canary"):
        assert trace not in repr(message)


def test_a_contact_is_noticed_and_not_kept() -> None:
    contact = {"MediaContentType0": "text/vcard", "MediaUrl0": "https://media.example/canary"}
    message = twilio.parse(recorded.whatsapp(Body="", NumMedia="1", **contact))
    assert message.media_count == 1
    assert "canary" not in repr(message)


def test_the_name_on_the_profile_is_not_kept() -> None:
    assert "canary" not in repr(twilio.parse(recorded.whatsapp(ProfileName="canary")))


def test_options_are_numbered_and_every_accent_stays() -> None:
    text = twilio.render_whatsapp(Reply("¿Qué necesitas? Está bien…", OPTIONS))
    assert text == "¿Qué necesitas? Está bien…\n1 A bed tonight\n2 Más"


@pytest.mark.parametrize("letter", ["a", "á", "😀"])
def test_no_message_is_longer_than_twilio_takes(letter: str) -> None:
    assert len(twilio.render_whatsapp(Reply(letter * 1601, OPTIONS))) == 1600


@pytest.mark.parametrize("word", ["STOP", "START", "HELP"])
def test_what_twilio_did_about_a_word_is_passed_on(word: str) -> None:
    assert twilio.parse(recorded.whatsapp(OptOutType=word)).opt_out_type == word


def test_any_string_may_stand_in_any_field(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        form = recorded.whatsapp(Body="", ButtonText=text, Latitude=text, NumMedia=text)
        message = twilio.parse(form)
        assert (message.provider_id, message.untrusted_address) == (SID, PERSON)
        expected = text.replace("\0", "") if text.strip() else ""
        assert message.untrusted_text == expected
