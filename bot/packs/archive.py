"""The archive: a gzip file of plain tar entries, written in one way only and read strictly.

An entry that reads other than it would be written here is refused: so no link, no device, no
second name and no hidden field has to be told apart from a harmless one.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from bot.packs import limits
from bot.packs.errors import NotAFile, NotAPack, PackTooLarge, UnsafeName
from bot.packs.names import show
from bot.packs.stream import GZIP, Stream

BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * BLOCK)
#: Read and written by their owner, read by others.
_MODE = 0o644


@dataclass(frozen=True)
class Entry:
    """One file as the archive announces it. ``size`` in bytes, ``made`` in Unix seconds."""

    name: str
    size: int
    made: int


def render_archive(files: Iterable[tuple[str, bytes]], made: int) -> bytes:
    """The archive of ``files``, in their order. Raises ``UnsafeName`` or ``PackTooLarge``."""
    plain = b"".join(
        part
        for name, content in files
        for part in (_render_header(Entry(name, len(content), made)), content, _fill(len(content)))
    )
    if len(plain) + len(_END) > limits.UNPACKED:
        raise PackTooLarge(f"unpacked it has more than {limits.UNPACKED // 10**6} MB.")
    engine = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    packed = engine.compress(plain + _END) + engine.flush()
    if len(packed) > limits.PACKED:
        raise PackTooLarge(f"it has more than {limits.PACKED // 10**6} MB.")
    return packed


class Archive:
    """An archive that is read from its beginning to its end, once."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def next_entry(self) -> Entry | None:
        """The next file, ``None`` after the last one.

        Raises :class:`NotAPack`, :class:`NotAFile` or :class:`PackTooLarge`.
        """
        header = self._stream.read(BLOCK)
        if header == bytes(BLOCK):
            if self._stream.read(BLOCK) != bytes(BLOCK):
                raise NotAPack
            self._stream.finish()
            return None
        return _parse_header(header)

    def take(self, entry: Entry) -> bytes:
        """The content of the entry that was read last. Raises as :meth:`next_entry`."""
        content = self._stream.read(entry.size)
        if self._stream.read(len(_fill(entry.size))).strip(b"\0"):
            raise NotAPack
        return content


def _parse_header(untrusted: bytes) -> Entry:
    try:
        found = tarfile.TarInfo.frombuf(untrusted, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        raise NotAPack from error
    if found.type != tarfile.REGTYPE:
        raise NotAFile(show(found.name))
    entry = Entry(found.name, found.size, int(found.mtime))
    if entry.size < 0 or _render_header(entry) != untrusted:
        raise NotAPack
    return entry


def _render_header(entry: Entry) -> bytes:
    header = tarfile.TarInfo(entry.name)
    header.size, header.mtime, header.mode = entry.size, entry.made, _MODE
    try:
        return header.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")
    except ValueError as error:
        raise UnsafeName(show(entry.name)) from error


def _fill(size: int) -> bytes:
    """What makes the last block whole."""
    return bytes(-size % BLOCK)
