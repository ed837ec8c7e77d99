"""Where a calendar is, and how it is opened: read from the environment when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.appointments.calendars import Calendar
from bot.errors import SettingError
from bot.settings import Secret

NO_PASSWORD = Secret("")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Address:
    """A calendar's address, and an account when it asks for one."""

    url: Secret
    user: str | None = None
    password: Secret = NO_PASSWORD


def find_address(calendar: Calendar, env: Mapping[str, str]) -> Address:
    """The address of a calendar that is not a file. Raises :class:`SettingError`."""
    name = calendar.url_env or f"The calendar '{calendar.name}'"
    url = parse_url(_read(env, calendar.url_env) if calendar.url_env else calendar.url or "")
    if url is None:
        raise SettingError(name, "must be an address that starts with https:// or webcal://")
    return Address(
        url=Secret(url),
        user=_read(env, calendar.user_env) if calendar.user_env else None,
        password=Secret(_read(env, calendar.password_env) if calendar.password_env else ""),
    )


def parse_url(untrusted_url: str) -> str | None:
    """An address that nobody on the way can read along; ``None`` for any other."""
    url = untrusted_url.strip()
    if url.startswith("webcal://"):
        url = url.replace("webcal://", "https://", 1)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or port == 0:
        return None
    return (
        url if parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK) else None
    )


def _read(env: Mapping[str, str], name: str) -> str:
    """A setting, or the content of the file that ``NAME_FILE`` points to."""
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE", "names a file that cannot be read") from error
    value = env.get(name, "").strip()
    if not value:
        raise SettingError(name, "must be set: a calendar of the site needs it")
    return value
