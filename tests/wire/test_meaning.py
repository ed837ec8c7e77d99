"""What is made of a ranking of intents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.meaning import (
    EITHER,
    UNSURE,
    Meaning,
    Thresholds,
    decide_meaning,
    find_likeliest,
    find_window_danger,
)

USUAL = Thresholds(unsure_below=0.3, likely_from=0.2, apart_by=0.15, danger_from=0.5)


def _rank(**shares: float) -> list[Meaning]:
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    return [Meaning(name, share) for name, share in ranked]


@pytest.mark.parametrize(
    ("ranking", "intent"),
    [
        (_rank(need_food=0.9, thanks=0.05), "need_food"),
        (_rank(need_food=0.31, thanks=0.05), "need_food"),
        (_rank(need_food=0.29, thanks=0.05), UNSURE),
        (_rank(need_food=0.4, need_money=0.35), EITHER),
        (_rank(need_food=0.4, need_money=0.24), "need_food"),
        (_rank(need_food=0.25, need_money=0.2), EITHER),
        (_rank(need_food=0.19, need_money=0.18), UNSURE),
        (_rank(danger_violence=0.6, need_food=0.3), "danger_violence"),
        (_rank(danger_violence=0.3, danger_child=0.25, need_food=0.4), "danger_violence"),
        (_rank(danger_violence=0.45, need_food=0.44), "need_food"),
        (_rank(danger_violence=0.45, need_food=0.1), UNSURE),
        (_rank(danger_violence=0.3, need_food=0.3, need_money=0.3), EITHER),
        (_rank(thanks=1.0), "thanks"),
        ([], UNSURE),
    ],
)
def test_meaning(ranking: list[Meaning], intent: str) -> None:
    assert decide_meaning(ranking, USUAL) == intent


def test_danger_is_never_offered_as_a_choice() -> None:
    ranking = _rank(danger_child=0.4, need_children=0.3, tell_vague=0.2)
    assert [one.intent for one in find_likeliest(ranking)] == ["need_children", "tell_vague"]


SHARE = st.floats(0, 1)
RANKING = st.dictionaries(
    st.sampled_from(["danger_child", "danger_medical", "need_food", "thanks", "tell_vague"]), SHARE
).map(lambda shares: _rank(**shares))


@given(RANKING, SHARE, SHARE)
def test_a_lower_threshold_never_overlooks_danger(
    ranking: list[Meaning], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    if decide_meaning(ranking, Thresholds(danger_from=high)).startswith("danger_"):
        assert decide_meaning(ranking, Thresholds(danger_from=low)).startswith("danger_")


def test_a_piece_of_a_long_message_must_be_surer_than_a_whole_one() -> None:
    calm, unsure = _rank(thanks=0.9), _rank(danger_child=0.6, thanks=0.1)
    sure = _rank(danger_child=0.5, danger_violence=0.3)
    assert find_window_danger([calm, unsure], USUAL) is None
    assert find_window_danger([calm, unsure, sure], USUAL) == "danger_child"
    assert find_window_danger([], USUAL) is None


def test_thresholds_travel_as_json() -> None:
    assert Thresholds.from_json(USUAL.to_json()) == USUAL
    with pytest.raises(TypeError):
        Thresholds.from_json({"unsure": 0.5})
