"""Tables as text: CSV with any usual delimiter."""

from collections.abc import Iterator

from stocktaking.kernel.reading.delimiters import returns_end_lines, sniff, stated
from stocktaking.kernel.reading.letters import settle
from stocktaking.kernel.reading.lines import text_lines
from stocktaking.kernel.reading.opened import Opened, sample_of
from stocktaking.kernel.reading.records import FileKind, Note, Reading
from stocktaking.kernel.reading.separated import Row, Rows
from stocktaking.kernel.reading.sources import Source
from stocktaking.kernel.reading.tables import open_table, table_records
from stocktaking.kernel.reading.tidying import Tidying


def open_csv(source: Source, reading: Reading) -> Opened:
    letters = settle(source, reading)
    sample = sample_of(source, letters)
    said = stated(sample)
    dialect, width = sniff(
        "\n" + sample[sample.find("\n") + 1 :] if said else sample,
        whole=not source.sampled,
        delimiter=reading.delimiter or said,
        header=reading.header,
    )
    ends = reading.returns == "line" or (not reading.returns and returns_end_lines(sample))
    lines = text_lines(source, letters, returns=ends)
    rows = Rows(lines, dialect, width=width, returns="line" if ends else reading.returns)
    table = open_table(_below(rows, 1 if said else 0), reading.header, guarded=reading.unguard)
    notes = [*letters.notes, *table.notes]
    if dialect.delimiter != "," and not reading.delimiter:
        notes.append(Note("delimiter_found", params={"delimiter": dialect.delimiter}))
    return Opened(
        FileKind.CSV,
        letters.encoding,
        table_records(table, Tidying(reading, guarded=True), short=True),
        columns=table.columns,
        notes=tuple(notes),
        header=table.header,
        delimiter=dialect.delimiter,
    )


def _below(rows: Rows, place: int) -> Iterator[Row]:
    return (row for row in rows if row.place > place)
