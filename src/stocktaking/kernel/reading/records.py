"""What reading a foreign file gives: records with their place, and what was noticed on the way.

Codes of notes, with their ``params``. ``text`` is the text at fault, cut to what can be shown;
``column`` names the column, the path of a nested value, or nothing where the whole record is
meant.

On a file (``Head.notes``):

- ``encoding_assumed`` {encoding}: nothing says how the letters are encoded; this was taken
- ``encoding_mixed`` {encoding}: some lines are not in the first encoding, but in this one
- ``delimiter_found`` {delimiter}: cells are separated by something other than a comma
- ``header_found`` {row}: the heads stand below other lines, in this row
- ``header_doubtful`` {row}: no row looks like heads; this one was taken
- ``head_repeated`` column {name}: a second column of this name; it goes by the name ``column``
- ``head_empty`` column: a column without a head; it goes by the name ``column``
- ``sheet_chosen`` {sheet}: there are several sheets with rows; this one was taken
- ``record_found`` {record}: the XML element that was taken for one record

On a record, told (``Record.notes``):

- ``encoding_fallback`` {encoding}: this record is not in the first encoding, but in this one
- ``letters_suspicious`` column {text}: looks as if it was once read in a wrong encoding
- ``letters_repaired`` column {text, became}: so it did, and was mended
- ``markup_found`` column {text}: holds HTML, which was left as it is
- ``markup_removed`` column {text}: held HTML, which became plain text
- ``controls_removed`` column {count}: held invisible control characters, which were left out
- ``cell_error`` column {text}: the spreadsheet shows an error here; the cell counts as empty
- ``key_repeated`` column {name}: a second value under one name; it goes by the name ``column``
- ``return_kept`` column {text}: a bare carriage return was taken for a break within the cell
- ``quote_misplaced`` {text}: quotation marks break the rules of CSV; the cells fit all the same
- ``row_too_short`` {cells, columns}: the line ends before its last columns; they count as empty

On a record, why it cannot be used (``Record.faults``):

- ``letters_unreadable`` column {text}: holds bytes that no encoding reads; they are shown as U+FFFD
- ``row_too_wide`` {cells, columns, text}: more cells than there are columns
- ``cell_too_long`` column {letters, most}: more letters than a cell may have; cut
- ``quote_open`` {text}: a quotation mark is opened and never closed
- ``line_too_long`` {most}: more letters than one record may have; left out
- ``json_broken`` {text}: no valid JSON
- ``json_too_deep`` {most}: nested deeper than this many levels
- ``number_not_finite`` {text}: NaN, Infinity, or a number beyond all measure
- ``number_too_long`` {most}: a number of more digits than this
- ``record_not_object`` {text}: valid JSON, but no object with names and values
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FileKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    XML = "xml"


@dataclass(frozen=True)
class Note:
    """Something to tell about a record: ``column`` is where, as the file names it.

    ``code`` is stable; its sentence is written by the door. ``params`` are plain values, such
    as the text at fault, cut to a length that can be shown.
    """

    code: str
    column: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """One row of a table, line of JSON, or element of XML.

    ``place`` is where a person finds it: the row of the sheet, the line of the file on which it
    starts, the number of the element of XML or of a JSON array; counted from 1. ``data`` holds
    texts by column for tables, nested plain values for JSON and XML. ``faults`` say why it
    cannot be used, ``notes`` what was decided by a rule on the way.
    """

    place: int
    data: Mapping[str, Any]
    notes: tuple[Note, ...] = ()
    faults: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Reading:
    """How a file is to be read; everything empty is found out by looking at the file.

    What a file is, its content says; ``kind`` decides only where that leaves a doubt.
    ``encodings`` are tried in order, for the whole file, or line by line where ``mixed``.
    ``header`` is the row of the heads (0: found, below a cover sheet's lines). ``record`` is the
    name of the XML element that is one record. ``html`` and ``mojibake`` say what is done with
    markup in cells and with letters that were read in a wrong encoding once: ``report`` keeps
    them and says so, ``text`` and ``repair`` mend them and say so. ``empty`` are cells that say
    nothing, compared without case. ``unguard`` takes off the apostrophes that ``kernel.tables``
    puts before formulas of CSV; for our own exports only. ``returns`` says what a bare carriage
    return in CSV is: the end of a ``line``, or ``text``, a break within a cell.
    """

    kind: FileKind | None = None
    encodings: tuple[str, ...] = ()
    mixed: bool = False
    delimiter: str = ""
    sheet: str = ""
    header: int = 0
    record: str = ""
    html: str = "report"
    mojibake: str = "report"
    empty: tuple[str, ...] = ()
    unguard: bool = False
    returns: str = ""


@dataclass(frozen=True)
class Head:
    """What a file is, before its records are read.

    ``columns`` are the paths that occur in its first records, in order (for tables the heads,
    made unique: a second ``Name`` is ``Name (2)``), ``samples`` some of their texts. ``sheets``
    are those of the workbook that can be seen, ``sheet`` the one that is read, ``record`` the
    XML element that is one record.
    """

    kind: FileKind
    encoding: str
    columns: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]
    sheets: tuple[str, ...] = ()
    header: int = 0
    delimiter: str = ""
    notes: tuple[Note, ...] = ()
    sheet: str = ""
    record: str = ""
