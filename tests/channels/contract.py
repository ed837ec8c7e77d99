"""What every channel promises, whatever its vendor: one function for each promise."""

from __future__ import annotations

from bot.wire.choices import decide_choice
from bot.wire.outcomes import Later, Never, Stopped
from bot.wire.turns import Option, Reply
from tests.channels.doors import Door

REPLY = Reply(
    "What do you need? ¿Qué necesitas?",
    (
        Option("A safe place to sleep", '/choose_need{"need": "housing"}'),
        Option("Comida", '/choose_need{"need": "food"}'),
        Option("Algo más que no está en esta lista, con muchas palabras y acentos", "/more"),
    ),
)


def check_text(door: Door, text: str) -> None:
    """Words arrive as they were written, less what nobody can store."""
    taken = door.take(text, 1)
    assert taken.channel == door.channel
    assert taken.untrusted_text == text.replace("\0", "")


def check_ids(door: Door) -> None:
    """A message brought twice is one message; two messages with the same words are two."""
    assert door.take("hi", 1).provider_id == door.take("hi", 1).provider_id
    assert door.take("hi", 1).provider_id != door.take("hi", 2).provider_id
    assert door.take("hi", 1).untrusted_address == door.take("ho", 2).untrusted_address


def check_secrets(door: Door) -> None:
    """Nobody comes in with another secret, or with none."""
    if door.trusts is not None:
        assert door.trusts(door.secret)
        assert not any(map(door.trusts, (door.secret[:-1], "", "ñ", door.secret + "0")))


def check_options(door: Door) -> None:
    """Each option can be read, and choosing it means what it says."""
    shown = door.show(REPLY)
    for number, option in enumerate(REPLY.options, start=1):
        assert _plain(option.title) in _plain(shown)
        pressed = door.take(door.press(REPLY, number), number).untrusted_text
        assert decide_choice(pressed, REPLY.options) == option.payload


def check_length(door: Door, text: str) -> None:
    """No reply is longer than the vendor takes, and a short one is whole."""
    shown = door.show(Reply(text))
    if door.longest is not None:
        assert door.size(shown) <= door.longest
    if len(text) < 300:
        assert _plain(shown) == _plain(text)


def check_refusals(door: Door) -> None:
    """A vendor that is away, or refuses our account, loses no message; no status is unknown."""
    if door.refuse is None:
        return
    for status in range(300, 600):
        assert isinstance(door.refuse(status), Later | Never | Stopped)
    for status in (401, 404, 429, 500, 502, 503):
        assert isinstance(door.refuse(status), Later)
    assert isinstance(door.refuse(400), Never)


def _plain(text: str) -> str:
    """Texts may lose acute accents and print another apostrophe."""
    return text.translate(str.maketrans("áéíóú", "aeiou"))
