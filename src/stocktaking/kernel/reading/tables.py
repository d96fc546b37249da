"""Records of a table: its heads found and named, each row put under them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain

from stocktaking.kernel.reading.heads import find_header, name_columns
from stocktaking.kernel.reading.limits import COLUMNS_MAX, RECORD_MAX, ROWS_SEEN, shown
from stocktaking.kernel.reading.records import Note, Record
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.separated import Row
from stocktaking.kernel.reading.sources import Enough
from stocktaking.kernel.reading.tidying import Tidying
from stocktaking.kernel.tables import unguard


@dataclass
class Table:
    """``header`` is the row of the heads, ``rows`` are those below it."""

    header: int
    columns: tuple[str, ...]
    rows: Iterator[Row]
    notes: list[Note] = field(default_factory=list)


def open_table(
    rows: Iterable[Row], header: int, *, guarded: bool = False, grid: bool = False
) -> Table:
    """The table whose heads are in row ``header``, or where they are found.

    In a ``grid`` of cells columns need no head; in lines, those have one that the line states.
    Unreadable: ``file_empty``, ``header_unknown``, ``too_many_columns``.
    """
    all_rows = iter(rows)
    seen = _first(all_rows, header)
    if seen and not any(row.cells for row in seen) and seen[0].faults:
        raise Unreadable("record_too_long", line=seen[0].place)
    if header:
        place = next((at for at, row in enumerate(seen) if row.place == header), None)
        if place is None or not _width(seen[place].cells):
            raise Unreadable("header_unknown", row=header)
        seen += _first(all_rows, 0)
        doubtful = False
    else:
        place, doubtful = find_header([row.cells for row in seen])
        if not seen or not _width(seen[place].cells):
            raise Unreadable("file_empty")
    heads, below = seen[place], seen[place + 1 :]
    width = max(_width(row.cells) for row in (heads, *below))
    cells = heads.cells[:width]
    if grid:
        cells += [""] * (width - len(cells))
    if len(cells) > COLUMNS_MAX:
        raise Unreadable("too_many_columns", most=COLUMNS_MAX)
    columns, notes = name_columns([unguard(cell) for cell in cells] if guarded else cells)
    table = Table(heads.place, columns, chain(below, all_rows), list(notes))
    if not header and (doubtful or any(_width(row.cells) for row in seen[:place])):
        code = "header_doubtful" if doubtful else "header_found"
        table.notes.insert(0, Note(code, params={"row": heads.place}))
    return table


def _first(rows: Iterator[Row], until: int) -> list[Row]:
    """The rows up to a place, or as many as heads are looked for in; bounded in letters too."""
    seen: list[Row] = []
    letters = 0
    with suppress(Enough):
        for row in rows:
            seen.append(row)
            letters += sum(map(len, row.cells))
            if until and row.place >= until:
                break
            if until:
                seen = seen[-1:]
            elif len(seen) >= ROWS_SEEN or letters > RECORD_MAX:
                break
    return seen


def table_records(table: Table, tidying: Tidying, *, short: bool) -> Iterator[Record]:
    """Rows that say something, as records; ``short`` rows are told of, where lines may be cut."""
    columns = table.columns
    width = len(columns)
    for row in table.rows:
        cells = row.cells
        if len(cells) != width:
            _measure(row, columns, short)
            cells = [*cells[:width], *[""] * (width - len(cells))]
        if tidying.doubtful(row.raw):
            notes, faults = row.notes, row.faults
            cells = [
                tidying.text(cell, column, notes, faults) if cell else cell
                for cell, column in zip(cells, columns, strict=True)
            ]
        for at in row.returns:
            if at < width:
                row.notes.append(Note("return_kept", columns[at], {"text": shown(cells[at])}))
        for at, text in row.errors.items():
            if at < width:
                row.notes.append(Note("cell_error", columns[at], {"text": text}))
        if row.encoding:
            row.notes.append(Note("encoding_fallback", params={"encoding": row.encoding}))
        data = dict(zip(columns, cells, strict=True))
        if row.faults or (any(cells) and any(map(str.strip, cells))):
            yield Record(row.place, data, tuple(row.notes), tuple(row.faults))


def _measure(row: Row, columns: Sequence[str], short: bool) -> None:
    beyond = [cell for cell in row.cells[len(columns) :] if cell.strip()]
    counts = {"cells": _width(row.cells), "columns": len(columns)}
    if beyond:
        row.faults.append(Note("row_too_wide", params={**counts, "text": shown(beyond[0])}))
    elif short and len(row.cells) < len(columns) and not row.faults and _width(row.cells):
        row.notes.append(Note("row_too_short", params={**counts, "cells": len(row.cells)}))


def _width(cells: Sequence[str]) -> int:
    """The number of cells up to the last that says something."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)
