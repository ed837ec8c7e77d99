"""The list of what a pack holds, which is what its sender signs."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.packs import limits
from bot.packs.errors import NamesClash, NotAPack, PackTooLarge, WrongVersion
from bot.packs.names import check_names

NAME = "manifest.json"
FORMAT = 1

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_TIME_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_HASH = re.compile(r"[0-9a-f]{64}")
#: Characters of a site's name.
_LONGEST = 200


@dataclass(frozen=True)
class Manifest:
    """``files``: the SHA-256 of each file in hex, by its name in the pack."""

    site: str
    made: datetime
    files: Mapping[str, str]


def find_hash(content: bytes) -> str:
    """How the list names a content."""
    return hashlib.sha256(content).hexdigest()


def render_manifest(manifest: Manifest) -> bytes:
    """The list as it is signed. One state has one form."""
    written = {
        "format": FORMAT,
        "site": manifest.site,
        "made": manifest.made.astimezone(UTC).strftime(_TIME),
        "files": dict(sorted(manifest.files.items())),
    }
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_manifest(untrusted: bytes) -> Manifest:
    """The list, if every name in it is one that may be written.

    Raises :class:`NotAPack`, :class:`WrongVersion`, :class:`PackTooLarge`, ``UnsafeName`` or
    :class:`NamesClash`.
    """
    try:
        written = json.loads(untrusted.decode("utf-8"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise NotAPack from error
    if not isinstance(written, dict) or "format" not in written:
        raise NotAPack
    if type(written["format"]) is not int or written["format"] != FORMAT:
        raise WrongVersion(ascii(written["format"])[:20])
    if written.keys() != {"format", "site", "made", "files"}:
        raise NotAPack
    return Manifest(
        _parse_site(written["site"]), _parse_time(written["made"]), _parse_files(written["files"])
    )


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NamesClash("its list names one twice.")
    return found


def _parse_site(untrusted: Any) -> str:
    if not isinstance(untrusted, str) or not 0 < len(untrusted) <= _LONGEST:
        raise NotAPack
    if not untrusted.isprintable():  # it is shown on a terminal
        raise NotAPack
    return untrusted


def _parse_time(untrusted: Any) -> datetime:
    if not isinstance(untrusted, str) or not _TIME_WRITTEN.fullmatch(untrusted):
        raise NotAPack
    try:
        return datetime.strptime(untrusted, _TIME).replace(tzinfo=UTC)
    except ValueError as error:
        raise NotAPack from error


def _parse_files(untrusted: Any) -> dict[str, str]:
    if not isinstance(untrusted, dict):
        raise NotAPack
    if len(untrusted) > limits.FILES:
        raise PackTooLarge(f"it has more than {limits.FILES} files.")
    if not all(isinstance(one, str) and _HASH.fullmatch(one) for one in untrusted.values()):
        raise NotAPack
    check_names(untrusted)
    return untrusted
