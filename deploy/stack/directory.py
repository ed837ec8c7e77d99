"""Load the site's directory in a process of its own, which gives its memory back when it ends."""

from __future__ import annotations

import asyncio
import os
import sys

from bot.commands.directory import load_directory
from bot.directory.errors import PackageUnreadable
from bot.settings import load
from bot.site import load_site


def main() -> int:
    """0 when it is loaded, 1 with one sentence when it cannot be read."""
    settings = load(os.environ)
    try:
        asyncio.run(load_directory(settings, load_site(settings.site_path)))
    except PackageUnreadable as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
