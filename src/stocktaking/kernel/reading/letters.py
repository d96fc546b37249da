"""Which encoding the letters of a file are in, and what its bytes say in it.

Bytes that no encoding reads become ``UNREADABLE``, a character that no text may hold, so that
they are found again later (``tidying``).
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stocktaking.kernel.reading.records import Note, Reading
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.sources import Source
from stocktaking.kernel.reading.suspicion import suspicious

UNREADABLE = "\ufdd1"
ERRORS = "stocktaking.unreadable"
codecs.register_error(ERRORS, lambda problem: (UNREADABLE, _end(problem)))

ASSUMED = ("utf-8", "windows-1252")  # where nothing says what a file is in

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPES = ("unicode-escape", "raw-unicode-escape")  # for programs, not for texts
_PRINTED = bytes(range(32, 127))
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")
_RUNS = re.compile(rb"[\x80-\xff]+|[\0-\x7f]+")


@dataclass(frozen=True)
class Letters:
    """``encoding`` of the whole file, or the first of several ``encodings`` tried for each line;
    ``mark`` is the length of its byte order mark."""

    encoding: str
    encodings: tuple[str, ...] = ()
    mark: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def wide(self) -> bool:
        """Whether a line end is more than one byte."""
        return self.encoding.startswith(("utf-16", "utf-32"))


def settle(source: Source, reading: Reading, stated: Sequence[str] = ()) -> Letters:
    """What the letters are in: the byte order mark says it, else the rule of the reading, else
    the file itself (``stated``), else what fits: UTF-8, or UTF-8 and Windows-1252 mixed, or the
    latter alone. Reads the whole file."""
    names = [known(name) for name in reading.encodings or stated]
    narrow = [name for name in names if not Letters(name).wide]
    marked = by_mark(source.head)
    if marked is not None and (marked.wide or _reads(source, marked)):
        return marked
    mark = marked.mark if marked else 0
    if not names or len(narrow) < len(names):
        unmarked = without_mark(source)
        if unmarked is not None:
            return unmarked
    if not narrow:
        return _assumed(source, mark)
    if reading.mixed:
        return Letters(narrow[0], tuple(narrow), mark)
    for name in narrow:
        letters = Letters(name, mark=mark)
        if _reads(source, letters):
            return letters
    return Letters(narrow[0], mark=mark)


def known(name: str) -> str:
    """The usual name of an encoding that agrees with ASCII, or is one of UTF-16 and UTF-32."""
    try:
        found = codecs.lookup(name).name
        if found in _ESCAPES:
            raise LookupError(found)
        agrees = _PRINTED.decode(found, "replace").encode("ascii", "replace") == _PRINTED
    except (LookupError, ValueError) as problem:
        raise Unreadable("encoding_unknown", encoding=name[:40]) from problem
    if not agrees and not found.startswith(("utf-16", "utf-32")):
        raise Unreadable("encoding_unknown", encoding=name[:40])
    return {"cp1252": "windows-1252", "utf-8-sig": "utf-8"}.get(found, found)


def by_mark(head: bytes) -> Letters | None:
    """What the byte order mark says."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Letters(name, mark=len(mark))
    return None


def without_mark(source: Source) -> Letters | None:
    """UTF-16 that does not say so, where there is no doubt: half of its bytes tell it, and the
    whole file can be read so."""
    sample = source.head[: len(source.head) // 2 * 2]
    pairs = len(sample) // 2
    low, high = sample[::2].count(0), sample[1::2].count(0)
    if pairs < 2 or max(low, high) < pairs / 20 or min(low, high):
        return None
    letters = Letters("utf-16-le" if high else "utf-16-be")
    text = sample.decode(letters.encoding, "ignore")
    if _CONTROLS.search(text) or not _reads(source, letters):
        return None
    return letters


def _assumed(source: Source, mark: int) -> Letters:
    first, second = ASSUMED
    if _reads(source, Letters(first, mark=mark)):
        return Letters(first, mark=mark)
    if _has_both(source):
        note = Note("encoding_mixed", params={"encoding": second})
        return Letters(first, ASSUMED, mark, (note,))
    return Letters(
        second, mark=mark, notes=(Note("encoding_assumed", params={"encoding": second}),)
    )


def _reads(source: Source, letters: Letters) -> bool:
    decoder = codecs.getincrementaldecoder(letters.encoding)()
    try:
        for piece in source.pieces(letters.mark):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except ValueError:
        return False
    return True


def _has_both(source: Source) -> bool:
    """Whether some letters beyond ASCII are UTF-8, in a file where others are not."""
    rest = b""
    for piece in source.pieces():
        cut = max(piece.rfind(b"\n"), piece.rfind(b"\r"), piece.rfind(b" "))
        whole, rest = (rest + piece[:cut], piece[cut:]) if cut >= 0 else (rest + piece, b"")
        if _some_utf8(whole):
            return True
    return _some_utf8(rest)


# letters that in Windows-1252 would be a capital and a sign that never follows it in words
_UTF8 = re.compile(
    rb"(?<![\x80-\xff])"
    rb"(?:\xc2[\xa0-\xbf]|\xc3[\x80-\xbf]|[\xc4\xc5][\x80-\xba]|[\xce\xcf][\x80-\xbf]|\xd0[\x90-\xbf]"
    rb"|\xd1[\x80-\x8f]|\xd8[\xa7-\xba]|\xd9[\x81-\x8a]|[\xe1-\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2})"
)


def _some_utf8(whole: bytes) -> bool:
    return _UTF8.search(whole) is not None


def decoded(raw: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    """A line in the first encoding that reads it, and that one's name where it is not the first.

    A line that is suspicious in a later encoding may be mixed itself: if it makes better sense
    with each run of letters read in the first encoding that reads it, that is what it says.
    """
    if raw.isascii():
        return raw.decode("ascii"), ""
    for place, name in enumerate(encodings):
        try:
            text = raw.decode(name)
        except ValueError:
            continue
        if place and suspicious(text):
            finer = _by_runs(raw, encodings)
            if not suspicious(finer):
                text = finer
        return text, name if place else ""
    return _by_runs(raw, encodings), encodings[-1] if len(encodings) > 1 else ""


def _by_runs(raw: bytes, encodings: tuple[str, ...]) -> str:
    return "".join(_run(run, encodings) for run in _RUNS.findall(raw))


def _run(run: bytes, encodings: tuple[str, ...]) -> str:
    for name in encodings:
        try:
            return run.decode(name)
        except ValueError:
            continue
    return run.decode(encodings[-1], ERRORS)


def _end(problem: Exception) -> int:
    return problem.end if isinstance(problem, UnicodeDecodeError) else 0


def pieces(source: Source, letters: Letters) -> Iterator[str]:
    """All text of a file in one encoding."""
    decoder = codecs.getincrementaldecoder(letters.encoding)(ERRORS)
    for piece in source.read(letters.mark):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
