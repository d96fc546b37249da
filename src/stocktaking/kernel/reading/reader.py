"""A file looked at, and read record by record, whatever it is."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from stocktaking.kernel.reading.csv_files import open_csv
from stocktaking.kernel.reading.json_files import open_json
from stocktaking.kernel.reading.limits import RECORDS_SEEN
from stocktaking.kernel.reading.opened import Opened
from stocktaking.kernel.reading.recognising import recognise
from stocktaking.kernel.reading.records import FileKind, Head, Reading, Record
from stocktaking.kernel.reading.samples import sampled
from stocktaking.kernel.reading.sources import Source
from stocktaking.kernel.reading.workbooks import open_xlsx
from stocktaking.kernel.reading.xml_files import open_xml

_FOUND = Reading()


def look(path: str | Path, reading: Reading = _FOUND, *, most_samples: int = 5) -> Head:
    """What a file is, with the columns and samples of its first records.

    Unreadable where it cannot be read. Memory and time are bounded whatever the file.
    """
    opened = _opened(path, reading, brief=True)
    columns, samples = sampled(islice(opened.records, RECORDS_SEEN), opened.columns, most_samples)
    return Head(
        kind=opened.kind,
        encoding=opened.encoding,
        columns=columns,
        samples=samples,
        sheets=opened.sheets,
        header=opened.header,
        delimiter=opened.delimiter,
        notes=opened.notes,
        sheet=opened.sheet,
        record=opened.record,
    )


def records(path: str | Path, reading: Reading = _FOUND) -> Iterator[Record]:
    """The records of a file one after another; places are different and rise.

    Unreadable where it cannot be read: before the first record, or behind the last that is
    sound where the file turns out to be damaged further on.
    """
    yield from _opened(path, reading, brief=False).records


def _opened(path: str | Path, reading: Reading, *, brief: bool) -> Opened:
    """``brief`` where the first records are enough."""
    source = Source(path)
    kind = recognise(source, reading)
    if kind == FileKind.XLSX:
        return open_xlsx(source, reading, brief=brief)
    if kind == FileKind.XML:
        return open_xml(source, reading)
    return open_json(source, reading) if kind == FileKind.JSONL else open_csv(source, reading)
