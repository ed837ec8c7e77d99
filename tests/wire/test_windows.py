"""Long messages in pieces."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.wire.windows import WHOLE, split_windows

STORY = "We moved here in spring and I found work. " * 8


def test_a_short_message_is_read_whole() -> None:
    assert split_windows("he took my keys. i am at my sister's") == []


def test_sentences_become_pieces() -> None:
    pieces = split_windows(f"{STORY}I want it to end. {STORY}")
    assert "I want it to end." in pieces


def test_a_run_on_message_is_cut_with_an_overlap() -> None:
    words = [f"w{number}" for number in range(100)]
    pieces = split_windows(" ".join(words))
    assert {word for piece in pieces for word in piece.split()} == set(words)
    assert all(set(a.split()) & set(b.split()) for a, b in itertools.pairwise(pieces))


@given(st.text(max_size=3000))
def test_no_text_makes_it_raise_or_grow(text: str) -> None:
    pieces = split_windows(text)
    assert len(pieces) <= 24
    assert all(piece.strip() for piece in pieces)
    assert pieces == [] or len(text.split()) > WHOLE
