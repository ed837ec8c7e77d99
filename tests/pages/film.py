"""What a person sees on the screen, when the page itself can no longer be asked."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from playwright.sync_api import Page

_LENGTH, _HEAD = 4, 8
#: The kinds of row filters in a PNG, and the bytes of an even white surface behind them.
_EVEN_WHITE = frozenset({0, 1, 2, 3, 4, 255})


class Film:
    """Pictures of a window, as the browser paints them."""

    def __init__(self, page: Page) -> None:
        self._page, self._last = page, b""
        self.tools = page.context.new_cdp_session(page)
        self.tools.on("Page.screencastFrame", self._keep)
        self.tools.send("Page.startScreencast", {"format": "png"})

    def is_white(self) -> bool:
        """Whether nothing at all is seen now."""
        self._page.wait_for_timeout(50)
        while not self._last:
            self._page.wait_for_timeout(50)
        return set(zlib.decompress(_read_pixels(self._last))) <= _EVEN_WHITE

    def _keep(self, frame: Any) -> None:
        self._last = base64.b64decode(frame["data"])
        self.tools.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})


def _read_pixels(png: bytes) -> bytes:
    """The packed pixels: https://www.w3.org/TR/png-3/#5Chunk-layout"""
    at, pixels = 8, b""
    while at < len(png):
        length = int.from_bytes(png[at : at + _LENGTH], "big")
        if png[at + _LENGTH : at + _HEAD] == b"IDAT":
            pixels += png[at + _HEAD : at + _HEAD + length]
        at += _HEAD + length + _LENGTH
    return pixels
