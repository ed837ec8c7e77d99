"""One point of ``localise.toml`` settled or opened again, and nothing else in the file touched."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from bot.packs.errors import NoSuchPoint, NotWritten, PointChanged
from bot.packs.lock import alone
from bot.site_localise import FILE, read_points


@dataclass(frozen=True)
class Answer:
    """Whether a point is settled, and by whom."""

    done: bool
    by: str


def save_answer(folder: Path, name: str, seen: Answer, answer: Answer) -> None:
    """Write ``answer`` to the point ``name``, if it still is as somebody has ``seen`` it.

    Comments and order stay. Others wait meanwhile, so that nothing of theirs is lost. Raises
    :class:`NoSuchPoint`, :class:`PointChanged`, :class:`NotWritten` or ``SiteError``.
    """
    try:
        with alone(folder):
            points = {point.name: point for point in read_points(folder)}
            if name not in points:
                raise NoSuchPoint(name)
            if Answer(points[name].done, points[name].by) != seen:
                raise PointChanged
            file = folder / FILE
            _save(file, _render(file.read_text(encoding="utf-8"), name, answer))
    except OSError as error:
        raise NotWritten(error.strerror) from error


def _render(text: str, name: str, answer: Answer) -> str:
    """The text with one answer in it. Raises :class:`NotWritten` if it then says anything else."""
    wanted = tomllib.loads(text)
    wanted[name].update(vars(answer))
    written = tomlkit.parse(text)
    for key, value in vars(answer).items():
        written[name][key] = value
    rendered = tomlkit.dumps(written)
    if tomllib.loads(rendered) != wanted:
        raise NotWritten(f"{FILE} cannot be changed here; change it by hand.")
    return rendered


def _save(file: Path, text: str) -> None:
    """Replace the file as a whole, so that nobody reads half of it."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("x", encoding="utf-8") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
