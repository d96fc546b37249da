"""Which delimiter separates the cells of a text, told by a bounded sample of it."""

import csv
import re
from collections.abc import Iterable

from stocktaking.kernel.reading.heads import find_header
from stocktaking.kernel.reading.limits import COLUMNS_MAX, ROWS_SEEN
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.separated import BARE_RETURN, Dialect
from stocktaking.kernel.reading.tidying import KEPT_RETURN

DELIMITERS = (",", ";", "\t", "|")
_LINE = re.compile("[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_QUOTED = re.compile('"[^"]*"')
_STATED = re.compile("sep=([^\r\n])\r?\n?")  # how a spreadsheet states it, in the first line


def stated(sample: str) -> str:
    """The delimiter that the first line of a file states."""
    found = _STATED.match(sample)
    return found[1] if found else ""


def returns_end_lines(sample: str) -> bool:
    """Whether bare carriage returns are the line ends of the file; what is quoted tells nothing."""
    plain = _QUOTED.sub("", sample)
    return len(BARE_RETURN.findall(plain)) > plain.count("\n")


def sniff(sample: str, *, whole: bool, delimiter: str = "") -> tuple[Dialect, int]:
    """The dialect with which most rows have as many cells as the heads, and that number.

    ``whole`` says that the sample is not cut off. A single column has no delimiter: a comma.
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
        rows = _rows(dialect, lines, whole)
        header, doubtful = find_header(rows)
        found = len(rows[header]) if rows else 0
        score = _score([len(row) == found for row in rows[header + 1 :]], found, header, doubtful)
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


def _rows(dialect: Dialect, lines: Iterable[str], whole: bool) -> list[list[str]]:
    rows = []
    try:
        for row in dialect.reader(iter(lines)):
            if row:
                rows.append(row)
            if len(rows) > ROWS_SEEN:
                return rows
    except csv.Error:
        return rows
    return rows if whole or len(rows) < 2 else rows[:-1]
