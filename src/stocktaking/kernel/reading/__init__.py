"""Reading foreign files of any size: what they are, and their records one after another."""

from stocktaking.kernel.reading.records import FileKind, Head, Note, Reading, Record

__all__ = ["FileKind", "Head", "Note", "Reading", "Record"]
