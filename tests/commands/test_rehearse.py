"""``waymark release rehearse`` asks the worker, waits, and says which conversations differ."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from bot.cli import main

REHEARSE = ("release", "rehearse")
OTHERWISE = {"text": "'Hello' (en) goes otherwise: after 'hi' one hears nothing and not utter_a."}
Play = Callable[..., None]


@pytest.fixture
def play(
    plain_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Play]:
    """Ends the rehearsal that is asked for, as the worker would."""
    monkeypatch.setenv("WAYMARK_HOME", str(tmp_path))
    monkeypatch.setenv("WAYMARK_DATABASE_URL", plain_database_url)
    threads = []

    def begin(**values: Any) -> None:
        threads.append(threading.Thread(target=_end, args=(plain_database_url, values)))
        threads[-1].start()

    yield begin
    for thread in threads:
        thread.join()


def _end(url: str, values: dict[str, Any]) -> None:
    columns = ", ".join(f"{name} = %s" for name in values)
    deadline = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as connection:
        while time.monotonic() < deadline:
            ended = connection.execute(
                f"UPDATE rehearsal SET {columns} WHERE script = '*' AND release_id IS NULL",
                tuple(values.values()),
            )
            if ended.rowcount:
                return
            time.sleep(0.05)


def test_all_that_go_as_written_are_counted(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    play(state="done", result=Jsonb({"played": 74, "differences": []}))
    assert main(REHEARSE) == 0
    assert capsys.readouterr().out == "All 74 conversations go as they are written.\n"


def test_one_that_goes_otherwise_is_told(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    result = {"played": 74, "differences": [OTHERWISE]}
    play(state="done", result=Jsonb(result))
    assert main((*REHEARSE, "--json")) == 1
    assert json.loads(capsys.readouterr().out) == result


def test_why_it_cannot_be_played_is_told(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    play(state="failed", fault="The engine does not answer.")
    assert main(REHEARSE) == 1
    said = capsys.readouterr()
    assert said.out == "" and "The engine does not answer." in said.err
