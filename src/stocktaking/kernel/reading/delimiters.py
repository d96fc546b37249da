"""Which delimiter separates the cells of a text, told by a bounded sample of it."""

import csv
import re
from collections.abc import Iterable
from contextlib import suppress

from stocktaking.kernel.reading.heads import find_header
from stocktaking.kernel.reading.limits import COLUMNS_MAX, ROWS_SEEN
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.separated import BARE_RETURN, KEPT_RETURN, Dialect

DELIMITERS = (",", ";", "\t", "|")
_LINE = re.compile("[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_QUOTED = re.compile('"[^"]*"')
_STATED = re.compile("sep=([^\r\n])\r?\n?")  # how a spreadsheet states it, in the first line


def stated(sample: str) -> str:
    """The delimiter that the first line of a file states."""
    found = _STATED.match(sample)
    return found[1] if found else ""


def returns_end_lines(sample: str, quoted: re.Pattern[str] = _QUOTED) -> bool:
    """Whether bare carriage returns are the line ends of the file; what is quoted tells nothing."""
    plain = quoted.sub("", sample)
    return len(BARE_RETURN.findall(plain)) > plain.count("\n")


def sniff(sample: str, *, whole: bool, delimiter: str = "", header: int = 0) -> tuple[Dialect, int]:
    """The dialect with which most rows have as many cells as the heads, and that number.

    ``whole`` says that the sample is not cut off; ``header`` is the line of the heads, where
    that is known. A single column has no delimiter: a comma.
    """
    if delimiter and (len(delimiter) > 1 or delimiter in '"\r\n'):
        raise Unreadable("delimiter_unknown", delimiter=delimiter[:40])
    texts = [sample]
    if BARE_RETURN.search(sample) and not returns_end_lines(sample):
        texts.insert(0, BARE_RETURN.sub(KEPT_RETURN, sample))
    candidates = [
        (Dialect(one, spaced), _LINE.findall(text))
        for one in ([delimiter] if delimiter else DELIMITERS)
        for spaced in (False, True)
        for text in texts
        if not spaced or f'{one} "' in sample
    ]
    best, width, most = candidates[0][0], 1, _score([], 0)
    for dialect, lines in candidates:
        places, rows = _rows(dialect, lines, whole)
        if header in places:
            heads, doubtful = places.index(header), False
        else:
            heads, doubtful = find_header(rows)
        found = len(rows[heads]) if rows else 0
        score = _score([len(row) == found for row in rows[heads + 1 :]], found, heads, doubtful)
        if score > most:
            best, width, most = dialect, found, score
    if width > COLUMNS_MAX:
        raise Unreadable("too_many_columns", most=COLUMNS_MAX)
    return best, width


def _score(
    fits: list[bool], width: int, header: int = 0, doubtful: bool = False
) -> tuple[float, bool, int, int]:
    share = sum(fits) / len(fits) if fits else 0.5  # nothing speaks for it, nor against
    return (round(share, 1) if width > 1 else 0.0, not doubtful, -header, width)


def _rows(dialect: Dialect, lines: Iterable[str], whole: bool) -> tuple[list[int], list[list[str]]]:
    """Rows, and the line on which each begins."""
    places: list[int] = []
    rows: list[list[str]] = []
    given = _Given(lines)
    place = 1
    with suppress(csv.Error):
        for row in dialect.reader(given):
            if row:
                places.append(place)
                rows.append(row)
            place = given.count + 1
            if len(rows) > ROWS_SEEN:
                break
        else:
            if not whole and len(rows) > 1:
                rows.pop()  # cut off
    return places[: len(rows)], rows


class _Given:
    """Lines, counted as they are taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.count = 0

    def __iter__(self) -> "_Given":
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.count += 1
        return line
