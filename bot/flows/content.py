"""Which files make the conversation, and a name for their exact state."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

#: Where the code is, and the content that came with it.
SHIPPED = Path(__file__).resolve().parents[2]
#: What a release of the conversation is made of.
RELEASED = ("config.yml", "domain.yml", "data")
#: Parts of ``data`` that the engine's trainer reads. The rest is read as it is, at the start.
READ_BY_ENGINE = ("nlu", "responses", "rules")


def find_content(root: Path) -> Iterator[Path]:
    """Every file of the content under ``root`` that a trained model depends on, in order."""
    yield root / "config.yml"
    yield root / "domain.yml"
    for part in READ_BY_ENGINE:
        yield from sorted((root / "data" / part).rglob("*.yml"))
    yield from sorted((root / "data" / "lexicon").glob("*.tsv"))


def _find_code() -> Iterator[Path]:
    """The code that learns, understands and decides, and the libraries below it."""
    for room in ("nlu", "policies"):
        yield from sorted((SHIPPED / "engine" / room).rglob("*.py"))
    yield SHIPPED / "requirements" / "engine.txt"


def read_fingerprint(root: Path) -> str:
    """Changes when the content under ``root`` does, or the code that learns it."""
    return digest_files((root, find_content(root)), (SHIPPED, _find_code()))


def digest_released(root: Path) -> str:
    """A name for the exact state of all that a release is made of, under ``root``."""
    paths = (path for part in RELEASED for path in (root / part, *(root / part).rglob("*")))
    return digest_files((root, sorted(path for path in paths if path.is_file())))


def digest_files(*groups: tuple[Path, Iterable[Path]]) -> str:
    """A name for the exact state of files, each group below a folder, in the given order."""
    digest = hashlib.sha256()
    for folder, paths in groups:
        for path in paths:
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def save_domain(root: Path, folder: Path) -> Path:
    """One folder with the domain and all responses, as the engine's trainer wants it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(root / "domain.yml", folder / "domain.yml")
    for path in (root / "data" / "responses").glob("*.yml"):
        shutil.copy(path, folder / f"responses_{path.name}")
    return folder
