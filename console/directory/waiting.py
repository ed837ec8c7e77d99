"""Packages that were looked at and wait to be taken in: files below the home, for one day."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.directory.areas import Areas
from bot.directory.comparing import Difference
from bot.directory.errors import PackageUnreadable
from bot.directory.importing import Package, open_package
from bot.directory.report import Report
from bot.directory.sent_packages import FOLDER, forget_old_packages
from bot.directory.unpacking import WRITTEN_OUT, show, unpack_sent

_NAME = re.compile(r"[0-9a-f]{16}")
_LOOKED = "looked.json"
#: Reading a package takes memory.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Waiting:
    """One package: its name here, the file's name, and what came of looking."""

    name: str
    file_name: str
    report: Mapping[str, Any]
    difference: Difference


def read_sent(
    untrusted: BinaryIO, untrusted_name: str, home: Path, areas: Areas
) -> tuple[str, Package]:
    """Keep a package and read it. Nothing stays of one that cannot be used.

    Returns its name here; the package's report is ``ok`` unless the name is empty. Raises
    ``PackageUnreadable``.
    """
    forget_old_packages(home, datetime.now(UTC))
    name = secrets.token_hex(8)
    folder = home / FOLDER / name
    try:
        with _ONE_AT_A_TIME:
            path = unpack_sent(untrusted, untrusted_name, folder)
            package = _open(path, untrusted_name, areas)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not package.report.ok:
        shutil.rmtree(folder, ignore_errors=True)
        return "", package
    return name, package


def read_again(home: Path, name: str, areas: Areas) -> Package:
    """The package that waits under ``name``. Raises ``PackageUnreadable``."""
    folder = home / FOLDER / name
    single = folder / "package.json"
    with _ONE_AT_A_TIME:
        path = single if single.exists() else folder
        return open_package(path, areas.places, areas.home_state, WRITTEN_OUT)


def save_looked(
    home: Path, name: str, untrusted_file_name: str, report: Report, difference: Difference
) -> None:
    """Note beside the package what its page shows."""
    looked = {
        "file_name": show(untrusted_file_name), "report": report.to_json(),
        "difference": asdict(difference),
    }  # fmt: skip
    (home / FOLDER / name / _LOOKED).write_text(json.dumps(looked), encoding="utf-8")


def find_waiting(home: Path, untrusted_name: str) -> Waiting | None:
    """The package of this name, if it waits."""
    if not _NAME.fullmatch(untrusted_name):
        return None
    try:
        text = (home / FOLDER / untrusted_name / _LOOKED).read_text(encoding="utf-8")
    except OSError:
        return None
    looked = json.loads(text)
    said = looked["difference"]
    difference = Difference(**{**said, "gone_names": tuple(said["gone_names"])})
    return Waiting(untrusted_name, looked["file_name"], looked["report"], difference)


def find_all_waiting(home: Path) -> list[Waiting]:
    """All that wait."""
    folders = sorted((home / FOLDER).glob("*"))
    return [found for one in folders if (found := find_waiting(home, one.name))]


def drop_waiting(home: Path, name: str) -> None:
    """Keep nothing of it."""
    shutil.rmtree(home / FOLDER / name, ignore_errors=True)


def _open(path: Path, untrusted_name: str, areas: Areas) -> Package:
    """The package; what is wrong with it is told under the name that its sender knows."""
    try:
        return open_package(path, areas.places, areas.home_state, WRITTEN_OUT)
    except PackageUnreadable as error:
        raise PackageUnreadable(show(untrusted_name), error.reason) from error
