"""The bytes of a file, unpacked where they are packed with gzip, and never more than a limit."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from stocktaking.kernel.reading.limits import (
    FILE_MAX,
    LOOKED_MAX,
    MEGABYTE,
    PIECE,
    RATIO_FROM,
    RATIO_MAX,
    SAMPLE,
)
from stocktaking.kernel.reading.refusals import Unreadable

GZIP = b"\x1f\x8b"


class Enough(Exception):  # noqa: N818 - it says what happened
    """A look has read so much that it stops."""


class Source(ExitStack):
    """A file that can be read from its start again and again; what it opens it closes.

    ``brief`` where its first records are enough.
    """

    def __init__(self, path: str | Path, *, brief: bool = False) -> None:
        super().__init__()
        self.brief = brief
        self.path = Path(path)
        self.size = self.path.stat().st_size
        with self.path.open("rb") as file:
            self.packed = file.read(2) == GZIP

    @cached_property
    def head(self) -> bytes:
        """The first bytes, unpacked."""
        whole = b""
        for piece in self.pieces():
            whole += piece
            if len(whole) >= SAMPLE:
                break
        return whole[:SAMPLE]

    @property
    def sampled(self) -> bool:
        """Whether the head is not all of it."""
        return len(self.head) >= SAMPLE

    def pieces(self, skip: int = 0) -> Iterator[bytes]:
        """All bytes, without the first ``skip``; Unreadable where they are damaged or too many."""
        with self.enter_context(self.path.open("rb")) as file:
            yield from self._unpacked(file, skip) if self.packed else self._plain(file, skip)

    def read(self, skip: int = 0) -> Iterator[bytes]:
        """The same for reading records: ends where a look has seen enough."""
        total = 0
        for piece in self.pieces(skip):
            yield piece
            total += len(piece)
            if self.brief and total > LOOKED_MAX:
                raise Enough

    def _plain(self, file: BinaryIO, skip: int) -> Iterator[bytes]:
        if self.size > FILE_MAX:
            raise too_large()
        file.seek(skip)
        while piece := file.read(PIECE):
            yield piece

    def _unpacked(self, file: BinaryIO, skip: int) -> Iterator[bytes]:
        total = 0
        try:
            with gzip.open(file) as unpacked:
                while piece := unpacked.read(PIECE):
                    total += len(piece)
                    if total > RATIO_FROM and total > RATIO_MAX * self.size:
                        raise Unreadable("file_bomb")
                    if total > FILE_MAX:
                        raise too_large()
                    yield piece[skip:] if skip else piece
                    skip = 0
        except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
            raise Unreadable("file_damaged") from problem


def too_large() -> Unreadable:
    return Unreadable("file_too_large", most=FILE_MAX // MEGABYTE)
