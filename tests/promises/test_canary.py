"""A number, a name and a message are nowhere in clear: not in a single file of the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.embedded import Cluster
from tests.house import RunningHouse
from tests.phone import Phone, message_form, post_signed, wait_until_quiet
from tests.promises.searching import find_files, find_needle, spell
from tests.visitor import Visitor

pytestmark = pytest.mark.stack

NAME, WORD, LAST = "Zebedee Quillfeather", "xylographer7731", "8675501"
NUMBER = f"+1987{LAST[1:]}99"
SAID = [
    f"hi i am {NAME} {WORD}",
    "yes",
    f"who sees {WORD}?",
    "ok",
    "keep",
    f"food {WORD}",
    f"near {NAME} {WORD}",
    "97999",
    f"{WORD} he will kill me",
    f"human {WORD}",
    f"asdf {NAME}",
]


def test_canary_is_found_in_no_file(stack: RunningHouse, cluster: Cluster) -> None:
    _send_down_every_path(stack)
    searched = 0
    for path in find_files(stack.home, cluster):
        searched += 1
        found = find_needle(path, _needles())
        assert not found, f"{found} in {path.name}"
    assert searched > 500


def test_search_would_find_it(tmp_path: Path) -> None:
    """The search itself can fail: each spelling is found when it is there."""
    for number, needle in enumerate(_needles()):
        path = tmp_path / str(number)
        path.write_bytes(b"\0" * 4096 + needle + b"\0" * 4096)
        assert find_needle(path, _needles())


def _send_down_every_path(stack: RunningHouse) -> None:
    phone = Phone(stack.settings, NUMBER)
    for said in SAID:
        phone.text(said)
    visitor = Visitor(stack.settings)
    for said in SAID:
        visitor.say(said)
    visitor.post({"id": WORD, "text": NAME})
    form = message_form(NUMBER, f"{NAME} {WORD}", ProfileName=NAME)
    post_signed(stack.settings, f"/twilio/inbound?{WORD}", {**form, "From": WORD * 9})
    visitor.http.post("/twilio/inbound", data=form, headers={"X-Twilio-Signature": WORD})
    visitor.http.get(f"/{WORD}?{NAME}", headers={"User-Agent": WORD})
    phone.text(f"stop texting me {WORD}")
    wait_until_quiet(stack.settings)


def _needles() -> list[bytes]:
    spellings = [NAME, NAME.casefold(), WORD, NUMBER, NUMBER.removeprefix("+1"), NAME.split()[1]]
    return spell(*spellings)
