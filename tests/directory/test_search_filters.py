"""Strict filters leave out what does not fit."""

from __future__ import annotations

import pytest

from bot.directory.places import Place
from bot.directory.search import Query
from tests.directory.conftest import Directory
from tests.directory.listings import HOME, MORNINGS, NOW, make_listing, make_national


def _found(directory: Directory, query: Query) -> list[str]:
    return [match.service_id for match in directory.search(query, NOW)]


def test_only_the_need_is_answered(directory: Directory) -> None:
    directory.save([make_listing("food"), make_listing("both", miles=1, needs=["food", "legal"])])
    assert _found(directory, Query("legal", HOME)) == ["both"]
    assert _found(directory, Query("food", HOME)) == ["food", "both"]


@pytest.mark.parametrize("need", ["unicorns", "", "food@us", "'; DROP TABLE service; --", "{}"])
@pytest.mark.parametrize("place", [HOME, None])
def test_need_that_does_not_exist_finds_nothing(
    directory: Directory, need: str, place: Place | None
) -> None:
    directory.save([make_listing("a"), make_national("b")])
    assert _found(directory, Query(need, place)) == []


def test_open_now_leaves_out_closed_and_unknown(directory: Directory) -> None:
    directory.save(
        [
            make_listing("closed", schedules=[MORNINGS]),
            make_listing("unknown", schedules=[]),
            make_listing("open", miles=9),
        ]
    )
    assert _found(directory, Query("food", HOME, open_now=True)) == ["open"]


def test_open_now_looks_farther_when_all_is_closed(directory: Directory) -> None:
    directory.save([make_listing("closed", schedules=[MORNINGS]), make_listing("far", miles=100)])
    assert _found(directory, Query("food", HOME, open_now=True)) == ["far"]


def test_free_only_leaves_out_what_costs(directory: Directory) -> None:
    directory.save([make_listing("costs"), make_listing("free", miles=9, free=True)])
    assert _found(directory, Query("food", HOME, free_only=True)) == ["free"]
    assert _found(directory, Query("food", free_only=True)) == ["free"]


@pytest.mark.parametrize(
    ("whom", "found"),
    [
        ("men", ["men", "everyone"]),
        ("Women", ["women", "everyone"]),
        ("children", ["women"]),
        ("child", []),
        ("wom", []),
        ("(", []),
        ("hombres", []),
    ],
)
def test_whom_is_a_word_of_the_eligibility(
    directory: Directory, whom: str, found: list[str]
) -> None:
    directory.save(
        [
            make_listing("men", eligibility="Men who were hurt"),
            make_listing("women", miles=1, eligibility="Women and children"),
            make_listing("everyone", miles=2, eligibility="Men, women (and others)"),
            make_listing("unsaid", miles=3),
        ]
    )
    assert _found(directory, Query("food", HOME, whom=whom, limit=9)) == found
