"""A file that was recognised and opened: what is known of it, and its records."""

from collections.abc import Iterator
from dataclasses import dataclass

from stocktaking.kernel.reading.letters import Letters
from stocktaking.kernel.reading.records import FileKind, Note, Record
from stocktaking.kernel.reading.sources import Source


@dataclass
class Opened:
    """``columns`` are those of a table; None where records are nested."""

    kind: FileKind
    encoding: str
    records: Iterator[Record]
    columns: tuple[str, ...] | None = None
    notes: tuple[Note, ...] = ()
    header: int = 0
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    record: str = ""


def sample_of(source: Source, letters: Letters) -> str:
    """The beginning of a text, without a letter that was cut through."""
    head = source.head[letters.mark :]
    return head.decode(letters.encoding, "ignore" if source.sampled else "replace")
