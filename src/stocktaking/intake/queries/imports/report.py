"""The refused records of an import as a file to correct and send back."""

from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from typing import Any

from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.queries.imports.batches import notes_of
from stocktaking.intake.rules.imports import REPORT_COLUMNS, is_sent_back
from stocktaking.intake.states import RowVerdict
from stocktaking.kernel.reading import Note, Path, Reading, Unreadable, look
from stocktaking.kernel.reading.paths import Key

SEPARATOR = "; "
Told = Callable[[Note], str]  # a fault in a sentence


def report_columns(number: int) -> list[str]:
    """The columns of the file in their order, and behind them the verdict, the reasons, and the
    columns that they are about. One SQL query."""
    head = ImportBatch.objects.values_list("head", flat=True).get(number=number)
    columns = [str(one) for one in head.get("columns", ())]
    if is_sent_back(columns):  # a report that was sent back has them already
        columns = [one for one in columns if one not in REPORT_COLUMNS]
    return [*columns, *REPORT_COLUMNS]


def report_rows(number: int, told: Told) -> Iterator[list[Any]]:
    """The refused records with their reasons, cell by cell in the order of ``report_columns``.

    Records of a table come back as they were; of nested ones several values of a column are
    joined, and ``report_records`` gives them whole. Two SQL queries, in pieces.
    """
    paths = [_path(column) for column in report_columns(number)[: -len(REPORT_COLUMNS)]]
    for row in _refused(number):
        yield [*(_cell(path, row.data) for path in paths), *_added(row, told).values()]


def report_records(number: int, told: Told) -> Iterator[dict[str, Any]]:
    """The refused records whole, with their reasons behind what they say. One SQL query, in
    pieces."""
    for row in _refused(number):
        data = row.data
        if is_sent_back(data):
            data = {name: said for name, said in data.items() if name not in REPORT_COLUMNS}
        for name, said in _added(row, told).items():
            data.setdefault(name, said)
        yield data


def is_report(file: FilePath) -> bool:
    """Whether a file holds refused records that somebody corrected."""
    try:
        return is_sent_back(look(file, Reading()).columns)
    except Unreadable:
        return False


def _added(row: ImportRow, told: Told) -> dict[str, str]:
    faults = notes_of(row.faults)
    texts = (
        row.verdict,
        "\n".join(dict.fromkeys(told(fault) for fault in faults)),
        SEPARATOR.join(dict.fromkeys(fault.column for fault in faults if fault.column)),
    )
    return dict(zip(REPORT_COLUMNS, texts, strict=True))


def _refused(number: int) -> Iterator[ImportRow]:
    rows = ImportRow.objects.filter(batch=number, verdict=RowVerdict.REFUSED).order_by("place")
    return rows.iterator(chunk_size=200)


def _path(column: str) -> Path:
    """The head of a column may be any text, also one that no path can be."""
    try:
        return Path.parse(column)
    except ValueError:
        return Path((Key(column),), column)


def _cell(path: Path, data: Any) -> Any:
    values = path.values(data)
    return values[0] if len(values) == 1 else SEPARATOR.join(str(one) for one in values)
