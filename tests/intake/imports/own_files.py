"""Files of our own exports, taken from the register of the test and imported into it."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.factories.entries import AT

from stocktaking.entries.models import Entry
from stocktaking.entries.queries import export_documents
from stocktaking.entries.queries.exports_edit import export_edit_table
from stocktaking.files.operations import store_file
from stocktaking.files.rules.data import DATA
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.operations.imports import open_batch
from stocktaking.intake.rules.profiles.shipped import shipped
from stocktaking.jobs.operations import run_job
from stocktaking.kernel import tables

LATER = AT + dt.timedelta(days=1)
FORMS = ("csv", "xlsx", "jsonl")
Change = Callable[[dict[str, str]], Mapping[str, str] | None]


def taken(form: str, numbers: Iterable[int] | None = None) -> bytes:
    """What an export of these entries is, of all without ``numbers``."""
    if numbers is None:
        numbers = Entry.objects.order_by("number").values_list("number", flat=True)
    if form == "jsonl":
        return b"".join(tables.write_jsonl(export_documents(numbers)))
    columns, rows = export_edit_table(numbers, cell_max=tables.XLSX_CELL_MAX)
    return sheet(columns, rows, form)


def edited(change: Change, numbers: Iterable[int] | None = None, form: str = "csv") -> bytes:
    """An edit table whose rows somebody changed; ``change`` answers the row, or None to drop it."""
    data = taken("csv", numbers).decode("utf-8-sig")
    given = (
        {k: tables.unguard(v) for k, v in row.items()} for row in csv.DictReader(io.StringIO(data))
    )
    rows = [row for one in given if (row := change(one)) is not None]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return sheet(columns, [[row.get(column, "") for column in columns] for row in rows], form)


def sheet(columns: list[str], rows: Iterable[list[Any]], form: str) -> bytes:
    if form == "csv":
        return b"".join(tables.write_csv(rows, columns))
    file = io.BytesIO()
    tables.write_xlsx(rows, columns, file)
    return file.getvalue()


def bring_in(
    data: bytes, form: str = "csv", *, at: dt.datetime = LATER, **options: Any
) -> ImportBatch:
    """The import of this file, done."""
    stored = store_file(data=data, name=f"entries.{form}", kinds=(DATA,), by=None, at=at)
    batch = open_batch(
        file=stored,
        name=stored.name,
        profile=shipped()["register"],
        by=None,
        at=at,
        **options,
    )
    run_job(job_id=batch.job_id or 0, at_clock=lambda: at)
    batch.refresh_from_db()
    assert (batch.state, batch.message) == ("done", "")
    return batch


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    return batch.created, batch.updated, batch.unchanged, batch.refused
