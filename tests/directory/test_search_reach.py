"""How far a search goes: the neighbourhood, then farther away, then the whole nation."""

from __future__ import annotations

from itertools import count

from bot.directory.places import Place
from bot.directory.search import MOST_CANDIDATES, Query
from tests.directory.conftest import Directory
from tests.directory.listings import HOME, NOW, make_listing, make_national

ELSEWHERE = Place("Miami", "FL", 25.77, -80.19)


def _found(directory: Directory, query: Query) -> list[str]:
    return [match.service_id for match in directory.search(query, NOW)]


def _page_through(directory: Directory, query: Query) -> list[str]:
    """What MORE shows until there is nothing more."""
    seen: list[str] = []
    for offset in count(step=query.limit):
        page = _found(directory, Query(query.need, query.place, limit=query.limit, offset=offset))
        if not page:
            return seen
        seen += page
    return seen


def test_far_services_are_shown_when_nothing_is_near(directory: Directory) -> None:
    directory.save([make_listing("far", miles=100), make_national("nation")])
    assert _found(directory, Query("food", HOME)) == ["far", "nation"]


def test_far_services_are_not_shown_while_enough_is_near(directory: Directory) -> None:
    near = [make_listing(f"near-{n}", miles=n) for n in range(3)]
    directory.save([*near, make_listing("far", miles=100), make_national("nation")])
    assert _found(directory, Query("food", HOME)) == ["near-0", "near-1", "near-2"]


def test_what_is_across_the_country_is_never_shown(directory: Directory) -> None:
    directory.save([make_listing("here"), make_national("nation")])
    assert _found(directory, Query("food", ELSEWHERE)) == ["nation"]


def test_service_in_the_next_square_is_near(directory: Directory) -> None:
    at_the_edge = Place("Edge", "OR", 44.999, -122.501)
    beyond = make_listing("beyond", miles=None, latitude=45.001, longitude=-122.499)
    others = [make_listing(f"{n}", miles=n) for n in range(3)]
    directory.save([beyond, *others])
    match = directory.search(Query("food", at_the_edge), NOW)[0]
    assert match.service_id == "beyond"
    assert match.miles is not None and match.miles < 1


def test_paging_shows_everything_once_from_near_to_far(directory: Directory) -> None:
    near = [make_listing(f"near-{n:02}", miles=n) for n in range(4)]
    tired = [make_listing(f"tired-{n}", miles=n + 2, verified=None) for n in range(3)]
    far = [make_listing(f"far-{n:02}", miles=61 + n) for n in range(5)]
    nation = [make_national(f"nation-{n}") for n in range(2)]
    directory.save([*nation, *far, *tired, *near])
    wanted = [listing["id"] for listing in [*near, *tired, *far, *nation]]
    for limit in (1, 3, 4, 20):
        assert _page_through(directory, Query("food", HOME, limit=limit)) == wanted


def test_paging_for_a_talk_has_no_repeats_and_no_gaps(directory: Directory) -> None:
    talk = {"needs": ["talk"]}
    directory.save(
        [
            *(make_listing(f"near-{n}", miles=20 * n, **talk) for n in range(3)),
            *(make_listing(f"far-{n}", miles=80 + n, **talk) for n in range(3)),
            *(make_national(f"nation-{n}", **talk) for n in range(3)),
        ]
    )
    whole = _page_through(directory, Query("talk", HOME, limit=20))
    assert len(set(whole)) == len(whole) == 9
    for limit in (1, 2, 3, 4):
        assert _page_through(directory, Query("talk", HOME, limit=limit)) == whole


def test_past_the_end_is_empty(directory: Directory) -> None:
    directory.save([make_listing("a")])
    assert _found(directory, Query("food", HOME, offset=3)) == []


def test_small_directory_needs_no_place(directory: Directory) -> None:
    local = [make_listing(f"local-{n}", miles=30 * n) for n in range(3)]
    directory.save([make_national("nation"), *local, make_listing("nowhere", miles=None)])
    wanted = ["local-0", "local-1", "local-2", "nowhere", "nation"]
    assert _page_through(directory, Query("food", limit=2)) == wanted


def test_large_directory_shows_the_nation_to_who_names_no_place(directory: Directory) -> None:
    local = [make_listing(f"local-{n:03}", miles=n / 10) for n in range(MOST_CANDIDATES)]
    directory.save([*local, make_national("nation-1"), make_national("nation-2", free=True)])
    assert _found(directory, Query("food")) == ["nation-1", "nation-2"]
    assert _found(directory, Query("food", HOME)) == ["local-000", "local-001", "local-002"]


def test_large_directory_without_national_lines_shows_something(directory: Directory) -> None:
    local = [make_listing(f"local-{n:03}", miles=n / 10) for n in range(MOST_CANDIDATES + 9)]
    directory.save(local)
    whole = _page_through(directory, Query("food", limit=150))
    assert len(set(whole)) == len(whole) == MOST_CANDIDATES


def test_nearest_are_found_in_a_crowd(directory: Directory) -> None:
    crowd = [make_listing(f"crowd-{n:03}", miles=5 + n / 50) for n in range(MOST_CANDIDATES + 50)]
    directory.save([*crowd, make_listing("next-door", miles=0.1)])
    assert _found(directory, Query("food", HOME, limit=1)) == ["next-door"]


def test_empty_directory_answers_calmly(directory: Directory) -> None:
    assert _found(directory, Query("food", HOME)) == _found(directory, Query("food")) == []
