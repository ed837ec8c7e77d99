"""What a site says of its directory: the table ``[directory]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import SiteError


@dataclass(frozen=True)
class SiteDirectory:
    """``share``: other directories may read it below ``/hsds``, but for confidential places."""

    share: bool = True


def parse_directory(path: Path, content: Mapping[str, Any]) -> SiteDirectory:
    """The table ``[directory]``. Raises :class:`SiteError` with what is wrong."""
    untrusted = content.get("directory", {})
    if not isinstance(untrusted, Mapping) or not untrusted.keys() <= {"share"}:
        raise SiteError(path, "may hold in [directory] only share")
    share = untrusted.get("share", SiteDirectory.share)
    if not isinstance(share, bool):
        raise SiteError(path, "needs in [directory] share as true or false")
    return SiteDirectory(share)
