"""What people say of a service moves it in the lists, and is shown to the admins."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.search import Query
from bot.store.outcomes import Record, find_records, find_worrying, save_outcome
from tests.directory.conftest import Directory
from tests.directory.listings import HOME, NOW, make_listing

HELPED = {"went": "yes", "helped": "yes"}
AWAY = {"went": "yes", "helped": "no", "why_no_help": "turned_away"}
NOT_YET = {"went": "not_yet"}


async def _tell(session: AsyncSession, place: str, *answers: Mapping[str, str]) -> None:
    for answer in answers:
        await save_outcome(session, {**answer, "place": place}, NOW)


@pytest.mark.parametrize(
    ("place", "answers", "record"),
    [
        ("mixed", [HELPED, HELPED, AWAY], Record(3, 2, 1)),
        ("closed", [{"went": "no", "why_not": "closed"}], Record(1, 0, 1)),
        ("dear", [{"went": "no", "why_not": "cost"}], Record(1, 0, 0)),
        ("later", [NOT_YET, {}], None),
    ],
)
def test_answers_are_counted(
    place: str, answers: list[Mapping[str, str]], record: Record | None, directory: Directory
) -> None:
    directory.ask(lambda session: _tell(session, place, *answers))
    found = directory.ask(lambda session: find_records(session, [place], NOW))
    assert found.get(place) == record


def test_only_a_service_that_turns_many_away_worries(directory: Directory) -> None:
    for place, answers in (
        ("shut", [AWAY, AWAY, HELPED]),
        ("new", [AWAY, AWAY]),
        ("good", [HELPED, HELPED, HELPED, AWAY]),
    ):
        directory.ask(lambda session, p=place, a=answers: _tell(session, p, *a))
    assert {"shut"} == {
        name
        for name in directory.ask(lambda session: find_worrying(session, NOW))
        if name in {"shut", "new", "good"}
    }


def test_a_service_that_turns_people_away_sinks_and_one_that_helps_rises(
    directory: Directory,
) -> None:
    directory.save([make_listing(name, miles=5) for name in ("away", "plain", "well")])
    query = Query("food", HOME)
    names = [match.service_id for match in directory.search(query, NOW)]
    assert names == ["away", "plain", "well"]
    directory.ask(lambda session: _tell(session, "away", AWAY, AWAY))
    assert names == [match.service_id for match in directory.search(query, NOW)]
    directory.ask(lambda session: _tell(session, "away", AWAY))
    directory.ask(lambda session: _tell(session, "well", HELPED, HELPED, HELPED))
    assert [one.service_id for one in directory.search(query, NOW)] == ["well", "plain", "away"]
