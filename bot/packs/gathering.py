"""What goes into a pack, and what never does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.flows.content import RELEASED
from bot.flows.edition import Edition
from bot.flows.errors import BadContent
from bot.packs.errors import NotWritten
from bot.packs.names import CONTENT, SITE
from bot.site_overlay import FILE

#: Keys, databases and copies of them. Nobody means to send one.
_NEVER = {
    ".asc", ".bak", ".db", ".dump", ".env", ".gpg", ".key", ".p12", ".pem", ".pfx", ".sql",
    ".sqlite", ".sqlite3", ".swp",
}  # fmt: skip
_NEVER_NAMED = {"__pycache__", "keyring.json", "keys", "postgres"}
#: How a secret begins that lies under a harmless name.
_SECRETS = (b"PRIVATE KEY-----", b"SQLite format 3\0")
#: Written by the house that imports, for itself alone.
_OWN = {"content", "localise.toml", "origin.toml"}


@dataclass
class Gathered:
    """``files`` by name in the pack; ``left_out`` as paths, for the sender to read."""

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[Path] = field(default_factory=list)

    def add(self, path: Path, name: str, home: Path) -> None:
        """A file, or a folder with all that is in it."""
        if not path.is_symlink() and not path.exists():
            return
        if _is_never_sent(path, home):
            self.left_out.append(path)
        elif path.is_dir():
            for one in sorted(path.iterdir(), key=lambda one: one.name):
                self.add(one, f"{name}/{one.name}", home)
        else:
            self._add_file(path, name)

    def _add_file(self, path: Path, name: str) -> None:
        content = path.read_bytes()
        if any(sign in content for sign in _SECRETS):
            self.left_out.append(path)
        else:
            self.files[name] = content


def gather(site: Path, content: Path, shipped: Path, home: Path) -> Gathered:
    """The site's folder, the content in use, and what came with the code beside it.

    ``home`` is never entered for its own sake: of it nothing but ``content`` is read. Raises
    :class:`NotWritten` when it is the site's folder, or when a file cannot be read.
    """
    try:
        return _gather(site, content, shipped, home)
    except OSError as error:
        raise NotWritten(f"{error.filename}: {error.strerror}") from error
    except BadContent as error:
        raise NotWritten(error) from error


def _gather(site: Path, content: Path, shipped: Path, home: Path) -> Gathered:
    if site == home:
        raise NotWritten("the site's folder holds the keys of this house as well.")
    gathered = Gathered()
    for path in sorted(site.iterdir(), key=lambda one: one.name):
        if path.name not in _OWN:
            gathered.add(path, f"{SITE}/{path.name}", home)
    if (content / FILE).exists() and f"{SITE}/{FILE}" in gathered.files:
        settings = Edition(content, pack=site).settings  # with what releases changed of them
        gathered.files[f"{SITE}/{FILE}"] = settings.text.encode()
    for part in RELEASED:
        gathered.add(content / part, f"{CONTENT}/{part}", home)
    for path in _find_information(shipped):
        gathered.add(path, f"{CONTENT}/{path.relative_to(shipped).as_posix()}", home)
    return gathered


def _find_information(shipped: Path) -> Iterator[Path]:
    """What the receiver reads and the house does not: who may do what, and the test sets."""
    yield shipped / "console" / "permissions.toml"
    yield from sorted((shipped / "tests" / "understanding").glob("*.yml"))


def _is_never_sent(path: Path, home: Path) -> bool:
    if path.name.startswith(".") or path.name.endswith("~") or path.is_symlink():
        return True
    if path.name in _NEVER_NAMED or path.suffix.lower() in _NEVER:
        return True
    if not (path.is_dir() or path.is_file()):
        return True  # nothing to be read from a device or a pipe
    return home.exists() and path.samefile(home)
