"""Settings: read once from the environment, checked, then frozen.

``NAME_FILE`` reads the value of ``NAME`` from a file, as container platforms hand
out secrets. The first bad value stops the start and is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import SettingError
from bot.store.embedded import find_cluster

Environment = Mapping[str, str]

#: What Telegram takes as the secret of a webhook: https://core.telegram.org/bots/api#setwebhook
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

#: The folder that holds the code and the content of the conversation.
ROOT = Path(__file__).resolve().parents[1]


class Secret(str):
    """A string that prints as ``***``. Use :meth:`reveal` where it is truly needed."""

    def __repr__(self) -> str:
        return "'***'"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def reveal(self) -> str:
        """The secret as a plain string."""
        return "".join(self)


@dataclass(frozen=True)
class Twilio:
    """The account that texts go through. ``api_base`` is ``None`` for Twilio's own.

    ``sender`` is a number or a Messaging Service; ``whatsapp_sender`` is ``None`` while
    WhatsApp is off.
    """

    account_sid: str
    auth_token: Secret
    sender: str
    api_base: str | None
    whatsapp_sender: str | None = None


@dataclass(frozen=True)
class Telegram:
    """The bot. ``secret`` comes back with every webhook; a polling bot needs none.

    ``api_base`` is ``None`` for Telegram's own.
    """

    token: Secret
    secret: Secret
    polling: bool
    api_base: str | None


@dataclass(frozen=True)
class Settings:
    """Every setting of the house. Ports are TCP ports; paths are absolute."""

    home: Path
    site_path: Path
    database_url: Secret
    port: int
    console_port: int
    engine_port: int
    actions_port: int
    public_url: str
    console_url: str
    engine_token: Secret
    twilio: Twilio | None
    telegram: Telegram | None


def find_home(env: Environment) -> Path:
    """The folder for keys, models and releases."""
    return Path(env.get("WAYMARK_HOME") or "var").resolve()


def load(env: Environment) -> Settings:
    """Settings from ``env``. Raises :class:`SettingError` naming the first bad value."""
    port = parse_port(env, "WAYMARK_PORT", 8000)
    console_port = parse_port(env, "WAYMARK_CONSOLE_PORT", 8001)
    home = find_home(env)
    return Settings(
        home=home,
        site_path=_folder(env, "WAYMARK_SITE", "sites/demo"),
        database_url=_database_url(env, home),
        port=port,
        console_port=console_port,
        engine_port=parse_port(env, "WAYMARK_ENGINE_PORT", 5005),
        actions_port=parse_port(env, "WAYMARK_ACTIONS_PORT", 5055),
        public_url=_url(env, "WAYMARK_PUBLIC_URL", f"http://127.0.0.1:{port}"),
        # By name, for a passkey belongs to a name and not to a number.
        console_url=_url(env, "WAYMARK_CONSOLE_URL", f"http://localhost:{console_port}"),
        engine_token=Secret(_value(env, "WAYMARK_ENGINE_TOKEN") or ""),
        twilio=_twilio(env),
        telegram=_telegram(env),
    )


def _value(env: Environment, name: str) -> str | None:
    """The value of ``name``, or the content of the file that ``NAME_FILE`` points to."""
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE", "names a file that cannot be read") from error
    return env.get(name, "").strip() or None


def parse_port(env: Environment, name: str, default: int) -> int:
    """The TCP port that ``name`` sets. Raises :class:`SettingError`."""
    value = _value(env, name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise SettingError(name, "must be a port number between 1 and 65535")
    return int(value)


def _folder(env: Environment, name: str, default: str) -> Path:
    path = Path(_value(env, name) or default).resolve()
    if not path.is_dir():
        raise SettingError(name, "must name a folder that exists")
    return path


def _url(env: Environment, name: str, default: str) -> str:
    url = (_value(env, name) or default).rstrip("/")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingError(name, "must be an address that starts with http:// or https://")
    return url


def _database_url(env: Environment, home: Path) -> Secret:
    url = _value(env, "WAYMARK_DATABASE_URL") or find_cluster(home).url
    if not url.startswith(("postgresql://", "postgres://")):
        raise SettingError("WAYMARK_DATABASE_URL", "must start with postgresql://")
    return Secret(url)


def _twilio(env: Environment) -> Twilio | None:
    sid, token = _value(env, "TWILIO_ACCOUNT_SID"), _value(env, "TWILIO_AUTH_TOKEN")
    sender = _value(env, "TWILIO_FROM")
    if sid is None and token is None and sender is None:
        return None
    return Twilio(
        account_sid=_required("TWILIO_ACCOUNT_SID", sid),
        auth_token=Secret(_required("TWILIO_AUTH_TOKEN", token)),
        sender=_required("TWILIO_FROM", sender),
        api_base=_url(env, "TWILIO_API_BASE", "") if env.get("TWILIO_API_BASE") else None,
        whatsapp_sender=_whatsapp_sender(env),
    )


def _whatsapp_sender(env: Environment) -> str | None:
    sender = _value(env, "TWILIO_WHATSAPP_FROM")
    if sender and not sender.startswith(("whatsapp:+", "MG")):
        raise SettingError("TWILIO_WHATSAPP_FROM", "must look like whatsapp:+15035550100")
    return sender


def _telegram(env: Environment) -> Telegram | None:
    token = _value(env, "TELEGRAM_BOT_TOKEN")
    if token is None:
        return None
    mode = _value(env, "TELEGRAM_MODE") or "webhook"
    if mode not in {"webhook", "polling"}:
        raise SettingError("TELEGRAM_MODE", "must be webhook or polling")
    secret = _value(env, "TELEGRAM_SECRET")
    if mode == "webhook" and not (secret and _TELEGRAM_SECRET.fullmatch(secret)):
        raise SettingError("TELEGRAM_SECRET", "must be set: up to 256 letters, digits, _ and -")
    return Telegram(
        token=Secret(token),
        secret=Secret(secret or ""),
        polling=mode == "polling",
        api_base=_url(env, "TELEGRAM_API_BASE", "") if env.get("TELEGRAM_API_BASE") else None,
    )


def _required(name: str, value: str | None) -> str:
    if value is None:
        raise SettingError(name, "must be set too: Twilio needs its account, token and sender")
    return value
