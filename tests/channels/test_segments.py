"""What a text costs: the standard's numbers, exact at their edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.segments import Segments, count_segments

GSM7_SINGLE, GSM7_PART = 160, 153
UCS2_SINGLE, UCS2_PART = 70, 67


@pytest.mark.parametrize(
    ("text", "units", "count"),
    [
        ("", 0, 1),
        ("a", 1, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 153 * 2, 306, 2),
        ("a" * 153 * 2 + "a", 307, 3),
        ("ñ" * 160, 160, 1),
        ("\r\n" * 80, 160, 1),
        ("€" * 80, 160, 1),
        ("€" * 80 + "a", 161, 2),
        ("€" * 81, 162, 2),
        ("a" * 158 + "[", 160, 1),
        ("a" * 159 + "[", 161, 2),
    ],
)
def test_texts_in_the_small_alphabet(text: str, units: int, count: int) -> None:
    assert count_segments(text) == Segments("GSM-7", units, count)


@pytest.mark.parametrize(
    ("text", "units", "count"),
    [
        ("á", 1, 1),
        ("á" + "a" * 69, 70, 1),
        ("á" + "a" * 70, 71, 2),
        ("á" * 134, 134, 2),
        ("á" * 135, 135, 3),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
        ("á[€", 3, 1),  # what counts two in the small alphabet counts one here
        ("’" + "a" * 159, 160, 3),
        ("你" * 70, 70, 1),
    ],
)
def test_one_letter_outside_the_alphabet_makes_the_text_expensive(
    text: str, units: int, count: int
) -> None:
    assert count_segments(text) == Segments("UCS-2", units, count)


@pytest.mark.parametrize("letter", list("\f^{}\\[~]|€"))
def test_no_extension_letter_lies_on_the_border_of_two_parts(letter: str) -> None:
    fits = "a" * 151 + letter + "a" * 153
    straddles = "a" * 152 + letter + "a" * 152
    assert count_segments(fits) == Segments("GSM-7", 306, 2)
    assert count_segments(straddles) == Segments("GSM-7", 306, 3)


def test_no_emoji_lies_on_the_border_of_two_parts() -> None:
    fits = "á" * 65 + "😀" + "á" * 67
    straddles = "á" * 66 + "😀" + "á" * 66
    assert count_segments(fits) == Segments("UCS-2", 134, 2)
    assert count_segments(straddles) == Segments("UCS-2", 134, 3)


def test_emoji_fill_parts_of_an_odd_size_by_pairs() -> None:
    assert count_segments("😀" * 66).count == 2
    assert count_segments("😀" * 67).count == 3


@pytest.mark.parametrize(
    ("text", "plain", "toll_free"),
    [
        ("a" * 160, 1, 1),
        ("a" * 161, 2, 2),
        ("a" * 304, 2, 2),
        ("a" * 305, 2, 3),
        ("a" * 306, 2, 3),
        ("a" * 307, 3, 3),
        ("á" * 70, 1, 1),
        ("á" * 132, 2, 2),
        ("á" * 133, 2, 3),
        ("á" * 134, 2, 3),
        ("á" * 135, 3, 3),
    ],
)
def test_parts_of_a_toll_free_number_hold_one_less(text: str, plain: int, toll_free: int) -> None:
    assert count_segments(text).count == plain
    assert count_segments(text, toll_free=True).count == toll_free


def test_half_a_character_is_counted_rather_than_refused() -> None:
    assert count_segments("\ud83d") == Segments("UCS-2", 1, 1)


#: Letters of every width, in runs that are long enough to fill parts.
TEXTS = st.lists(st.tuples(st.sampled_from("aé\n€[á’😀你"), st.integers(1, 170)), max_size=5).map(
    lambda runs: "".join(letter * times for letter, times in runs)
)


@given(TEXTS, TEXTS)
def test_more_words_never_take_fewer_segments(text: str, more: str) -> None:
    assert count_segments(text).count <= count_segments(text + more).count


@given(TEXTS)
def test_the_segments_hold_the_text_and_waste_one_unit_each_at_most(text: str) -> None:
    found = count_segments(text)
    gsm7 = found.encoding == "GSM-7"
    single = GSM7_SINGLE if gsm7 else UCS2_SINGLE
    part = GSM7_PART if gsm7 else UCS2_PART
    assert (found.count == 1) == (found.units <= single)
    if found.count > 1:
        assert found.count * part >= found.units
        assert (found.count - 1) * (part - 1) < found.units


@given(st.text())
def test_any_text_has_at_least_one_segment(text: str) -> None:
    assert count_segments(text).count >= 1
