"""What reading a foreign file gives: records with their place, and what was noticed on the way."""

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

    ``place`` is where a person finds it: the row of the sheet, the line of the file, the
    number of the element; counted from 1. ``data`` holds texts by column for tables, nested
    plain values for JSON and XML. ``faults`` say why it cannot be used, ``notes`` what was
    decided by a rule on the way.
    """

    place: int
    data: Mapping[str, Any]
    notes: tuple[Note, ...] = ()
    faults: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Reading:
    """How a file is to be read; everything empty is found out by looking at the file.

    ``encodings`` are tried in order, for the whole file, or line by line where ``mixed``.
    ``header`` is the row of the heads (0: found, below a cover sheet's lines). ``record`` is the
    name of the XML element that is one record. ``html`` and ``mojibake`` say what is done with
    markup in cells and with letters that were read in a wrong encoding once: ``report`` keeps
    them and says so, ``text`` and ``repair`` mend them and say so. ``empty`` are cells that say
    nothing, compared without case.
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


@dataclass(frozen=True)
class Head:
    """What a file is, before its records are read.

    ``columns`` are the paths that occur in its first records, in order (for tables the heads,
    made unique: a second ``Name`` is ``Name (2)``), ``samples`` some of their texts.
    """

    kind: FileKind
    encoding: str
    columns: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]
    sheets: tuple[str, ...] = ()
    header: int = 0
    delimiter: str = ""
    notes: tuple[Note, ...] = ()
