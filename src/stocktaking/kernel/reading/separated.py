"""Rows of a text whose cells are separated by a delimiter (CSV, RFC 4180).

Quotes are taken as the standard says. Where a row breaks it, it is read leniently as long as it
has as many cells as there are columns (``quote_misplaced``); else its first line is a row at
fault (``quote_open``), and reading goes on behind that line, so that one stray quotation mark does
not swallow the rows below. A bare carriage return outside quotes is a break within a cell where
the row then has as many cells as there are columns, else a line end.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from stocktaking.kernel.reading.limits import RECORD_MAX, shown
from stocktaking.kernel.reading.lines import Line
from stocktaking.kernel.reading.records import Note

# of the whole process; what is read here is bounded by the lines that make a row
csv.field_size_limit(2 * RECORD_MAX)

LINES_OF_ROW_MAX = 20_000  # of one row with its cells of several lines
READ_AGAIN_MAX = 16 * RECORD_MAX  # letters of a file read twice because of open quotes
BARE_RETURN = re.compile("\r(?=[^\n])")  # one at the end of a line is its end
# stands for a bare return while a row is taken apart; half a letter, which no encoding reads
KEPT_RETURN = "\udc0d"
_WITH_END = re.compile("[^\r]*\r\n?|[^\r]+")


@dataclass
class Row:
    """``place`` is the line on which it starts, ``raw`` the row as it stands in the file without
    its line end, ``returns`` the places of cells whose bare carriage returns were kept."""

    place: int
    cells: list[str]
    raw: str
    encoding: str = ""  # that was needed, if not the first
    notes: list[Note] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)
    errors: Mapping[int, str] = field(default_factory=dict)  # shown by cells of a spreadsheet
    returns: Sequence[int] = ()


@dataclass(frozen=True)
class Dialect:
    delimiter: str
    spaced: bool = False  # a blank stands between delimiter and quotation mark

    def reader(
        self, lines: Iterator[str], *, strict: bool = False, quotes: bool = True
    ) -> Iterator[list[str]]:
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            skipinitialspace=self.spaced,
            strict=strict,
            quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
        )


class Rows:
    """The rows of a file. ``width`` is the number of columns, 0 while it is not known."""

    def __init__(
        self, lines: Iterator[Line], dialect: Dialect, *, width: int = 0, returns: str = ""
    ) -> None:
        self.lines = _Lines(lines)
        self.strict = dialect.reader(self.lines, strict=True)
        self.dialect = dialect
        self.width = width
        self.returns = returns
        self.again = 0

    def __iter__(self) -> Iterator[Row]:
        while True:
            self.lines.begin()
            try:
                cells = next(self.strict)
            except StopIteration:
                if not self.lines.skipped:
                    return
                fault = Note("line_too_long", params={"most": RECORD_MAX})
                yield Row(self.lines.number, [], "", faults=[fault])
            except csv.Error:
                if row := self._mended():
                    yield row
            else:
                if cells:
                    yield self._row(cells)

    def _row(self, cells: list[str]) -> Row:
        taken = self.lines.taken
        if len(taken) == 1:
            [(place, raw, encoding)] = taken
        else:
            place = taken[0][0]
            raw = "".join(raw for _, raw, _ in taken)
            encoding = next((encoding for *_, encoding in taken if encoding), "")
        row = Row(place, cells, raw.removesuffix("\n").removesuffix("\r"), encoding)
        return _with_kept(row) if KEPT_RETURN in raw else row

    def _mended(self) -> Row | None:
        """The row that breaks the standard; None where its lines have to be read anew."""
        taken = self.lines.taken
        if self.returns != "line" and any(BARE_RETURN.search(raw) for _, raw, _ in taken):
            return self._with_returns(taken)
        return self._lenient() or self._open_quote()

    def _with_returns(self, taken: "list[_Taken]") -> Row | None:
        self.lines.put_back(
            [(place, BARE_RETURN.sub(KEPT_RETURN, raw), one) for place, raw, one in taken]
        )
        self.lines.begin()
        row = None
        with suppress(csv.Error, StopIteration):
            row = self._row(next(self.strict))
        if row and (self.returns or self.width in (0, len(row.cells))):
            return row
        if not self.returns:
            pieces = _cut_at_returns(self.lines.taken)
            first = next(self.dialect.reader(iter([pieces[0][1]])), [])
            if len(first) == self.width and len(pieces) > len(self.lines.taken):
                self.lines.put_back(pieces, more=len(pieces) - len(self.lines.taken))
                return None
        return row or self._lenient() or self._open_quote()

    def _lenient(self) -> Row | None:
        """The row with its quotes taken loosely, where it then fits the columns."""
        taken = self.lines.taken
        self.again += sum(len(raw) for _, raw, _ in taken)
        self.lines.put_back(taken)
        self.lines.begin()
        try:
            cells = next(self.dialect.reader(self.lines))
        except (csv.Error, StopIteration):
            cells = []
        if self.lines.stopped or self.width not in (0, len(cells)) or not cells:
            return None
        if any(self._is_row(raw) for _, raw, _ in self.lines.taken[1:]):
            return None  # rows below were taken into a cell
        row = self._row(cells)
        row.notes.append(Note("quote_misplaced", params={"text": shown(row.raw.strip())}))
        return row

    def _is_row(self, line: str) -> bool:
        """Whether a line by itself has as many cells as there are columns."""
        try:
            return len(next(self.dialect.reader(iter([line])), [])) == self.width > 1
        except csv.Error:
            return False

    def _open_quote(self) -> Row:
        """The first line as a row at fault; those behind it are read again, within reason."""
        (place, raw, encoding), *behind = self.lines.taken
        line = BARE_RETURN.sub(KEPT_RETURN, raw.rstrip("\r\n"))
        cells = next(self.dialect.reader(iter([line]), quotes=False), [])
        if self.again <= READ_AGAIN_MAX:
            self.lines.put_back(behind)
        row = _with_kept(Row(place, cells, raw, encoding))
        row.faults.append(Note("quote_open", params={"text": shown(row.raw.strip())}))
        return row


def _with_kept(row: Row) -> Row:
    """The row with its bare returns in place of what stood for them."""
    row.returns = [at for at, cell in enumerate(row.cells) if KEPT_RETURN in cell]
    row.cells = [cell.replace(KEPT_RETURN, "\r") for cell in row.cells]
    row.raw = row.raw.replace(KEPT_RETURN, "\r")
    return row


_Taken = tuple[int, str, str]  # number, text, encoding of a line


class _Lines:
    """Lines for the reader of a row, which are remembered until the next row begins."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.waiting: deque[_Taken | None] = deque()
        self.number = 0
        self.begin()

    def begin(self) -> None:
        self.taken: list[_Taken] = []
        self.letters = 0
        self.stopped = False  # the lines, or what one row may have, ended
        self.skipped = False  # at a line that is too long for a row

    def put_back(self, lines: list[_Taken], more: int = 0) -> None:
        """Have lines read again; ``more`` of them than they were, which counts for those below."""
        if more:
            self.number += more
            self.waiting = deque(one and (one[0] + more, *one[1:]) for one in self.waiting)
        self.waiting.extendleft(reversed(lines))

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self._read()
        if line is None or self._full(line):
            self.stopped = True
            if self.taken:
                self.waiting.appendleft(line)
            else:
                self.skipped = True
            raise StopIteration
        self.taken.append(line)
        self.letters += len(line[1])
        return line[1]

    def _full(self, line: _Taken) -> bool:
        longer = self.letters + len(line[1]) > RECORD_MAX
        return bool(self.taken) and (longer or len(self.taken) >= LINES_OF_ROW_MAX)

    def _read(self) -> _Taken | None:
        try:
            text, encoding = next(self.lines)
        except StopIteration:
            self.stopped = True
            raise
        self.number += 1
        return None if text is None else (self.number, text, encoding)


def _cut_at_returns(taken: list[_Taken]) -> list[_Taken]:
    pieces = [
        (piece, encoding)
        for _, raw, encoding in taken
        for piece in _WITH_END.findall(raw.replace(KEPT_RETURN, "\r"))
    ]
    return [(place, *piece) for place, piece in enumerate(pieces, start=taken[0][0])]
