"""A name for everything that somebody agrees to in a release. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from bot.flows.scripts import Script
from bot.store.releases import Release


def find_version(release: Release, agreed: Iterable[Script]) -> str:
    """Another one after any change; ``agreed`` are the conversations that it has otherwise.

    All of the digest, for whoever writes a release must not find two that have one name.
    """
    changes = [one.change for one in release.changes]
    told = [(str(one.place), one.before, one.after) for one in changes]
    scripts = [(*one.key, one.channel, [turn.to_json() for turn in one.turns]) for one in agreed]
    return hashlib.sha256(json.dumps([told, scripts]).encode()).hexdigest()
