"""The steps before a block, as pages: who may take them, what the person reads, who decides."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.store.blocks import find_blocks, is_blocked
from bot.store.claims import join_handoff
from bot.store.handoffs import find_handoff
from bot.store.tables import AuditRow, InboxRow
from console.house import build
from tests.console.conftest import Browser, Office
from tests.console.writers import Writer


def _warn(browser: Browser, writer: Writer, step: str = "warn", reason: str = "abusive") -> Any:
    return browser.submit(f"/people/{writer.id}/block", step=step, reason=reason)


def _ask(browser: Browser, writer: Writer) -> Any:
    return browser.submit(f"/people/{writer.id}/block", step="ask")


def _go_all_the_way(nora: Browser, writer: Writer) -> None:
    """Up to the request."""
    for step in ("warn", "warn_again"):
        writer.write("words that are not okay")
        assert _warn(nora, writer, step).status_code == 303
    writer.write("words that are not okay")
    assert _ask(nora, writer).status_code == 303


def _ref(office: Office) -> str:
    (block,) = office.do(lambda session: find_blocks(session, datetime.now(UTC)))
    return block.ref


def _blocked(office: Office, writer: Writer) -> bool:
    return office.do(lambda s: is_blocked(s, writer.pseudonym, datetime.now(UTC)))


def _audit(office: Office) -> list[str]:
    return office.do(_read_audit)


async def _read_audit(session: Any) -> list[str]:
    return list(await session.scalars(select(AuditRow.what).order_by(AuditRow.position)))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("reason", ["abusive", "sexual"])
def test_the_person_reads_what_was_shown_to_the_navigator(
    office: Office, language: str, reason: str
) -> None:
    nora = office.sign_in("navigator")
    writer, house = Writer(office, nora, language=language), build(office.settings)
    writer.write("words that are not okay")
    sentence = house.say(f"warned_{reason}", language)
    page = nora.get(f"/people/{writer.id}/block").text
    assert f'lang="{language}">{sentence}' in page.replace("&#39;", "'")
    assert _warn(nora, writer, reason=reason).status_code == 303
    assert writer.replies() == [sentence]
    assert writer.said()[-1] == ("staff", sentence)
    row = writer.handoff()
    assert row and row.unanswered_since is None
    assert _audit(office)[-1] == "block_warned"


def test_no_step_is_taken_twice_or_before_they_wrote_again(office: Office) -> None:
    nora = office.sign_in("navigator")
    writer = Writer(office, nora)
    writer.write("words that are not okay")
    assert _warn(nora, writer).status_code == 303
    assert _warn(nora, writer).status_code == 409
    assert _warn(nora, writer, "warn_again").status_code == 409
    assert "have not written since" in nora.get(f"/people/{writer.id}/block").text
    writer.write("again")
    assert _ask(nora, writer).status_code == 409
    assert _warn(nora, writer, "warn_again").status_code == 303
    assert len(writer.replies()) == 2


@pytest.mark.parametrize("reason", ["", "rude", "<script>", "abusive "])
def test_only_the_two_reasons_are_any(office: Office, reason: str) -> None:
    nora = office.sign_in("navigator")
    writer = Writer(office, nora)
    assert _warn(nora, writer, reason=reason).status_code == 422
    assert writer.replies() == []


def test_a_request_needs_somebody_else_and_then_closes_the_talk_and_says_so(
    office: Office,
) -> None:
    nora, sol = office.sign_in("navigator"), office.sign_in("supervisor", "Sol")
    writer, house = Writer(office, nora), build(office.settings)
    _go_all_the_way(nora, writer)
    ref = _ref(office)
    assert nora.get("/blocks").status_code == 404
    assert nora.submit(f"/blocks/{ref}/agree").status_code == 404
    page = sol.get("/blocks").text
    assert "Asked by Nora" in page and f'href="/people/{writer.id}"' in page
    assert "not okay" not in page and writer.pseudonym.hex() not in page
    assert sol.submit(f"/blocks/{ref}/agree").status_code == 303
    assert _blocked(office, writer)
    assert writer.handoff() is None
    assert {who for who, _ in writer.said()} <= {"staff"}  # what has not left yet still may
    assert writer.replies()[-1] == house.say("line_closed", "en")
    assert "until" in sol.get("/blocks").text
    assert _audit(office)[-2:] == ["block_asked", "block_agreed"]
    assert sol.submit(f"/blocks/{ref}/lift").status_code == 303
    assert not _blocked(office, writer)
    assert sol.submit(f"/blocks/{ref}/lift").status_code == 404


def test_who_is_no_longer_there_is_told_when_they_come_back(office: Office) -> None:
    nora, sol = office.sign_in("navigator"), office.sign_in("supervisor", "Sol")
    writer = Writer(office, nora)
    _go_all_the_way(nora, writer)
    long_ago = datetime.now(UTC) - timedelta(hours=3)
    office.do(lambda s: s.execute(update(InboxRow).values(received_at=long_ago)))
    told = len(writer.replies())
    assert sol.submit(f"/blocks/{_ref(office)}/agree").status_code == 303
    assert writer.handoff() is None and len(writer.replies()) == told


def test_who_asked_does_not_decide(office: Office) -> None:
    sol = office.sign_in("supervisor", "Sol")
    writer = Writer(office, sol)
    _go_all_the_way(sol, writer)
    ref = _ref(office)
    assert "somebody else decides" in sol.get("/blocks").text
    assert f"/blocks/{ref}/agree" not in sol.get("/blocks").text
    assert sol.submit(f"/blocks/{ref}/agree").status_code == 404
    assert sol.submit(f"/blocks/{ref}/refuse").status_code == 404
    assert not _blocked(office, writer)


def test_a_no_leaves_the_talk_as_it_is(office: Office) -> None:
    nora, sol = office.sign_in("navigator"), office.sign_in("supervisor", "Sol")
    writer = Writer(office, nora)
    _go_all_the_way(nora, writer)
    assert sol.submit(f"/blocks/{_ref(office)}/refuse").status_code == 303
    assert not _blocked(office, writer)
    row = writer.handoff()
    assert row and row.claimed_by == nora.staff_id
    assert "Send the first sentence" in nora.get(f"/people/{writer.id}/block").text


def test_where_danger_was_seen_the_talk_goes_on_though_the_line_is_closed(office: Office) -> None:
    nora, sol = office.sign_in("navigator"), office.sign_in("supervisor", "Sol")
    writer = Writer(office, nora, reason="danger")
    _go_all_the_way(nora, writer)
    assert sol.submit(f"/blocks/{_ref(office)}/agree").status_code == 303
    row = writer.handoff()
    assert _blocked(office, writer) and row and row.claimed_by == nora.staff_id
    assert "closed to this person until" in nora.get(f"/people/{writer.id}/block").text


def test_who_does_not_hold_the_conversation_takes_no_step(office: Office) -> None:
    nora, omar = office.sign_in("navigator"), office.sign_in("navigator", "Omar")
    sol = office.sign_in("supervisor", "Sol")
    mine, waiting = Writer(office, nora), Writer(office)
    for browser, writer in ((omar, mine), (nora, waiting), (sol, mine)):
        assert browser.get(f"/people/{writer.id}/block").status_code == 404
        assert _warn(browser, writer).status_code == 404
    assert nora.get(f"/people/{uuid.uuid4()}/block").status_code == 404
    assert mine.replies() == waiting.replies() == []

    async def join(session: Any) -> None:
        row = await find_handoff(session, mine.id)
        assert row is not None
        await join_handoff(session, row, sol.staff_id)

    office.do(join)
    assert _warn(sol, mine).status_code == 303


def test_forged_forms_change_nothing(office: Office) -> None:
    nora, sol = office.sign_in("navigator"), office.sign_in("supervisor", "Sol")
    writer = Writer(office, nora)
    path = f"/people/{writer.id}/block"
    assert nora.post(path, data={"step": "warn", "reason": "abusive"}).status_code == 403
    assert writer.replies() == []
    _go_all_the_way(nora, writer)
    for act in ("agree", "refuse", "lift"):
        assert sol.post(f"/blocks/{_ref(office)}/{act}", data={"csrf": "x"}).status_code == 403
    assert not _blocked(office, writer)


@pytest.mark.parametrize("ref", ["x", "0" * 64, "%00", "'; DROP TABLE block; --"])
def test_a_made_up_request_is_nobodys(office: Office, ref: str) -> None:
    sol = office.sign_in("supervisor")
    for act in ("agree", "refuse", "lift"):
        assert sol.submit(f"/blocks/{ref}/{act}").status_code in {404, 422}


def test_practice_has_no_such_steps(office: Office) -> None:
    nora = office.sign_in("navigator")
    nora.submit("/practice/start", persona="robin")
    (person_id,) = re.findall(r'href="/practice/([0-9a-f-]{36})"', nora.get("/practice").text)
    assert nora.submit(f"/people/{person_id}/claim").status_code == 303
    assert nora.get(f"/people/{person_id}/block").status_code == 404
