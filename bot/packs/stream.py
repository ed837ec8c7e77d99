"""A packed file, unpacked piece by piece and never further than it may grow."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from bot.packs import limits
from bot.packs.errors import NotAPack, PackTooLarge

_PIECE = 65_536
#: zlib's number for the gzip format.
GZIP = 31


class Stream:
    """What a gzip file holds. Stops before it takes more than the limits, however it was made."""

    def __init__(self, untrusted_file: BinaryIO) -> None:
        self._file = untrusted_file
        self._engine = zlib.decompressobj(GZIP)
        self._packed, self._room = 0, limits.UNPACKED

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes. Raises :class:`NotAPack` or :class:`PackTooLarge`."""
        if size > self._room:
            raise PackTooLarge(f"unpacked it has more than {limits.UNPACKED // 10**6} MB.")
        self._room -= size
        pieces: list[bytes] = []
        while size:
            pieces.append(piece := self._unpack(size))
            size -= len(piece)
        return b"".join(pieces)

    def finish(self) -> None:
        """Nothing may follow. Raises :class:`NotAPack` when something does, or the end lacks."""
        while not self._engine.eof:
            if self._unpack(1):
                raise NotAPack
        if self._engine.unused_data or self._file.read(1):
            raise NotAPack

    def _unpack(self, most: int) -> bytes:
        """Some bytes, ``most`` at most; none while the engine wants more, or at the end."""
        packed = self._engine.unconsumed_tail or self._feed()
        if self._engine.eof:
            raise NotAPack
        try:
            piece = self._engine.decompress(packed, most)
        except zlib.error as error:
            raise NotAPack from error
        if not piece and not packed and not self._engine.eof:
            raise NotAPack  # the file is cut off
        return piece

    def _feed(self) -> bytes:
        piece = self._file.read(_PIECE)
        self._packed += len(piece)
        if self._packed > limits.PACKED:
            raise PackTooLarge(f"it has more than {limits.PACKED // 10**6} MB.")
        return piece
