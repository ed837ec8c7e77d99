"""The small alphabet is exactly the one of the standard, 3GPP TS 23.038, section 6.2.1."""

from __future__ import annotations

import sys

from bot.wire.segments import count_segments, is_gsm7

#: By code, sixteen to a row. The escape at 1B is not a letter.
ROWS = (
    "@£$¥èéùìòÇ\nØø\rÅå",
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ",
    " !\"#¤%&'()*+,-./",
    "0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmno",
    "pqrstuvwxyzäöñüà",
)
#: After an escape, so each takes two.
EXTENSION = "\f^{}\\[~]|€"


def test_the_alphabet_holds_the_letters_of_the_standard_and_no_other() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    assert {letter for letter in everything if is_gsm7(letter)} == {*"".join(ROWS), *EXTENSION}


def test_letters_take_one_place_and_those_of_the_extension_two() -> None:
    letters = "".join(ROWS)
    assert len(letters) == 127
    assert [count_segments(letter).units for letter in letters] == [1] * 127
    assert [count_segments(letter).units for letter in EXTENSION] == [2] * 10


def test_spanish_is_in_the_alphabet_but_for_four_accents() -> None:
    assert is_gsm7("¿¡ñÑüÜéÉ")
    assert not any(is_gsm7(letter) for letter in "áíóúÁÍÓÚ")
