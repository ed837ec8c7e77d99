"""Packages: looked at, taken in, undone; and what must leave nothing behind."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory import unpacking
from bot.store.tables import EntryRow, ServiceRow
from console.directory.waiting import FOLDER
from tests.console.conftest import SITE, Browser, Office
from tests.console.keeping import (
    NIGHT,
    fill,
    find_audit,
    find_entry,
    find_listings,
    open_form,
    press,
)

PATH = "/directory/import"


def pack(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def find_tables() -> dict[str, str | bytes]:
    """The demo's tables."""
    return {one.name: one.read_text("utf-8") for one in (SITE / "directory").glob("*.csv")}


def send(browser: Browser, content: bytes, name: str = "ours.zip", **more: str) -> Any:
    """What the page says to a file."""
    return browser.post(
        PATH, data={"csrf": browser.csrf, **more}, files={"file": (name, content)},
        follow_redirects=False,
    )  # fmt: skip


def is_clean(office: Office) -> bool:
    """Whether no package lies about."""
    return not list((office.settings.home / FOLDER).glob("*"))


def count(office: Office) -> tuple[int, int]:
    """Entries and listings."""

    async def look(session: AsyncSession) -> tuple[int, int]:
        entries = await session.scalar(select(func.count()).select_from(EntryRow))
        return entries or 0, await session.scalar(select(func.count()).select_from(ServiceRow)) or 0

    return office.do(look)


def test_a_package_is_looked_at_taken_in_and_undone(office: Office) -> None:
    fill(office)
    ada, before = office.sign_in("admin"), count(office)
    tables = find_tables()
    services = str(tables["services.csv"]).splitlines()
    dropped = services.pop(1)
    services[2] = services[2].replace("North Star safe house", "North Star beds")
    services.append(services[-1].replace("svc-", "new-", 1).replace(",active,", ",strange,", 1))
    tables["services.csv"] = "\n".join(services)
    answer = send(ada, pack({f"demo/{name}": text for name, text in tables.items()}))
    assert answer.status_code == 303, answer.text
    way = answer.headers["location"]
    page = ada.get(way).text
    assert re.search(r"<dt>Changed</dt><dd>1</dd>", page)
    assert re.search(r"<dt>Gone</dt><dd>1</dd>", page) and dropped.split(",")[2] in page
    assert re.search(r"services.csv, row \d+: the status is none of", page)
    assert count(office) == before  # only looked at
    assert ada.get(PATH).text.count("ours.zip") == 1

    answer = press(ada, page, f"{way}/take")
    assert answer.headers["location"].endswith("told=taken") and is_clean(office)
    assert count(office)[0] == before[0] - 1
    assert find_listings(office, "North Star beds") and ada.get(way).status_code == 404

    page = ada.get(PATH).text
    assert "0 new, 1 changed, 1 gone, 1 rows refused" in page and "Nora" in page
    undo = re.findall(r'action="(/directory/undo-import/[^"]+)"', page)[0]
    assert press(ada, page, undo).headers["location"].endswith("told=undone")
    assert count(office) == before and find_listings(office, "North Star safe house")
    assert press(ada, page, undo).headers["location"].endswith("told=gone")
    kinds = [what for what, _ in find_audit(office)]
    assert kinds == ["directory_package_received", "directory_imported", "directory_import_undone"]
    assert "ours.zip" not in repr(find_audit(office))


def test_an_import_under_later_changes_is_undone_only_when_that_is_said(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    tables = find_tables()
    tables["services.csv"] = str(tables["services.csv"]).replace("Doors close at ten.", "Till ten.")
    way = send(ada, pack(tables)).headers["location"]
    press(ada, ada.get(way).text, f"{way}/take")
    form = open_form(ada, NIGHT) | {"phone": "503-555-0191"}
    ada.submit(f"/directory/change/{NIGHT}", **form)
    page = ada.get(PATH).text
    undo = re.findall(r'action="(/directory/undo-import/[^"]+)"', page)[0]
    answer = press(ada, page, undo)
    assert answer.status_code == 422 and "Commons night shelter" in answer.text
    assert find_listings(office, "Commons night shelter")[0].phone == "503-555-0191"
    assert press(ada, answer.text, undo).status_code == 303
    assert find_listings(office, "Commons night shelter")[0].phone == "503-555-0103"


def test_what_goes_out_comes_in_as_the_same(office: Office) -> None:
    fill(office)
    ada = office.sign_in("admin")
    for kind, name in (("json", "out.json"), ("zip", "out.zip")):
        answer = ada.submit("/directory/export", kind=kind)
        assert answer.status_code == 200 and f".{kind}" in answer.headers["content-disposition"]
        way = send(ada, answer.content, name).headers["location"]
        page = ada.get(way).text
        for label in ("New", "Changed", "Gone", "Rows refused"):
            assert f"<dt>{label}</dt><dd>0</dd>" in page, (kind, label)
        press(ada, page, f"{way}/throw-away")
        assert is_clean(office) and ada.get(way).status_code == 404
    assert len(json.loads(ada.submit("/directory/export", kind="json").content)) == 45
    assert ada.submit("/directory/export", kind="exe").status_code == 404
    assert ("directory_exported", "json") in find_audit(office)


def test_a_package_that_gives_a_place_away_is_refused_by_name_and_kept_nowhere(
    office: Office,
) -> None:
    fill(office)
    ada, before, tables = office.sign_in("admin"), count(office), find_tables()
    tables["addresses.csv"] = (
        f"{tables['addresses.csv']}\nadr-x,loc-01,9 Hidden Road,Alder Falls,OR,97999,US,physical\n"
    )
    answer = send(ada, pack(tables))
    assert answer.status_code == 422
    assert re.search(r"addresses.csv, row \d+: an address of a confidential place", answer.text)
    assert "9 Hidden Road" not in answer.text and "Take it in" not in answer.text
    assert is_clean(office) and count(office) == before
    assert b"9 Hidden Road" not in _read_all(office.settings.home)


def test_a_package_that_opens_what_is_confidential_here_is_refused_by_name(
    office: Office,
) -> None:
    fill(office)
    ada, before, tables = office.sign_in("admin"), count(office), find_tables()
    marks = str(tables["attributes.csv"])
    tables["attributes.csv"] = marks.replace(",loc-01,location,confidential", ",,,")
    answer = send(ada, pack(tables))
    assert answer.status_code == 422 and "Take it in" not in answer.text
    assert "It would open what is confidential here" in answer.text
    assert "take the mark away by hand" in answer.text
    assert re.findall(r'<li dir="auto">([^<]+)<', answer.text) == ["Harbor House shelter"]
    assert is_clean(office) and count(office) == before


def test_what_has_become_confidential_since_the_look_is_not_opened(office: Office) -> None:
    fill(office)
    ada, before = office.sign_in("admin"), count(office)
    way = send(ada, pack(find_tables())).headers["location"]
    form = open_form(ada, NIGHT) | {"place-0-confidential": "on"}
    form |= {name: "" for name in form if name.startswith(("place-0-address", "place-0-postal"))}
    form |= {"place-0-name": "", "place-0-city": "", "place-0-state": ""}
    assert ada.submit(f"/directory/change/{NIGHT}", **form).status_code == 303
    answer = press(ada, ada.get(way).text, f"{way}/take")
    assert answer.status_code == 422
    assert re.findall(r'<li dir="auto">([^<]+)<', answer.text) == ["Commons night shelter"]
    assert is_clean(office) and count(office) == before
    assert find_listings(office, "Commons night shelter")[0].address is None
    kinds = [what for what, _ in find_audit(office)]
    assert kinds[-1] == "directory_package_dropped" and "directory_imported" not in kinds


def _link(name: str, target: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("services.csv", "id,name\n")
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
    return held.getvalue()


def _break(content: bytes) -> bytes:
    return content[: len(content) // 2] + b"\0\0\0\0" + content[len(content) // 2 + 4 :]


TRICKS = {
    "up": pack({"services.csv": "id\n", "../../evil.csv": "id\n"}),
    "root": pack({"services.csv": "id\n", "/etc/evil.csv": "id\n"}),
    "windows": pack({"services.csv": "id\n", "..\\evil.csv": "id\n"}),
    "deep": pack({"a/b/c/services.csv": "id\n"}),
    "two folders": pack({"a/services.csv": "id\n", "b/services.csv": "id\n"}),
    "link": _link("organizations.csv", "/etc/passwd"),
    "script": pack({"services.csv": "id\n", "run.sh": "rm"}),
    "zip in zip": pack({"services.csv": "id\n", "more.zip": pack({"a.csv": ""})}),
    "many": pack({f"t{n}.csv": "id\n" for n in range(unpacking.FILES + 1)}),
    "bomb": pack({"services.csv": b"\0" * (unpacking.UNPACKED + 1)}),
    "burst": pack({"services.csv": b"\0" * (unpacking.UNPACKED + 1)}, zipfile.ZIP_BZIP2),
    "slow": pack({"services.csv": b"\0" * 1000}, zipfile.ZIP_LZMA),
    "broken": _break(pack(find_tables())),
    "short": b"PK\x03\x04",
    "empty": pack({}),
}


#: What the page says to each.
SAID = {
    **dict.fromkeys(
        ("up", "root", "windows", "deep", "link", "script", "zip in zip"),
        "must not be in a package",
    ),
    "two folders": "in several folders",
    "many": "more than 200 files",
    "bomb": "waymark directory import",
    **dict.fromkeys(("burst", "slow"), "is packed in a way that is not read here"),
    "broken": "is not a readable",
    "short": "is not a readable zip",
    "empty": "holds no services.csv",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_of_a_zip_leaves_anything(office: Office, trick: str) -> None:
    ada = office.sign_in("admin")
    around = set(office.settings.home.parent.rglob("*.csv"))
    answer = send(ada, TRICKS[trick])
    fault = re.search(r'role="alert">([^<]+)<', answer.text)
    assert answer.status_code == 422 and fault and SAID[trick] in fault[1]
    assert "Traceback" not in answer.text
    assert str(office.settings.home) not in answer.text
    assert is_clean(office)
    assert set(office.settings.home.parent.rglob("*.csv")) == around


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.zip"),
        (b"{", "x.json"),
        (b"[]", "x.json"),
        (b"MZ", "x.exe"),
        (b"[" * 9_999, "x.json"),
    ],
)
def test_what_is_no_package_is_said_to_be_none(office: Office, content: bytes, name: str) -> None:
    ada = office.sign_in("admin")
    answer = send(ada, content, name)
    assert answer.status_code == 422 and "alert" in answer.text and is_clean(office)


def test_fifty_megabytes_are_not_even_read(office: Office) -> None:
    ada = office.sign_in("admin")
    answer = send(ada, b"[" + b" " * 50_000_000 + b"]", "large.json")
    assert answer.status_code == 413
    assert "waymark directory import" in answer.text and is_clean(office)
    answer = send(ada, b"[" + b" " * (unpacking.SENT + 1) + b"]", "large.json")
    assert answer.status_code in {413, 422} and "waymark directory import" in answer.text
    assert is_clean(office)


def test_a_file_is_missing_or_forged(office: Office) -> None:
    ada = office.sign_in("admin")
    assert "Choose the file" in ada.submit(PATH).text
    answer = ada.post(PATH, files={"file": ("x.zip", b"PK")}, follow_redirects=False)
    assert answer.status_code == 403
    for name in ("0123456789abcdef", "x" * 16, "..%2f..%2fkeys"):
        assert ada.get(f"{PATH}/{name}").status_code == 404
        assert ada.submit(f"{PATH}/{name}/take").status_code == 404


def test_a_single_service_of_an_interface_is_a_package(office: Office) -> None:
    fill(office)
    ada, document = office.sign_in("admin"), find_entry(office, NIGHT).document
    way = send(ada, json.dumps(document).encode(), "one.json").headers["location"]
    assert "<dt>Gone</dt><dd>44</dd>" in ada.get(way).text


def _read_all(home: Path) -> bytes:
    return b"".join(one.read_bytes() for one in home.rglob("*") if one.is_file())
