"""A file looked at, and read record by record, whatever it is."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from stocktaking.kernel.reading.csv_files import open_csv
from stocktaking.kernel.reading.json_files import open_json
from stocktaking.kernel.reading.limits import RECORDS_MAX, RECORDS_SEEN
from stocktaking.kernel.reading.opened import Opened
from stocktaking.kernel.reading.recognising import recognise
from stocktaking.kernel.reading.records import FileKind, Head, Reading, Record
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.samples import sampled
from stocktaking.kernel.reading.sources import Enough, Source
from stocktaking.kernel.reading.workbooks import open_xlsx
from stocktaking.kernel.reading.xml_files import open_xml

_FOUND = Reading()


def look(path: str | Path, reading: Reading = _FOUND, *, most_samples: int = 5) -> Head:
    """What a file is, with the columns and samples of its first records.

    Unreadable where it cannot be read. Memory and time are bounded whatever the file.
    """
    with Source(path, brief=True) as source:
        opened = _opened(source, reading)
        first = islice(_enough(opened.records), RECORDS_SEEN)
        columns, samples = sampled(first, opened.columns, most_samples)
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
    with Source(path) as source:
        opened = _opened(source, reading)
        for count, record in enumerate(opened.records):
            if count >= RECORDS_MAX:
                raise Unreadable("too_many_records", most=RECORDS_MAX)
            yield record


def _enough(found: Iterator[Record]) -> Iterator[Record]:
    with suppress(Enough):
        yield from found


def _opened(source: Source, reading: Reading) -> Opened:
    kind = recognise(source, reading)
    if kind == FileKind.XLSX:
        return open_xlsx(source, reading)
    if kind == FileKind.XML:
        return open_xml(source, reading)
    return open_json(source, reading) if kind == FileKind.JSONL else open_csv(source, reading)
