"""What stands beside a conversation: care plan, referrals, tasks, and openings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind
from bot.care.contact import ContactWishes
from bot.care.referrals import State
from bot.store.accesses import find_accesses
from bot.store.care_steps import find_steps
from bot.store.consents import find_consent, revoke_consent
from bot.store.people import forget_talk
from bot.store.referrals import answer_release, find_referrals
from bot.store.slots import Slot, find_entered
from bot.store.tables import ReferralRow, ServiceRow, TaskRow
from bot.store.tasks import save_house_task
from tests.console.conftest import Browser, Office
from tests.console.people import Person, hold, meet

AGENCY, OTHER = "svc-1", "svc-2"


@pytest.fixture
def agencies(office: Office) -> None:
    """Two services of a directory."""

    async def write(session: AsyncSession) -> None:
        for service, name in ((AGENCY, "Alder Legal Aid"), (OTHER, "River Clinic")):
            session.add(
                ServiceRow(
                    id=service, name=name, organization=name, description="", needs=["legal"],
                    keys=[], confidential=False, nationwide=False, languages=["en"], free=True,
                    schedules=[],
                )
            )  # fmt: skip

    office.do(write)


def refer(office: Office, nora: Browser, person: Person, agency: str = AGENCY, **more: str) -> None:
    """Ask the person for a release."""
    form = {"agency": agency, "name": "Ana", "need": "legal help", **more}
    assert nora.submit(f"{person.way}/referrals", **form).status_code == 303


def answer(office: Office, person: Person, agreed: bool) -> None:
    """What the person says to it."""
    now = datetime.now(UTC)
    office.do(lambda s: answer_release(s, person.key, person.id, agreed, now))


def held(office: Office, *, note: bool = True) -> tuple[Browser, Person]:
    """A navigator and whoever they talk with."""
    nora, person = office.sign_in("navigator"), meet(office, note=["You: help"] if note else None)
    hold(office, nora, person)
    return nora, person


def revoke(office: Office, person: Person, kind: ConsentKind, agency: str = "") -> None:
    """The person takes it back."""
    now = datetime.now(UTC)
    office.do(lambda s: revoke_consent(s, person.id, kind, now, agency))


STEP = {"what": "Ask the clinic for papers", "area": "health", "by": "2026-12-01"}


def test_a_step_is_the_persons_too_and_they_can_ask_who_saw_it(office: Office) -> None:
    nora, person = held(office)
    assert nora.submit(f"{person.way}/plan", **STEP).status_code == 303
    assert STEP["what"] in nora.get(f"{person.way}/plan").text
    ((step_id, step),) = office.do(lambda s: find_steps(s, person.key, person.id))
    assert (step.what, step.agreed_with) == (STEP["what"], "Nora")
    seen = office.do(lambda s: find_accesses(s, person.key, person.id))
    assert [(one.who, one.what) for one in seen] == [("Nora", "steps")]
    nora.submit(f"{person.way}/plan/done", step=str(step_id))
    assert office.do(lambda s: find_steps(s, person.key, person.id)) == []


def test_without_consent_there_is_no_plan_to_see_or_change(office: Office) -> None:
    nora, person = held(office, note=False)
    assert "has not agreed to share" in nora.get(f"{person.way}/plan").text
    assert nora.submit(f"{person.way}/plan", **STEP).status_code == 404
    assert office.do(lambda s: find_steps(s, person.key, person.id)) == []


@pytest.mark.parametrize("page", ["plan", "referrals"])
def test_what_another_holds_is_not_there(office: Office, page: str) -> None:
    _, person = held(office)
    assert office.sign_in("navigator").get(f"{person.way}/{page}").status_code == 404


@pytest.mark.usefixtures("agencies")
def test_the_person_sees_all_that_would_be_told_and_decides(office: Office) -> None:
    nora, person = held(office)
    refer(office, nora, person)
    page = nora.get(person.way).text
    assert "Alder Legal Aid would get" in page
    assert "Name: Ana" in page
    answer(office, person, agreed=False)
    (referral,) = office.do(lambda s: find_referrals(s, person.key, person.id))
    assert referral.state is State.REFUSED
    assert office.do(lambda s: find_consent(s, person.id, ConsentKind.SHARE_AGENCY, AGENCY)) is None
    assert "Open it" not in office.sign_in("partner", agency=AGENCY).get("/partner").text


@pytest.mark.usefixtures("agencies")
def test_a_partner_sees_its_own_and_only_what_was_released(office: Office) -> None:
    nora, person = held(office)
    refer(office, nora, person)
    partner, other = (office.sign_in("partner", agency=one) for one in (AGENCY, OTHER))
    way = f"/partner/{office.do(lambda s: s.scalar(select(ReferralRow.id)))}"
    assert partner.get(way).status_code == 404
    answer(office, person, agreed=True)
    page = partner.get(way).text
    assert "Ana" in page
    assert "legal help" in page
    assert other.get(way).status_code == 404
    assert other.submit(way, state="accepted").status_code == 404
    assert "Open it" not in other.get("/partner").text
    (seen,) = office.do(lambda s: find_accesses(s, person.key, person.id))
    assert (seen.who, seen.what) == (AGENCY, "referral")


@pytest.mark.usefixtures("agencies")
def test_the_loop_is_closed_step_by_step_and_never_by_a_leap(office: Office) -> None:
    nora, person = held(office)
    refer(office, nora, person)
    answer(office, person, agreed=True)
    partner = office.sign_in("partner", agency=AGENCY)
    way = f"/partner/{office.do(lambda s: s.scalar(select(ReferralRow.id)))}"
    assert partner.submit(way, state="completed").status_code == 409
    for form in ({"state": "declined"}, {"state": "asked"}, {"state": "sent"}, {"state": "x"}):
        assert partner.submit(way, **form).status_code == 422
    for form in ({"state": "accepted"}, {"state": "scheduled", "day": "Tue 3 pm"}):
        assert partner.submit(way, **form).status_code == 303
    assert "Tue 3 pm" in nora.get(f"{person.way}/referrals").text
    assert partner.submit(way, state="completed").status_code == 303
    assert partner.get(way).status_code == 404


@pytest.mark.usefixtures("agencies")
def test_what_is_taken_back_closes_at_once(office: Office) -> None:
    nora, person = held(office)
    refer(office, nora, person)
    answer(office, person, agreed=True)
    partner = office.sign_in("partner", agency=AGENCY)
    way = f"/partner/{office.do(lambda s: s.scalar(select(ReferralRow.id)))}"
    assert partner.get(way).status_code == 200
    revoke(office, person, ConsentKind.SHARE_AGENCY, AGENCY)
    assert partner.get(way).status_code == 404
    assert partner.submit(way, state="accepted").status_code == 404
    assert "Open it" not in partner.get("/partner").text


def test_a_task_of_the_house_is_taken_and_done_once(office: Office) -> None:
    nora, person = held(office)
    now = datetime.now(UTC)
    for _ in range(2):
        office.do(lambda s: save_house_task(s, person.id, "unreachable", now))
    task = office.do(lambda s: s.scalars(select(TaskRow.id))).one()
    assert "could not be delivered" in nora.get("/tasks").text
    nora.submit(f"/tasks/{task}", what="take")
    assert "could not be delivered" in nora.get("/tasks?whose=mine").text
    assert nora.submit(f"/tasks/{task}", what="done").status_code == 303
    assert nora.get(f"/tasks/{task}").status_code == 404


@pytest.mark.usefixtures("agencies")
def test_exit_leaves_nothing_that_was_not_released(office: Office) -> None:
    nora, person = held(office)
    refer(office, nora, person)
    answer(office, person, agreed=True)
    refer(office, nora, person, agency=OTHER)
    form = {"kind": "other", "words": "Find the form", "due": "2027-01-05T10:00"}
    assert nora.submit(f"{person.way}/tasks", **form).status_code == 303
    office.do(lambda s: forget_talk(s, person.id))
    (kept,) = office.do(lambda s: find_referrals(s, person.key, person.id))
    assert (kept.agency, kept.state) == (AGENCY, State.SENT)
    assert office.do(lambda s: s.scalars(select(TaskRow.id))).all() == []


def test_a_follow_up_needs_wishes_that_allow_it(office: Office) -> None:
    nora, person = held(office)
    form = {"kind": "follow_up", "words": "How did it go?", "due": "2027-01-05T10:00"}
    assert nora.submit(f"{person.way}/tasks", **form).status_code == 409
    assert nora.submit(f"{person.way}/tasks", **{**form, "kind": "other"}).status_code == 303
    assert ContactWishes().first is False


OPENING = {
    "service": AGENCY, "day": "2027-01-05", "starts": "09:00", "ends": "11:00", "minutes": "60",
    "language_es": "1",
}  # fmt: skip


@pytest.mark.usefixtures("agencies")
def test_openings_are_entered_and_removed(office: Office) -> None:
    admin = office.sign_in("admin")
    assert admin.submit("/openings", **OPENING).status_code == 303
    found = entered(office)
    assert [one.ends_at - one.starts_at for one in found] == [timedelta(hours=1)] * 2
    assert {one.languages for one in found} == {("es",)}
    assert admin.submit("/openings", **OPENING).status_code == 422
    admin.submit("/openings/remove", service=AGENCY, opening=str(found[0].id))
    assert entered(office) == found[1:]


@pytest.mark.usefixtures("agencies")
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"day": "2020-01-05"}, "in the past"),
        ({"ends": "08:00"}, "after the start"),
        ({"ends": "09:30"}, "after the start"),
        ({"minutes": "7"}, "one of the lengths"),
        ({"day": "someday"}, "Fill in"),
    ],
)
def test_openings_that_cannot_be_are_told_so(
    office: Office, change: dict[str, str], fault: str
) -> None:
    answer = office.sign_in("admin").submit("/openings", **{**OPENING, **change})
    assert answer.status_code == 422
    assert fault in answer.text
    assert entered(office) == []


def entered(office: Office) -> list[Slot]:
    """What was entered for the agency."""
    now = datetime.now(UTC)
    return office.do(lambda s: find_entered(s, f"console:{AGENCY}", now))
