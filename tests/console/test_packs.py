"""Packs in the console: made, sent, refused, gone through by several, and thrown away."""

from __future__ import annotations

import asyncio
import re
import shutil
import tarfile
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text, update

from bot.flows.edition import Edition
from bot.packs import limits
from bot.packs.reading import POINTS, read_pack
from bot.packs.signing import find_fingerprint, render_fingerprint
from bot.site import load_site
from bot.store.tables import AuditRow, StaffSessionRow
from tests.console.conftest import SITE, Browser, Office
from tests.packs.forging import FILES, KEY, honest, listed, member, pack

SIGNER = render_fingerprint(KEY.public_key().public_bytes_raw())
NAMES = list(tomllib.loads(POINTS.read_text(encoding="utf-8")))
#: From now on the log takes no entry, and it does again.
FULL = text("ALTER TABLE audit ADD CONSTRAINT full_log CHECK (what = '') NOT VALID")
EMPTIED = text("ALTER TABLE audit DROP CONSTRAINT full_log")
NOT_YET = "This pack may not go live yet"


@pytest.fixture
def other(tmp_path: Path, plain_database_url: str, office: Office) -> Iterator[Office]:
    """A second house, which has a home of its own."""
    yield Office(tmp_path / "other", plain_database_url)


def send(browser: Browser, packed: bytes, fingerprint: str = SIGNER) -> Any:
    """Upload a pack as the form does."""
    return browser.post(
        "/pack/look",
        data={"csrf": browser.csrf, "fingerprint": fingerprint},
        files={"file": ("ours.pack", packed)},
        follow_redirects=False,
    )


def read_point(page: str, name: str) -> dict[str, str]:
    """The fields of one point's form, as a browser would send them unchanged."""
    form = page[page.index(f'<article class="card stack" id="{name}"') :]
    form = form[: form.index("</form>")]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        if "checkbox" not in tag or " checked" in tag:
            field, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            assert field and value
            fields[field[1]] = unescape(value[1])
    return fields


def settle(browser: Browser, way: str, name: str, by: str = "Ana Roe", **more: str) -> Any:
    """Load the page, settle one point and save."""
    fields = {**read_point(browser.get(way).text, name), "by": by, "settled": "yes", **more}
    return browser.submit(f"{way}/points", **fields)


def audited(office: Office) -> list[tuple[str, str]]:
    """What the log says of packs."""
    rows = select(AuditRow.what, AuditRow.about).order_by(AuditRow.position)
    found = office.do(lambda session: session.execute(rows)).all()
    return [(what, about) for what, about in found if what.startswith("pack_")]


def find_kept(office: Office) -> list[str]:
    """Whatever lies on the shelf, hidden things too."""
    shelf = office.settings.home / "packs"
    return sorted(path.name for path in shelf.iterdir()) if shelf.exists() else []


def test_a_pack_is_made_sent_gone_through_and_may_go_live(
    office: Office, other: Office, tmp_path: Path
) -> None:
    ada, eve = office.sign_in("admin", "Ada"), other.sign_in("admin", "Eve")
    assert "none yet" in ada.get("/pack").text
    before = {path for path in office.settings.home.rglob("*") if path.is_file()}
    answer = ada.submit("/pack/make")
    assert answer.headers["Content-Disposition"].endswith('.pack"')
    new = {path for path in office.settings.home.rglob("*") if path.is_file()} - before
    assert new == {office.settings.home / "keys" / "pack.key"}
    said = find_fingerprint(office.settings.home)
    assert said and said in ada.get("/pack").text
    assert len(answer.content) > 256 * 1024

    way = send(eve, answer.content, said.upper().replace(" ", "-")).headers["Location"]
    folder = other.settings.home / way.removeprefix("/").replace("pack/", "packs/")
    page = eve.get(way).text
    assert NOT_YET in page and said in page and "demo = true" in page
    assert "10 points, 10 open" in page and "waymark site use" not in page
    for name in NAMES:
        fields = {**read_point(page, name), "by": "Ana Roe", "settled": "yes"}
        assert eve.submit(f"{way}/points", **fields).status_code == 303
    assert NOT_YET in eve.get(way).text  # it still is a demo
    site = folder / "site.toml"
    site.write_text(site.read_text(encoding="utf-8").replace("demo = true\n", ""))
    page = eve.get(way).text
    assert NOT_YET not in page and f"waymark site use {folder}" in page
    assert load_site(folder).languages == ("en", "es")

    was, now = POINTS.read_text(encoding="utf-8"), (folder / "localise.toml").read_text("utf-8")
    assert now == was.replace('done = false\nby = ""', 'done = true\nby = "Ana Roe"')
    digits, name = said.replace(" ", ""), folder.name
    assert audited(office) == [
        ("pack_made", digits),
        ("pack_received", f"{name} {digits}"),
        *(("pack_point_settled", f"{name} {point}") for point in NAMES),
    ]
    assert read_pack(_put(tmp_path, answer.content)).files


def _put(folder: Path, packed: bytes) -> Path:
    path = folder / "sent.pack"
    path.write_bytes(packed)
    return path


def test_what_the_gate_finds_keeps_a_pack_back(office: Office) -> None:
    ada = office.sign_in("admin")
    way = send(ada, ada.submit("/pack/make").content, _own(office)).headers["Location"]
    folder = office.settings.home / "packs" / way.removeprefix("/pack/")
    edition, file = Edition(folder / "content"), "data/responses/care.yml"
    place = ("responses", "utter_care_returned", 0, "text")
    edition.put(file, edition.open(file).set(place, "We are {nobody}."))
    (folder / "content" / file).write_text(edition.changed[file], encoding="utf-8")
    page = ada.get(way).text
    assert "What the gate finds" in page and "unknown blank" in page
    (folder / "site.toml").write_text("languages = 3")
    page = ada.get(way)
    assert page.status_code == 200 and "cannot be read as a site" in page.text
    assert NOT_YET in page.text and "Throw it away" in page.text


def _own(office: Office) -> str:
    return find_fingerprint(office.settings.home) or ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0000 " * 10, "signed with another key"),
        ("", "ten groups of four digits"),
        (SIGNER[:-1], "ten groups of four digits"),
    ],
)
def test_a_wrong_fingerprint_keeps_nothing(office: Office, typed: str, told: str) -> None:
    ada = office.sign_in("admin")
    answer = send(ada, honest(), typed)
    assert answer.status_code == 422 and told in answer.text
    # Whoever could copy it from here would not ask the sender.
    assert SIGNER not in answer.text or typed in SIGNER
    assert find_kept(office) == [] and audited(office)[-1][0] == "pack_refused"


def test_a_form_without_a_file_says_so(office: Office) -> None:
    ada = office.sign_in("admin")
    for files in ({}, {"file": ("", b"")}):
        answer = ada.post("/pack/look", data={"csrf": ada.csrf, "fingerprint": SIGNER}, files=files)
        assert answer.status_code == 422 and "Choose the file" in answer.text
        assert SIGNER in answer.text


@pytest.mark.parametrize("announced", [True, False])
def test_fifty_megabytes_are_too_much(office: Office, announced: bool) -> None:
    ada = office.sign_in("admin")
    parts = [f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{ada.csrf}\r\n'.encode()]
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    parts += [head.encode(), *[bytes(10**6)] * (limits.PACKED // 10**6 + 1), b"\r\n--x--\r\n"]
    answer = ada.post(
        "/pack/look",
        content=b"".join(parts) if announced else iter(parts),
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 413 and "a pack 50 MB" in answer.text
    assert find_kept(office) == []


def test_no_other_form_may_be_so_large(office: Office) -> None:
    ada = office.sign_in("admin")
    assert ada.submit("/pack/make", more="x" * 300_000).status_code == 413


def test_a_file_may_be_as_large_as_a_pack(office: Office) -> None:
    answer = send(office.sign_in("admin"), bytes(limits.PACKED))
    assert answer.status_code == 422 and "no whole pack" in answer.text


BAD = {
    "path": (pack([member("site/../../x", b"x")], listed({"site/../../x": b"x"})), "must not have"),
    "link": (
        pack(
            [member("site/a", type=tarfile.SYMTYPE, linkname="/etc/passwd")],
            listed({"site/a": b""}),
        ),
        "something else than plain files",
    ),
    "changed": (pack([member("site/site.toml", b"x")], listed(FILES)), "not the one that its list"),
    "cut": (honest()[:-20], "no whole pack"),
    "bomb": (honest({"site/a": bytes(limits.UNPACKED)}), "unpacked it has more than 200 MB"),
    "empty": (b"", "no whole pack"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused_is_told_and_leaves_nothing(office: Office, kind: str) -> None:
    packed, told = BAD[kind]
    answer = send(office.sign_in("admin"), packed)
    assert answer.status_code == 422 and told in unescape(answer.text)
    assert find_kept(office) == [] and not list(office.settings.home.rglob("x"))


def test_names_are_made_safe_and_numbered(office: Office) -> None:
    ada = office.sign_in("admin")
    names = ["../Casa Ñandú", "casa nandu", "<b>", "家"]
    ways = [send(ada, honest(site=name)).headers["Location"] for name in names]
    assert ways == ["/pack/casa-nandu", "/pack/casa-nandu-2", "/pack/b", "/pack/pack"]
    assert find_kept(office) == ["b", "casa-nandu", "casa-nandu-2", "pack"]
    assert "&lt;b&gt;" in ada.get("/pack/b").text and "<b>" not in ada.get("/pack").text
    for name in ("nothing", "%2e%2e", ".b", "%2e%2e%2fkeys", "B"):
        assert ada.get(f"/pack/{name}").status_code == 404
        assert ada.submit(f"/pack/{name}/throw-away").status_code == 404


@pytest.mark.parametrize("role", ["navigator", "supervisor", "adviser", "partner"])
def test_nobody_else_sees_or_sends_a_pack(office: Office, role: str) -> None:
    assert send(office.sign_in("admin"), honest()).status_code == 303
    browser = office.sign_in(role)
    assert "/pack" not in browser.get("/").text.replace("/packs", "")
    for way in ("/pack", "/pack/somewhere", "/pack/somewhere/throw-away"):
        assert browser.get(way).status_code == 404
    assert send(browser, honest()).status_code == 404
    assert browser.submit("/pack/somewhere/throw-away").status_code == 404
    assert find_kept(office) == ["somewhere"]


@pytest.mark.parametrize("role", ["", "navigator"])
def test_nothing_is_read_from_whoever_may_not_send(office: Office, role: str) -> None:
    browser = office.sign_in(role) if role else office.visitor()
    taken = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(10):
            taken += 1
            yield bytes(10**6)

    async def ask() -> int:
        transport = httpx.ASGITransport(office.app)
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        async with httpx.AsyncClient(
            transport=transport, base_url=office.settings.console_url,
            cookies=dict(browser.cookies), headers=kind,
        ) as client:  # fmt: skip
            return (await client.post("/pack/look", content=body())).status_code

    office.restart()
    assert asyncio.run(ask()) == (404 if role else 303) and taken == 0


def test_the_password_is_asked_for_again(office: Office) -> None:
    ada = office.sign_in("admin")
    older = StaffSessionRow.proven_at - timedelta(minutes=16)
    office.do(lambda session: session.execute(update(StaffSessionRow).values(proven_at=older)))
    for answer in (ada.submit("/pack/make"), send(ada, honest())):
        assert answer.headers["Location"].startswith("/again")
    assert find_kept(office) == []


def test_two_admins_lose_nothing_of_each_other(office: Office) -> None:
    ada, eve = office.sign_in("admin", "Ada"), office.sign_in("admin", "Eve")
    way = send(ada, honest()).headers["Location"]
    hers = {name: read_point(eve.get(way).text, name) for name in ("consent", "roles")}
    assert settle(ada, way, "hotlines").status_code == settle(ada, way, "roles").status_code == 303
    for name, status in (("consent", 303), ("roles", 422)):
        filled = {**hers[name], "by": "Bea", "settled": "yes"}
        answer = eve.submit(f"{way}/points", **filled)
        assert answer.status_code == status
    assert "Somebody changed this point" in answer.text
    assert "It says now: Ana Roe, settled" in answer.text and 'value="Bea"' in answer.text
    page = ada.get(way).text
    assert "10 points, 7 open" in page
    assert read_point(page, "consent")["by"] == "Bea"
    assert read_point(page, "roles")["by"] == read_point(page, "hotlines")["by"] == "Ana Roe"


@pytest.mark.parametrize("by", ["", "  ", "x" * 101, "a\x00b"])
def test_a_point_is_settled_by_a_name(office: Office, by: str) -> None:
    ada = office.sign_in("admin")
    way = send(ada, honest()).headers["Location"]
    answer = settle(ada, way, "hotlines", by)
    assert answer.status_code == 422 and "Write the name" in answer.text
    assert "10 open" in ada.get(way).text
    assert settle(ada, way, "hotlines", "Ana", point="nothing").status_code == 404
    assert settle(ada, way, "hotlines", "Ana", point="\x00").status_code == 404
    assert [what for what, _ in audited(office)] == ["pack_received"]


def test_a_point_is_opened_again(office: Office) -> None:
    ada = office.sign_in("admin")
    way = send(ada, honest()).headers["Location"]
    settle(ada, way, "hotlines", 'Ana "A" \\ Ñandú')
    fields = read_point(ada.get(way).text, "hotlines")
    assert fields["by"] == 'Ana "A" \\ Ñandú' and fields.pop("settled") == "yes"
    assert "9 open" in ada.get(way).text
    ada.submit(f"{way}/points", **fields)
    assert "10 open" in ada.get(way).text and audited(office)[-1][0] == "pack_point_opened"


def test_a_pack_is_thrown_away_after_a_question(office: Office) -> None:
    ada = office.sign_in("admin")
    way = send(ada, honest()).headers["Location"]
    assert "It cannot be taken back" in ada.get(f"{way}/throw-away").text
    assert find_kept(office) == ["somewhere"]
    assert ada.submit(f"{way}/throw-away").headers["Location"] == "/pack"
    assert find_kept(office) == [] and ada.get(way).status_code == 404
    assert audited(office)[-1] == ("pack_thrown_away", "somewhere")


def test_the_folder_in_use_stays_and_secrets_in_it_do_not_travel(
    tmp_path: Path, plain_database_url: str, office: Office
) -> None:
    home = tmp_path / "third"
    ours = home / "packs" / "ours"
    shutil.copytree(SITE, ours)
    for name in (".env", "directory/tls.pem"):
        (ours / name).write_text("x")
    house = Office(home, plain_database_url, WAYMARK_SITE=str(ours))
    ada = house.sign_in("admin")
    page = ada.get("/pack").text
    assert "2 left out" in page and "directory/tls.pem" in page and str(home) not in page
    assert "This house uses this folder" in ada.get("/pack/ours").text
    answer = ada.submit("/pack/ours/throw-away")
    assert answer.status_code == 422 and "cannot be thrown away" in answer.text
    assert (ours / "site.toml").exists()
    packed = read_pack(_put(tmp_path, ada.submit("/pack/make").content))
    assert not any(name.endswith((".env", ".pem")) for name in packed.files)


def test_a_key_that_others_can_read_signs_nothing(office: Office) -> None:
    ada = office.sign_in("admin")
    ada.submit("/pack/make")
    (office.settings.home / "keys" / "pack.key").chmod(0o644)
    assert "Others on this machine can read" in ada.get("/pack").text
    assert ada.submit("/pack/make").status_code == 422
    assert len(audited(office)) == 1


@pytest.fixture
def refuse_entries(office: Office) -> Iterator[Callable[[], Any]]:
    """Lets the log take no entry, until the test has ended: the next one has the same tables."""
    yield lambda: office.do(lambda session: session.execute(FULL))
    office.do(lambda session: session.execute(EMPTIED))


def test_what_is_not_in_the_log_did_not_happen(
    office: Office, refuse_entries: Callable[[], Any]
) -> None:
    ada = office.sign_in("admin")
    way = send(ada, honest()).headers["Location"]
    fields = read_point(ada.get(way).text, "hotlines")
    refuse_entries()
    answer = send(ada, honest(site="Another"))
    assert answer.status_code == 503 and find_kept(office) == ["somewhere"]
    ada.submit(f"{way}/points", **{**fields, "by": "Ana", "settled": "yes"})
    ada.submit(f"{way}/throw-away")
    assert find_kept(office) == ["somewhere"] and "10 open" in ada.get(way).text
