"""Plain letters take a short cut, which leads where the long way does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.care.reading import fold

ASCII = st.characters(max_codepoint=127)


@given(st.text(ASCII), st.text(ASCII))
def test_plain_letters_are_folded_the_same_beside_others(before: str, after: str) -> None:
    wide = "\uff45"  # is no plain letter, so that the whole text goes the long way
    assert fold(f"{before}{wide}{after}") == f"{fold(before)}e{fold(after)}"
