"""Rows as CSV, XLSX and JSON lines: streamed, in constant memory, harmless to open.

A cell that a spreadsheet would take for a formula gets an apostrophe in front of it in CSV,
also where one would begin after a separator that the reader's spreadsheet may split at. CSV has
no other way to say "this is text"; XLSX has one, and XLSX and JSON lines carry the data as it is.
``unguard`` takes it off again.
"""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

ROWS_PER_PIECE = 200
XLSX_ROWS_MAX = 1_048_576  # with the head
XLSX_CELL_MAX = 32_767  # characters
SEPARATOR = "; "

Row = Mapping[str, Any]
Cells = Sequence[Any]  # one per column, in their order
_AS_IT_IS = frozenset({str, int, float, Decimal})

# blanks, quotes and invisible marks that a spreadsheet may skip before it looks; so many at
# most, or a text of nothing else would take quadratic time
_SKIPPED = (
    "[\\s\"'`\u00a0\u00ab\u00bb\u2018-\u201f\u200b-\u200f\u202a-\u202e"
    "\u2060\u2066-\u2069\ufeff]{0,40}"
)
_FORMULA = "[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
_AT_START = re.compile(f"^{_SKIPPED}{_FORMULA}")
_WITHIN = re.compile(f"[;\t\r\n|](?={_SKIPPED}{_FORMULA})")
_GUARDED = re.compile("(?<=[;\t\r\n|])'")
_BEHIND = re.compile(f"{_SKIPPED}{_FORMULA}")
_LOOKS = 41  # characters: what is skipped, and the sign
# one look at a whole row, a NUL before each of its cells, spares a look at each cell
_ANYWHERE = re.compile(f"[\0;\t\r\n|]{_SKIPPED}{_FORMULA}")


def write_csv(rows: Iterable[Row | Cells], columns: Sequence[str]) -> Iterator[bytes]:
    """Pieces of a UTF-8 file with byte order mark, head row, and CRLF line ends."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([guard(column) for column in columns])
    for count, row in enumerate(rows, start=1):
        writer.writerow(_csv_cells(_in_order(row, columns)))
        if count % ROWS_PER_PIECE == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def guard(text: str) -> str:
    """The text with an apostrophe where a spreadsheet would see the start of a formula."""
    if _AT_START.match(text):
        text = f"'{text}"
    return _WITHIN.sub(_with_apostrophe, text)


def unguard(text: str) -> str:
    """The text that ``guard`` made this of; one that it did not change stays.

    Only where forty blanks or quotes and more stand before a sign can two texts be guarded into
    one: then this is one of the two.
    """
    parts: list[str] = []  # from the end on; what an apostrophe was put before decides
    follows, end = "", len(text)  # the beginning of what stands behind, as long as guard looks
    for found in reversed(list(_GUARDED.finditer(text))):
        behind = text[found.end() : end]
        follows = (behind + follows)[:_LOOKS]
        added = _BEHIND.match(follows) is not None
        parts.append(behind if added else f"'{behind}")
        follows, end = ("" if added else "'") + follows, found.end() - 1
    parts.append(text[:end])
    whole = "".join(reversed(parts))
    return whole[1:] if whole.startswith("'") and _AT_START.match(whole[1:]) else whole


def _with_apostrophe(found: re.Match[str]) -> str:
    return f"{found[0]}'"


def write_xlsx(rows: Iterable[Row | Cells], columns: Sequence[str], file: IO[bytes]) -> int:
    """Write a workbook with one sheet into ``file``; the number of rows.

    Text is text, whatever it looks like; texts beyond a cell's 32 767 characters are cut and
    end in an ellipsis. OverflowError where a sheet cannot hold the rows.
    """
    workbook = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count >= XLSX_ROWS_MAX:
            raise OverflowError(f"a sheet holds {XLSX_ROWS_MAX - 1} rows")
        for place, value in enumerate(_in_order(row, columns)):
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(count, place, value)
            elif value is not None and value != "":
                sheet.write_string(count, place, _xlsx_text(value))
    workbook.close()
    return count


def write_jsonl(rows: Iterable[Row]) -> Iterator[bytes]:
    """Pieces of a file with one JSON object per line, UTF-8, dates as ISO 8601."""
    encode = _json_encoder()
    lines: list[str] = []
    for row in rows:
        lines.append(encode(row))
        if len(lines) == ROWS_PER_PIECE:
            yield ("\n".join(lines) + "\n").encode("utf-8", "replace")
            lines.clear()
    if lines:
        yield ("\n".join(lines) + "\n").encode("utf-8", "replace")


def plain(value: Any) -> str:
    """A value as text: dates as ISO 8601 (moments in UTC), several joined, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return SEPARATOR.join(plain(one) for one in value)
    return str(value)


def _in_order(row: Row | Cells, columns: Sequence[str]) -> Cells:
    return [row.get(column) for column in columns] if isinstance(row, Mapping) else row


def _csv_cells(values: Cells) -> list[Any]:
    """Numbers as they are, all else as harmless text."""
    cells = [value if type(value) in _AS_IT_IS else plain(value) for value in values]
    if _ANYWHERE.search("\0".join(["", *map(str, cells)])):
        return [guard(cell) if type(cell) is str else cell for cell in cells]
    return cells


def _xlsx_text(value: Any) -> str:
    text = value if type(value) is str else plain(value)
    if len(text) > XLSX_CELL_MAX:
        text = text[: XLSX_CELL_MAX - 1] + "…"
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _json_encoder() -> Callable[[Any], str]:
    def other(value: Any) -> Any:
        if isinstance(value, dt.date | dt.datetime | Decimal):
            return plain(value)
        raise TypeError(f"not a plain value: {type(value).__name__}")

    # rows are made from plain values just before: none of them contains itself
    return json.JSONEncoder(
        ensure_ascii=False, check_circular=False, separators=(",", ":"), default=other
    ).encode


def _drain(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return piece
