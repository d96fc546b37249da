"""The lines of a text file, with their ends, each in its encoding; never longer than a record."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import AnyStr

from stocktaking.kernel.reading import letters as encodings
from stocktaking.kernel.reading.letters import Letters
from stocktaking.kernel.reading.limits import LINES_MAX, RECORD_MAX
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.sources import Source

# a line, None in place of one that is too long; the encoding that reads it, if not the first
Line = tuple[str | None, str]

_TEXT = re.compile("\r\n|\n|\r")
_BYTES = re.compile(rb"\r\n|\n|\r")


def text_lines(source: Source, letters: Letters, *, returns: bool) -> Iterator[Line]:
    """Lines as they stand in the file. A bare carriage return ends one only if ``returns``."""
    for number, line in enumerate(_lines(source, letters, returns=returns)):
        if number >= LINES_MAX:
            raise Unreadable("too_many_records", most=LINES_MAX)
        yield line


def _lines(source: Source, letters: Letters, *, returns: bool) -> Iterator[Line]:
    if letters.encodings:
        raw = source.read(letters.mark)
        for line in _cut(raw, b"\n", b"\r", b"", _BYTES if returns else None):
            yield (None, "") if line is None else encodings.decoded(line, letters.encodings)
    else:
        pieces = encodings.pieces(source, letters)
        for text in _cut(pieces, "\n", "\r", "", _TEXT if returns else None):
            yield text, ""


def _cut(
    pieces: Iterator[AnyStr],
    feed: AnyStr,
    returned: AnyStr,
    nothing: AnyStr,
    pattern: re.Pattern[AnyStr] | None,
) -> Iterator[AnyStr | None]:
    """Lines ended by ``feed``, or by what the pattern finds; None for one that is too long."""
    rest, skipping = nothing, False
    for piece in pieces:
        whole, held = rest + piece, nothing
        if pattern is None:
            parts = whole.split(feed)
            rest = parts.pop()
            lines = [part + feed for part in parts]
        else:
            if whole.endswith(returned):
                whole, held = whole[:-1], returned  # the first half of a line end, perhaps
            ends: list[int] = [found.end() for found in pattern.finditer(whole)]
            lines = [whole[start:end] for start, end in pairwise([0, *ends])]
            rest = (whole[ends[-1] :] if ends else whole) + held
        for line in lines:
            yield None if skipping or len(line) > RECORD_MAX else line
            skipping = False
        if skipping or len(rest) > RECORD_MAX:
            rest, skipping = held, True
    if skipping:
        yield None
    elif rest:
        yield rest


def text_pieces(source: Source, letters: Letters, marks: bytes) -> Iterator[tuple[str, str]]:
    """The text in pieces of any length, with the encoding it took, if not the first.

    Where each line may be in another encoding, so may what stands between any of the ``marks``.
    """
    if not letters.encodings:
        for text in encodings.pieces(source, letters):
            yield text, ""
        return
    any_mark = re.escape(marks)
    between = re.compile(b"[^%b]*[%b]|[^%b]+" % (any_mark, any_mark, any_mark))
    rest = b""
    for piece in source.read(letters.mark):
        whole = rest + piece
        end = max(whole.rfind(marks[place : place + 1]) for place in range(len(marks))) + 1
        if not end and len(whole) <= RECORD_MAX:
            rest = whole
            continue
        whole, rest = (whole[:end], whole[end:]) if end else (whole, b"")
        yield from _each(whole, between, letters)
    yield from _each(rest, between, letters)


def _each(whole: bytes, between: re.Pattern[bytes], letters: Letters) -> Iterator[tuple[str, str]]:
    if whole.isascii():
        yield whole.decode("ascii"), ""
        return
    for part in between.findall(whole):
        yield encodings.decoded(part, letters.encodings)
