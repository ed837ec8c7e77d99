"""Hostile strings in every field of a conversation are shown as what they are, and do nothing."""

from __future__ import annotations

import uuid
from html.parser import HTMLParser

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, decide_grant
from bot.care.contact import LONGEST_WORDING, ContactWishes
from bot.store.claims import transfer_handoff
from bot.store.consents import save_consent
from bot.store.contacts import save_wishes
from bot.store.handoffs import find_handoff
from tests.console.conftest import Office
from tests.console.people import hold, meet, write
from tests.console.talking import list_services, now, send

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "</textarea><script>alert(1)</script>",
    "</li></ul></div></main><form action=//evil.example>",
    "<svg/onload=alert(1)><!--",
    "--><iframe src=javascript:alert(1)>",
    "&lt;b&gt; &#60;i&#62; &amp;amp;",
    "{{7*7}}{% include 'home.html' %}${7*7}#{7*7}",
    "{phones} {0} {member.csrf} {csrf_field()} %s %n",
    "\u202ereversed\u202c \u2066isolated\u2069 \u200f",
    "a\u0300" * 40 + " Z̸͑a̷l̶g̵o̴",
    "null undefined None NaN\t\u00a0 \ufeff",
    "javascript:alert(1) data:text/html,<b>",
    "'; DROP TABLE person; --",
    "=cmd|'/C calc'!A0 @SUM(1)",
    "x" * 1500,
    "<" * 700,
]
HARMLESS = "harmless"


class _Structure(HTMLParser):
    """Tags with the names of their attributes, and what is written between and in them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.texts += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", ()))


class _Talk:
    """A conversation of which every field holds the same string."""

    def __init__(self, office: Office, text: str) -> None:
        self.office, self.text = office, text
        self.nora = office.sign_in("navigator", name=text, languages=("en",))
        self.ana = meet(office, note=[text, text], language="es")
        self.danger = meet(office, reason="danger", words=text, language="es")
        office.do(self._fill)
        for person in (self.ana, self.danger):
            hold(office, self.nora, person)
            write(office, person, text)
        send(self.nora, self.ana, text)
        form = {"words": text, "note_id": str(uuid.uuid4())}
        self.nora.submit(f"{self.ana.way}/notes", **form)
        form = {"words": text, "line_id": str(uuid.uuid4())}
        self.nora.submit(f"{self.ana.way}/draft", **form)
        list_services(
            office,
            {
                "id": text, "name": text, "organization": text, "phone": text, "bring": text,
                "cost": text, "address": text, "eligibility": text, "extension": text,
                "miles": None, "nationwide": True,  # found wherever a string may seem to be
            },
        )  # fmt: skip

    async def _fill(self, session: AsyncSession) -> None:
        ana, text = self.ana, self.text
        row = await find_handoff(session, ana.id)
        assert row is not None
        await transfer_handoff(session, ana.key, row, text)
        wishes = ContactWishes(wording=text[:LONGEST_WORDING])
        await save_wishes(session, ana.key, ana.id, wishes, now())
        consent = decide_grant(ConsentKind.SHARE_AGENCY, now(), text)
        await save_consent(session, ana.id, consent)

    def pages(self) -> dict[str, str]:
        """Every page on which any of it is shown."""
        nora, way = self.nora, self.ana.way
        form = {"words": self.text, "line_id": str(uuid.uuid4()), "place": self.text}
        # An open blank makes the send fail, so that the page comes back with all that was typed.
        unsent = {**form, "words": f"{self.text} {{phone}}"}
        return {
            "page": nora.get(way).text,
            "lines": nora.get(f"{way}/lines").text,
            "danger": nora.get(self.danger.way).text,
            "found": nora.submit(f"{way}/search", **form, need="food").text,
            "filled": nora.get(way, params={"service": self.text}).text,
            "unsent": nora.submit(f"{way}/send", **unsent).text,
        }


def test_pages_are_built_alike_whatever_is_in_them(office: Office) -> None:
    plain = {name: _Structure(page) for name, page in _Talk(office, HARMLESS).pages().items()}
    for text in HOSTILE:
        for name, page in _Talk(office, text).pages().items():
            shown = _Structure(page)
            assert _frame(shown) == _frame(plain[name]), (name, text)
            assert any(text in one for one in shown.texts), (name, text)
            assert "<" not in text or text not in page, (name, text)


def test_the_comparison_would_notice() -> None:
    page = '<p title="{}">{}</p>'
    harmless = _frame(_Structure(page.format(HARMLESS, HARMLESS)))
    noticed = [text for text in HOSTILE if _frame(_Structure(page.format(text, text))) != harmless]
    assert len(noticed) >= 7


@pytest.mark.parametrize("text", ["\0", "a\0b", "\x1b[31m", "\r\n\r\nSet-Cookie: a=b", "\ufffd"])
def test_what_no_database_holds_breaks_no_form(office: Office, text: str) -> None:
    nora, ana = office.sign_in("navigator", languages=("en",)), meet(office, language="es")
    hold(office, nora, ana)
    fields = dict.fromkeys(("words", "need", "place", "service", "ready", "openings"), text)
    for path in ("draft", "insert", "search", "services", "notes", "send"):
        ids = {"line_id": str(uuid.uuid4()), "note_id": str(uuid.uuid4())}
        answer = nora.submit(f"{ana.way}/{path}", **fields, **ids)
        assert answer.status_code in {200, 303, 422}, path
        assert "Set-Cookie" not in answer.headers
    for way in (ana.way, f"{ana.way}/lines"):
        assert nora.get(way, params={"service": text}).status_code == 200


def _frame(structure: _Structure) -> list[tuple[str, tuple[str, ...]]]:
    """How many hints and open blanks a text has is its own affair."""
    return [tag for tag in structure.tags if tag not in {("li", ()), ("mark", ())}]
