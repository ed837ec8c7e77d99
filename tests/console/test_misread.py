"""What was not understood, as the team looks at it: rejected, or written anew as an example."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.misread import SHOWN
from bot.store.tables import AuditRow, MisreadRow
from tests.console.conftest import Browser, Office
from tests.console.forms import read_form, save
from tests.console.unheard import LIST, Unheard
from tests.console.writers import HOSTILE

NEW = {"release": "new", "title": "Learn", "why": "Not understood."}


def audited(office: Office) -> list[tuple[str, str]]:
    """What the audit log says of it: what was done, and about what."""

    async def read(session: AsyncSession) -> list[tuple[str, str]]:
        rows = select(AuditRow).where(AuditRow.what.like("misread%")).order_by(AuditRow.position)
        found = (await session.scalars(rows)).all()
        assert all(row.person_id is None for row in found)
        return [(row.what, row.about) for row in found]

    return office.do(read)


def count(office: Office) -> int:
    """How many are left."""
    counted = select(func.count()).select_from(MisreadRow)
    return office.do(lambda session: session.scalar(counted)) or 0


def test_the_list_shows_words_and_a_likely_meaning_and_nothing_of_the_person(
    office: Office,
) -> None:
    ana = Unheard(office)
    ada = office.sign_in("admin", "Ada")
    assert "There is none" in ada.get(LIST).text
    one = ana.say("can i bring my dog … or not")
    ana.say("what is this all about then", likely=None)
    page = ada.get(LIST).text
    assert "can i bring my dog … or not" in page and "ask can do" in page
    assert "nothing is near" in page and f'href="{one}"' in page
    assert str(ana.id) not in page and datetime.now(UTC).strftime("%d %b") not in page
    assert audited(office) == [("misread_seen", "")]
    for way in ("/conversation", "/conversation/stuck"):
        assert f'href="{LIST}"' in ada.get(way).text


def test_one_becomes_an_example_in_a_release_and_goes_from_the_list(office: Office) -> None:
    ana = Unheard(office)
    ada = office.sign_in("admin", "Ada")
    one = ana.say("can i bring my dog … or not")
    fields = {**read_form(ada, one), **NEW, "language": "en"}
    assert fields["words"] == "can i bring my dog … or not"
    assert fields["meaning"] == "ask can do"
    fields |= {"words": "  can my old cat come\nalong with me too ", "meaning": "Ask eligibility"}
    release = save(ada, one, fields)
    page = ada.get(release).text
    assert "<ins>can my old cat come along with me too</ins>" in page
    assert "ask eligibility" in page and "1 change<" in page
    assert count(office) == 0 and "There is none" in ada.get("/conversation/misread").text
    used = ("misread_used", release.rpartition("/")[2])
    assert audited(office)[-1] == used and "dog" not in str(audited(office))


def test_two_go_into_one_open_release_one_after_the_other(office: Office) -> None:
    ana, ada = Unheard(office), office.sign_in("admin", "Ada")
    one, other = ana.say("can i bring … dog"), ana.say("what about … my car")
    form = {"meaning": "ask can do", "language": "en"}
    release = save(ada, one, {**NEW, **form, "words": "so what is it you do with cats"})
    shown = read_form(ada, other)
    assert release.endswith(shown["release"])
    again = save(ada, other, {**shown, **form, "words": "so what is it you do with cars"})
    assert again == release
    page = ada.get(release).text
    assert page.count("<ins>") == 2 and "1 change<" in page


@pytest.mark.parametrize(
    ("name", "typed", "fault"),
    [
        ("words", "can my … come too", "Write your own words where … stands."),
        ("words", "  ", "Write what people would text."),
        ("words", "x" * 301, "300 characters"),
        ("meaning", "no such thing", "There is no such meaning"),
        ("meaning", "", "There is no such meaning"),
        ("meaning", "../../x", "There is no such meaning"),
        ("language", "xx", "There is no such meaning"),
        ("language", "*", "There is no such meaning"),
        ("language", "../responses", "There is no such meaning"),
        ("title", "", "what the release is about"),
    ],
)
def test_what_cannot_be_comes_back_with_a_reason_and_nothing_is_lost(
    office: Office, name: str, typed: str, fault: str
) -> None:
    ana, ada = Unheard(office), office.sign_in("admin", "Ada")
    one = ana.say("can i bring my dog … or not")
    fields = {**NEW, "words": "can my cat come", "meaning": "ask can do", "language": "en"}
    answer = ada.submit(one, **{**fields, name: typed})
    assert answer.status_code == 422 and fault in answer.text
    assert count(office) == 1 and "There is none yet" in ada.get("/releases").text


def test_an_example_that_is_there_already_is_no_example(office: Office) -> None:
    ana, ada = Unheard(office), office.sign_in("admin", "Ada")
    one = ana.say("can i bring my dog … or not")
    page = ada.get("/conversation/meanings/ask_can_do").text
    known = re.search(r"<li>([^<&]+)</li>", page)
    assert known is not None
    fields = {**NEW, "words": known[1], "meaning": "ask can do", "language": "en"}
    answer = ada.submit(one, **fields)
    assert answer.status_code == 422 and "has that example already" in answer.text


def test_whoever_is_second_is_told_calmly(office: Office) -> None:
    ana = Unheard(office)
    ada, max_ = office.sign_in("admin", "Ada"), office.sign_in("supervisor", "Max")
    one = ana.say("can i bring my dog … or not")
    fields = {**NEW, "words": "can my cat come", "meaning": "ask can do", "language": "en"}
    answer = ada.submit(f"{one}/reject")
    assert (answer.status_code, answer.headers["location"]) == (303, LIST)
    for late in (max_.submit(f"{one}/reject"), max_.submit(one, **fields), max_.get(one)):
        assert late.status_code == 409 and "Somebody was faster" in late.text
    assert "There is none yet" in max_.get("/releases").text
    assert audited(office) == [("misread_rejected", "")]


def test_of_two_at_once_one_is_second(office: Office) -> None:
    ana, ada = Unheard(office), office.sign_in("admin", "Ada")
    one = ana.say("can i bring my dog … or not")
    pages = office.at_once(ada, f"{one}/reject", {"csrf": ada.csrf}, 2)
    assert sorted("Somebody was faster" in page for page in pages) == [False, True]


def test_what_was_taken_back_or_grew_old_is_shown_to_nobody(office: Office) -> None:
    ana, ada = Unheard(office), office.sign_in("admin", "Ada")
    one = ana.say("can i bring my dog … or not")
    ana.take_back()
    assert "There is none" in ada.get(LIST).text
    assert ada.get(one).status_code == ada.submit(f"{one}/reject").status_code == 409


def test_fifty_are_on_a_page_and_their_order_is_nobodys(office: Office) -> None:
    ada = office.sign_in("admin", "Ada")
    ways = [
        one.say(f"can i bring my dog number … {'x' * day}", days_ago=day)
        for one in [Unheard(office) for _ in range(18)]
        for day in range(3)
    ]
    first = ada.get(LIST).text
    shown = re.findall(rf'href="({LIST}/[0-9a-f-]+)"', first)
    assert len(shown) == SHOWN and shown == sorted(shown) == sorted(ways)[:SHOWN]
    more = re.search(r'href="([^"]+after=[^"]+)"', first)
    assert more is not None
    rest = re.findall(rf'href="({LIST}/[0-9a-f-]+)"', ada.get(more[1]).text)
    assert sorted([*shown, *rest]) == sorted(ways)


def test_words_are_shown_as_they_are(office: Office) -> None:
    ana, ada = Unheard(office), office.sign_in("admin", "Ada")
    one = ana.say(HOSTILE, likely=HOSTILE)
    for page in (ada.get(LIST).text, ada.get(one).text):
        assert "<script>alert" not in page and "&lt;script&gt;" in page and "{{7*7}}" in page


@pytest.mark.parametrize("role", ["navigator", "adviser", "evaluator", "partner"])
def test_others_have_no_such_page(office: Office, role: str) -> None:
    one, other = Unheard(office).say("can i bring my dog … or not"), office.sign_in(role)
    assert other.get(LIST).status_code == other.get(one).status_code == 404
    assert other.submit(f"{one}/reject").status_code == 404
    assert count(office) == 1
    assert LIST not in _read(other, "/conversation") + _read(other, "/conversation/stuck")


def _read(browser: Browser, path: str) -> str:
    return str(browser.get(path).text)
