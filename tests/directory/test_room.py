"""Free beds in what people are told: only while it is fresh, and never as a promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.directory.phrases import load_phrases
from bot.directory.search import Match, Query
from bot.directory.service_lines import render_details, render_found
from bot.store.capacities import UNITS, save_capacity
from bot.wire.segments import count_segments
from bot.wire.turns import Reply
from channels.twilio import render
from tests.directory.conftest import Directory
from tests.directory.listings import HOME, NOW, make_listing

BEDS = Query("housing", HOME)


def shelter(service_id: str, **changes: object) -> dict[str, object]:
    """A shelter so many miles away."""
    return make_listing(service_id, **{"needs": ["housing"], **changes})


def report(
    directory: Directory, entry_id: str, available: int, *, ago: timedelta = timedelta(hours=1),
    unit: str = "beds",
) -> None:  # fmt: skip
    """Somebody said so many are free, so long ago."""
    said = (entry_id, available, None, unit, None, (NOW - ago).astimezone(UTC))
    directory.ask(lambda session: save_capacity(session, *said))


def look(directory: Directory, service_id: str = "a@here", now: datetime = NOW) -> Match:
    """One service as it is shown."""
    found = directory.find(service_id, now)
    assert found is not None
    return found


def details(match: Match, language: str = "en") -> str:
    """All that its details say."""
    return " ".join(render_details(match, load_phrases("services", language)))


@pytest.mark.parametrize(
    ("language", "available", "said"),
    [
        ("en", 2, "They said 2 beds were free today at 1:30 pm. Call first."),
        ("en", 1, "They said 1 bed was free today at 1:30 pm. Call first."),
        ("en", 0, "They said no beds were free today at 1:30 pm. That may change, so you can"),
        ("es", 2, "Avisaron que tenían 2 camas libres (hoy, 1:30 pm). Llama antes de ir."),
        ("es", 0, "Avisaron que no tenían camas libres (hoy, 1:30 pm). Eso cambia: puedes llamar."),
    ],
)
def test_details_say_what_was_said_and_when(
    directory: Directory, language: str, available: int, said: str
) -> None:
    directory.save([shelter("a@here", confidential=True)])
    report(directory, "a", available)
    assert said in details(look(directory), language)


def test_the_clock_is_the_sites_and_last_night_was_yesterday(directory: Directory) -> None:
    directory.save([shelter("a@here")])
    report(directory, "a", 3, ago=timedelta(hours=16))
    assert "3 beds were free yesterday at 10:30 pm" in details(look(directory))


@pytest.mark.parametrize(
    "ago", [timedelta(hours=24), timedelta(days=9), timedelta(minutes=-5)], ids=str
)
def test_what_is_old_or_not_yet_is_not_said(directory: Directory, ago: timedelta) -> None:
    directory.save([shelter("a@here")])
    report(directory, "a", 3, ago=ago)
    assert look(directory).capacity is None
    report(directory, "a", 3, ago=timedelta(hours=23, minutes=59))
    assert look(directory).capacity is not None


def test_two_entries_that_fit_one_listing_say_nothing(directory: Directory) -> None:
    directory.save([shelter("a@here")])
    report(directory, "a", 3)
    report(directory, "a@here", 0)
    assert look(directory).capacity is None


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("available", [0, 1, 2, 999_999])
def test_the_line_of_a_list_stays_within_two_segments(
    directory: Directory, language: str, unit: str, available: int
) -> None:
    long = "word " * 60
    directory.save([shelter("a@here", miles=3, name=long, cost=long, bring=long, text_line="1")])
    report(directory, "a", available, unit=unit)
    (found,) = directory.search(BEDS, NOW)
    say = load_phrases("services", language)
    line = render_found(found, 1, say, NOW)
    assert say.say("said_today", clock="1:30 pm") in line
    assert count_segments(render(Reply(line))).count <= 2


def test_full_shelter_counts_as_farther_and_stays_in_the_list(directory: Directory) -> None:
    directory.save(
        [shelter("full@x", miles=5), shelter("near@x", miles=24), shelter("b@x", miles=26)]
    )

    def order() -> list[str]:
        return [one.service_id for one in directory.search(BEDS, NOW)]

    assert order() == ["full@x", "near@x", "b@x"]
    report(directory, "full", 0)
    assert order() == ["near@x", "full@x", "b@x"]
    report(directory, "full", 0, ago=timedelta(days=1))
    assert order() == ["full@x", "near@x", "b@x"]


def test_beds_change_no_order_but_for_housing(directory: Directory) -> None:
    needs = ["housing", "food"]
    directory.save([shelter("full@x", miles=1, needs=needs), shelter("b@x", miles=2, needs=needs)])
    report(directory, "full", 0)
    found = [one.service_id for one in directory.search(Query("food", HOME), NOW)]
    assert found == ["full@x", "b@x"]
