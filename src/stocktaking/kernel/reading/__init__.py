"""Reading foreign files of any size: what they are, and their records one after another."""

from stocktaking.kernel.reading.paths import Path
from stocktaking.kernel.reading.reader import look, records
from stocktaking.kernel.reading.records import FileKind, Head, Note, Reading, Record
from stocktaking.kernel.reading.refusals import MESSAGES, Unreadable

__all__ = [
    "MESSAGES",
    "FileKind",
    "Head",
    "Note",
    "Path",
    "Reading",
    "Record",
    "Unreadable",
    "look",
    "records",
]
