"""What an import came to, told on the error output and written to a file."""

from collections.abc import Mapping
from pathlib import Path

import click

from stocktaking.intake.operations.imports.words import told
from stocktaking.intake.queries import imports as queries
from stocktaking.intake.queries.imports import BatchView
from stocktaking.intake.states import RowVerdict
from stocktaking.kernel.tables import write_csv, write_jsonl, write_xlsx

FORMS = (".xlsx", ".csv", ".jsonl")
SHOWN = 20  # rows that are told one by one
FEW = 5  # values of a scheme


def tell(view: BatchView) -> None:
    """The first refused rows with place, column and sentence, and what else is worth a look."""
    page = queries.rows(view.number, verdict=RowVerdict.REFUSED, size=SHOWN)
    for row in page.rows:
        for fault in row.faults:
            where = f"{row.place}, {fault.column}" if fault.column else str(row.place)
            click.echo(f"refused {where}: {told(fault)}", err=True)
    if page.total > SHOWN:
        click.echo(f"refused: {page.total - SHOWN} more; --report writes all of them", err=True)
    if view.unread:
        click.echo(f"no rule reads: {_some(view.unread)}", err=True)
    for scheme, values in view.unknown.items():
        click.echo(f"no term of {scheme}: {_some(values)}", err=True)
    if view.noted:
        told_of = (one.note.code for one in queries.reasons(view.number) if not one.fault)
        codes = dict.fromkeys(told_of)
        click.echo(f"something to tell about {view.noted} rows: {', '.join(codes)}", err=True)


def _some(counts: Mapping[str, int]) -> str:
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:FEW]
    more = f" and {len(counts) - FEW} more" if len(counts) > FEW else ""
    return ", ".join(f"{value} ({count})" for value, count in most) + more


def write_report(number: int, file: Path) -> None:
    """The refused rows with verdict, reasons and columns; as JSONL the records whole."""
    if file.suffix == ".jsonl":
        with file.open("wb") as out:
            out.writelines(write_jsonl(queries.report_records(number, told)))
        return
    columns, rows = queries.report_columns(number), queries.report_rows(number, told)
    with file.open("wb") as out:
        if file.suffix == ".xlsx":
            write_xlsx(rows, columns, out)
        else:
            out.writelines(write_csv(rows, columns))
