"""What a site decides about its text channels: the tables ``[sms]`` and ``[whatsapp]``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import SiteError

#: What becomes of a text at Twilio once it has arrived. Whoever forgets to choose deletes.
KEEP, DELETE, REDACT = "keep", "delete", "redact"
#: Segments a second. No carrier lets a site's numbers pass more; a greater figure is a slip.
FASTEST = 1000.0

_TEMPLATE = re.compile(r"HX[0-9a-f]{32}")


@dataclass(frozen=True)
class TextOptions:
    """One text channel. ``per_second`` is ``None`` where the kind of number decides.

    ``template`` is the one approved message that may open a WhatsApp conversation again.
    """

    channel: str
    per_second: float | None = None
    after_delivery: str = DELETE
    template: str | None = None


@dataclass(frozen=True)
class SiteChannels:
    """The text channels of a site."""

    sms: TextOptions = TextOptions("sms")
    whatsapp: TextOptions = TextOptions("whatsapp")

    @property
    def erased(self) -> frozenset[str]:
        """The channels of which the vendor is to keep no copy."""
        texts = (self.sms, self.whatsapp)
        return frozenset(one.channel for one in texts if one.after_delivery == DELETE)


def parse_channels(path: Path, content: Mapping[str, Any]) -> SiteChannels:
    """The channels that ``site.toml`` describes. Raises :class:`SiteError` with what is wrong."""
    return SiteChannels(
        sms=_parse_options(path, "sms", content.get("sms", {}), {"per_second", "after_delivery"}),
        whatsapp=_parse_options(
            path,
            "whatsapp",
            content.get("whatsapp", {}),
            {"per_second", "after_delivery", "template"},
        ),
    )


def _parse_options(path: Path, channel: str, untrusted: Any, known: set[str]) -> TextOptions:
    if not isinstance(untrusted, Mapping) or not untrusted.keys() <= known:
        raise SiteError(path, f"may hold in [{channel}] only {', '.join(sorted(known))}")
    return TextOptions(
        channel=channel,
        per_second=_parse_speed(path, channel, untrusted.get("per_second")),
        after_delivery=_parse_choice(path, channel, untrusted.get("after_delivery", DELETE)),
        template=_parse_template(path, channel, untrusted.get("template")),
    )


def _parse_speed(path: Path, channel: str, untrusted: Any) -> float | None:
    if untrusted is None:
        return None
    number = isinstance(untrusted, int | float) and not isinstance(untrusted, bool)
    if not number or not 0 < untrusted <= FASTEST:
        raise SiteError(path, f"needs in [{channel}] a per_second above 0, up to {FASTEST:g}")
    return float(untrusted)


def _parse_choice(path: Path, channel: str, untrusted: Any) -> str:
    if untrusted not in (KEEP, DELETE, REDACT):
        raise SiteError(path, f"needs in [{channel}] after_delivery keep, delete or redact")
    return str(untrusted)


def _parse_template(path: Path, channel: str, untrusted: Any) -> str | None:
    if untrusted is None:
        return None
    if not isinstance(untrusted, str) or not _TEMPLATE.fullmatch(untrusted):
        raise SiteError(path, f"needs in [{channel}] a template that looks like HX0123...")
    return untrusted
