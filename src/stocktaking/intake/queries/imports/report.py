"""The refused records of an import as a file to correct and send back."""

from collections.abc import Callable, Iterator
from typing import Any

from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.queries.imports.batches import notes_of
from stocktaking.intake.rules.imports import REPORT_COLUMNS
from stocktaking.intake.states import RowVerdict
from stocktaking.kernel.reading import Note, Path

SEPARATOR = "; "
Told = Callable[[Note], str]  # a fault in a sentence


def report_columns(number: int) -> list[str]:
    """The columns of the file in their order, and behind them the verdict, the reasons, and the
    columns that they are about. One SQL query."""
    head = ImportBatch.objects.values_list("head", flat=True).get(number=number)
    columns = [str(one) for one in head.get("columns", ())]
    # a report that was sent back has them already
    return [*(one for one in columns if one not in REPORT_COLUMNS), *REPORT_COLUMNS]


def report_rows(number: int, told: Told) -> Iterator[list[Any]]:
    """The refused records with their reasons, cell by cell in the order of ``report_columns``.

    Records of a table come back as they were; of nested ones several values of a column are
    joined, and ``report_records`` gives them whole. Two SQL queries, in pieces.
    """
    paths = [Path.parse(column) for column in report_columns(number)[: -len(REPORT_COLUMNS)]]
    for row in _refused(number):
        cells = [_cell(path, row.data) for path in paths]
        faults = notes_of(row.faults)
        yield [
            *cells,
            row.verdict,
            "\n".join(dict.fromkeys(told(fault) for fault in faults)),
            SEPARATOR.join(dict.fromkeys(fault.column for fault in faults if fault.column)),
        ]


def report_records(number: int) -> Iterator[dict[str, Any]]:
    """The refused records as they stood in the file. One SQL query, in pieces."""
    return (row.data for row in _refused(number))


def _refused(number: int) -> Iterator[ImportRow]:
    rows = ImportRow.objects.filter(batch=number, verdict=RowVerdict.REFUSED).order_by("place")
    return rows.iterator(chunk_size=200)


def _cell(path: Path, data: Any) -> Any:
    values = path.values(data)
    return values[0] if len(values) == 1 else SEPARATOR.join(str(one) for one in values)
