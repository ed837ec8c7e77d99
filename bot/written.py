"""Content files, as YAML. Read by the C parser: Python's own takes ten times as long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def parse_written(text: str) -> Any:
    """What a content file says. Raises ``yaml.YAMLError``."""
    # Builds the same plain values as safe_load and nothing else.
    return yaml.load(text, Loader=yaml.CSafeLoader)


def load_written(path: Path) -> Any:
    """The same for the file at ``path``. Raises ``OSError`` or ``yaml.YAMLError`` too."""
    return parse_written(path.read_text(encoding="utf-8"))
