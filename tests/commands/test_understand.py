"""``waymark understand``, as an operator or a script runs it, with the trained model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "naughty_strings.jsonl"


@pytest.fixture(scope="module")
def talk() -> Iterator[subprocess.Popen[bytes]]:
    """One process that answers line by line until the end of the module."""
    with _start("--json") as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WAYMARK", "TWILIO"))}
    start = "import sys; from bot.cli import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", start, "understand", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _ask(process: subprocess.Popen[bytes], line: bytes) -> dict[str, Any]:
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None
    assert stdout is not None
    stdin.write(line + b"\n")
    stdin.flush()
    answer: dict[str, Any] = json.loads(stdout.readline())
    return answer


@pytest.mark.parametrize(
    ("text", "language", "danger", "command"),
    [
        ("he has a gun and hes outside", "en", "violence_now", None),
        ("no quiero vivir mas", "es", "suicide", None),
        ("my stepdad touches my little sister", "en", "child", None),
        ("me tomé muchas pastillas", "es", "medical", None),
        ("exit", "en", None, "exit"),
        ("STOP", "en", None, "stop"),
        ("quiero hablar con una persona", "es", None, "human"),
        ("borra mis datos", "es", None, "forget"),
        ("this homework is killing me", "en", None, None),
        ("me muero de risa jajaja", "es", None, None),
    ],
)
def test_danger_and_commands(
    talk: subprocess.Popen[bytes], text: str, language: str, danger: str | None, command: str | None
) -> None:
    answer = _ask(talk, text.encode())
    assert (answer["danger"], answer["command"]) == (danger, command)
    assert answer["language"] == language or command in {"exit", "stop"}


def test_intent_ranking_and_entities(talk: subprocess.Popen[bytes]) -> None:
    answer = _ask(talk, b"i need a lawyer in eugene oregon, tmrw after 3")
    assert answer["intent"] == "need_legal"
    assert answer["ranking"][0]["intent"] == "need_legal"
    shares = [one["confidence"] for one in answer["ranking"]]
    assert shares == sorted(shares, reverse=True)
    assert answer["confidence"] == shares[0]
    assert {"town", "need", "time"} <= {entity["kind"] for entity in answer["entities"]}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("i ned a lawyre plz", "need_legal"),
        ("nceesito un abogdao", "need_legal"),
        ("are u a rbot", "ask_bot"),
        ("qien puede ver estoo", "ask_who_sees"),
    ],
)
def test_slips_of_the_thumb(talk: subprocess.Popen[bytes], text: str, intent: str) -> None:
    assert _ask(talk, text.encode())["intent"] == intent


def test_danger_in_the_middle_of_a_long_story(talk: subprocess.Popen[bytes]) -> None:
    story = "We moved here in spring and I found work at a bakery. The kids like their school. "
    said = "I already wrote my goodbye letters and tonight I am going to be with my mom in heaven. "
    answer = _ask(talk, (story * 3 + said + story * 3).encode())
    assert answer["danger"] == "suicide"
    assert _ask(talk, (story * 6).encode())["danger"] is None


@pytest.mark.parametrize("said", [".", "-", "...", "你好", "𓀀" * 30])
def test_what_says_nothing_is_not_guessed_at(talk: subprocess.Popen[bytes], said: str) -> None:
    answer = _ask(talk, said.encode())
    assert (answer["danger"], answer["ranking"]) == (None, [])


@pytest.mark.parametrize(("said", "intent"), [("👍", "affirm"), ("🙏", "thanks"), ("?", "clarify")])
def test_a_single_sign_may_say_much(talk: subprocess.Popen[bytes], said: str, intent: str) -> None:
    assert _ask(talk, said.encode())["intent"] == intent


@pytest.mark.parametrize(
    "line", [b"", b"   ", b"\xff\xfe\x00", "😀".encode(), b"a\rb", b"x" * 20_000, b"/restart"]
)
def test_any_line_is_answered_with_one(talk: subprocess.Popen[bytes], line: bytes) -> None:
    answer = _ask(talk, line)
    assert set(answer) == {
        "text", "language", "danger", "command", "intent", "confidence", "ranking", "entities"
    }  # fmt: skip
    assert answer["command"] is None


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the public data is not beside the project")
def test_many_lines_come_back_in_order() -> None:
    texts = [json.loads(line) for line in NAUGHTY.read_text(encoding="utf-8").strip().split("\n")]
    lines = [str(text["text"] if isinstance(text, dict) else text) for text in texts]
    lines = [line.split("\n")[0].removesuffix("\r") for line in lines]
    with _start("--json") as process:
        given = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
        answered, _ = process.communicate(given, timeout=120)
    assert process.returncode == 0
    assert len(answered.splitlines()) == len(lines)
    assert [json.loads(line)["text"] for line in answered.splitlines()][:50] == lines[:50]


def test_in_plain_words() -> None:
    with _start("necesito un abogado") as process:
        shown, _ = process.communicate(timeout=60)
    text = shown.decode()
    assert "need_legal" in text
    assert "none fired" in text
    assert "asks where, then shows services for legal" in text
