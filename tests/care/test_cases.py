"""Every message in ``cases/<kind>.<language>.txt`` is found as what the file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.care.screen import Kind, Screen

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.txt"))
AT_LEAST_SIXTY = ("danger", "medical", "suicide", "child", "opt_out")


def _messages(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _table() -> list[tuple[str, str, str]]:
    return [
        (path.name.split(".")[0], path.name.split(".")[1], message)
        for path in FILES
        for message in _messages(path)
    ]


@pytest.mark.parametrize(("expected", "language", "message"), _table())
def test_message_is_found_as_its_kind(
    screen: Screen, expected: str, language: str, message: str
) -> None:
    finding = screen.look(message)
    assert (finding.kind.value if finding else "nothing") == expected
    assert finding is None or finding.language in {language, None}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", AT_LEAST_SIXTY)
def test_there_are_at_least_sixty_messages_of_each_grave_kind(kind: str, language: str) -> None:
    assert len(set(_messages(CASES / f"{kind}.{language}.txt"))) >= 60


def test_every_file_names_a_kind() -> None:
    kinds = {kind.value for kind in Kind} | {"nothing"}
    assert {path.name.split(".")[0] for path in FILES} <= kinds
