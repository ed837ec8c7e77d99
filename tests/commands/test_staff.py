"""``waymark staff``: an operator invites, lists and closes accounts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot.cli import main
from bot.settings import ROOT

EMAIL = "ana@shelter.example"
#: Argon2id takes its time, and no password is shown here.
ACCOUNT = (
    "INSERT INTO staff (id, email, name, role, languages, password_hash)"
    " VALUES (gen_random_uuid(), %s, 'Ana', 'navigator', '{en}', 'x') RETURNING id"
)

Run = Callable[..., int]


@pytest.fixture
def waymark(plain_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command on this test's database."""
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WAYMARK_SITE", str(ROOT / "sites" / "demo"))
    monkeypatch.setenv("WAYMARK_DATABASE_URL", plain_database_url)
    monkeypatch.setenv("WAYMARK_CONSOLE_URL", "https://desk.example")
    return lambda *arguments: main(["staff", *arguments])


@pytest.fixture
def rows(plain_database_url: str) -> Callable[[str], list[tuple[object, ...]]]:
    """What the database says."""

    def ask(question: str) -> list[tuple[object, ...]]:
        with psycopg.connect(plain_database_url) as connection:
            return connection.execute(question).fetchall()

    return ask


Rows = Callable[[str], "list[tuple[object, ...]]"]


def test_prints_a_link_and_keeps_only_its_hash(
    waymark: Run, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    assert waymark("add", "--email", "Ana@Shelter.example", "--role", "navigator",
                   "--team", "Navigators", "--languages", "es") == 0  # fmt: skip
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://desk.example/join/")
    token = link.rpartition("/")[2]
    assert len(token) >= 43
    ((email, role, team, languages, expires_at),) = rows(
        "SELECT email, role, team, languages, expires_at FROM invitation"
    )
    assert (email, role, team, languages) == (EMAIL, "navigator", "Navigators", ["es"])
    assert 71 < (expires_at - datetime.now(UTC)).total_seconds() / 3600 <= 72
    assert rows("SELECT encode(token_hash, 'escape') FROM invitation")[0][0] != token
    assert rows("SELECT what, about, staff_id FROM audit") == [("invited", "navigator", None)]


def test_a_second_invitation_ends_the_first(
    waymark: Run, rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert waymark("add", "--email", EMAIL, "--role", "navigator") == 0
    first, second = capsys.readouterr().out.split()
    assert first != second
    assert rows("SELECT count(*) FROM invitation") == [(1,)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--email", "ana", "--role", "admin"], "e-mail"),
        (["--email", "a@b\n", "--role", "admin"], "e-mail"),
        (["--email", EMAIL, "--role", "partner"], "--agency"),
        (["--email", EMAIL, "--role", "admin", "--agency", "svc-1"], "--agency"),
        (["--email", EMAIL, "--role", "navigator", "--team", "Nobody"], "Navigators"),
        (["--email", EMAIL, "--role", "navigator", "--languages", "xx"], "en, es"),
        (["--email", EMAIL, "--role", "navigator", "--languages", ","], "en, es"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(
    waymark: Run, rows: Rows, capsys: pytest.CaptureFixture[str],
    arguments: list[str], sentence: str,
) -> None:  # fmt: skip
    assert waymark("add", *arguments) == 1
    said = capsys.readouterr()
    assert sentence in said.err and said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert rows("SELECT count(*) FROM invitation") == [(0,)]


def test_lists_everybody_for_people_and_for_programs(
    waymark: Run, plain_database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _add_account(plain_database_url)
    assert waymark("list") == 0
    assert EMAIL in capsys.readouterr().out
    assert waymark("list", "--json") == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["email"], one["role"], one["enabled"]) == (EMAIL, "navigator", True)
    assert not {"password_hash", "totp_secret"} & one.keys()


def test_closing_ends_sessions_and_invitations_at_once(
    waymark: Run, rows: Rows, plain_database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    staff_id = _add_account(plain_database_url)
    waymark("add", "--email", EMAIL, "--role", "navigator")
    assert waymark("disable", "--email", EMAIL.upper()) == 0
    assert rows("SELECT disabled_at IS NOT NULL FROM staff") == [(True,)]
    assert rows("SELECT count(*) FROM staff_session") == [(0,)]
    assert rows("SELECT count(*) FROM invitation") == [(0,)]
    assert rows("SELECT about FROM audit WHERE what = 'disabled'") == [(str(staff_id),)]
    capsys.readouterr()
    assert waymark("list") == 0
    assert "(closed)" in capsys.readouterr().out


def test_nobody_to_close_is_said(waymark: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert waymark("disable", "--email", "nobody@shelter.example") == 1
    assert "Nobody" in capsys.readouterr().err


@pytest.mark.parametrize("action", ["add", "list", "disable"])
def test_every_action_explains_itself(action: str) -> None:
    program = Path(sys.executable).with_name("waymark")
    shown = subprocess.run(
        [program, "staff", action, "--help"], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0 and "usage" in shown.stdout


def _add_account(url: str) -> object:
    """Ana, signed in somewhere."""
    with psycopg.connect(url) as connection:
        (staff_id,) = connection.execute(ACCOUNT, [EMAIL]).fetchone() or (None,)
        connection.execute(
            "INSERT INTO staff_session (token_hash, staff_id, started_at, seen_at)"
            " VALUES ('x', %s, now(), now())",
            [staff_id],
        )
        return staff_id
