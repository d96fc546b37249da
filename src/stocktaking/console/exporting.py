"""``stocktaking entries export``: a list of the register as a file."""

import gzip
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import parse_qsl

import click
from django.utils import translation

from stocktaking.entries.queries import export_documents, export_table
from stocktaking.entries.queries.documents import all_numbers, published_numbers
from stocktaking.entries.queries.exports_edit import export_edit_table
from stocktaking.entries.queries.vocabulary import vocabulary
from stocktaking.kernel import languages, tables
from stocktaking.search import operations as search
from stocktaking.search.queries import answer, matching_keys
from stocktaking.search.rules.parameters import Asked, parse

STDOUT = "-"
ENDS = {
    ".jsonl.gz": ("documents",),
    ".jsonl": ("documents",),
    ".csv": ("table", "edit"),
    ".xlsx": ("table", "edit"),
}
OF_STDOUT = {"documents": ".jsonl", "table": ".csv", "edit": ".csv"}
IGNORED = ("page", "view")  # of the page, not of the list


@click.command("export")
@click.argument("file", metavar="FILE")
@click.option(
    "--query",
    default="",
    metavar="PARAMETERS",
    help='What to export, as in the address of a list: "goal=3&country=KE". All without it.',
)
@click.option(
    "--form",
    type=click.Choice(["documents", "table", "edit"]),
    help="Whole entries (.jsonl), a table to read, or one to change and import again.",
)
@click.option("--every-state", is_flag=True, help="Also what is not published; --form edit only.")
@click.option("--language", type=click.Choice(languages.CODES), default="en", show_default=True)
def export(file: str, query: str, form: str | None, every_state: bool, language: str) -> None:
    """Write entries to FILE: .jsonl, .jsonl.gz, .csv or .xlsx; - is the standard output."""
    end, form = _form_of(file, form)
    if every_state and (form != "edit" or query):
        raise click.UsageError("--every-state goes with --form edit and without --query.")
    with translation.override(languages.BY_CODE[language].django):
        numbers = all_numbers() if every_state else _numbers(query)
        counted = _Counted(numbers)
        with _opened(file, end) as target:
            _write(counted, end, form, language, target)
    click.echo(f"exported {counted.count}", err=True)


class _Counted:
    """Rows on their way, counted."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.numbers = numbers
        self.count = 0

    def rows(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            self.count += 1
            yield row


def _form_of(file: str, form: str | None) -> tuple[str, str]:
    """The end of the name and the form; UsageError where they do not go together."""
    if file == STDOUT:
        form = form or "documents"
        return OF_STDOUT[form], form
    end = next((end for end in ENDS if file.lower().endswith(end)), "")
    if not end:
        raise click.UsageError(f"FILE ends in one of {', '.join(ENDS)}, or is -.")
    form = form or ENDS[end][0]
    if form not in ENDS[end]:
        raise click.UsageError(f"A file {end} holds {' or '.join(ENDS[end])}, not {form}.")
    return end, form


def _numbers(query: str) -> Iterable[int]:
    if not query:
        return published_numbers()
    asked = _asked(query)
    search.catch_up(wait=5)
    if "index_building" in answer(asked.query).problems:
        raise click.ClickException("The index is being built. Try again in a while.")
    return (int(key) for key in matching_keys(asked.query))


def _asked(query: str) -> Asked:
    """The question; BadParameter where a part of it is not understood."""
    given = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    organisations = [value for name, value in given if name == "organisation"]
    asked = parse([one for one in given if one[0] not in IGNORED], vocabulary(organisations))
    if asked.ignored:
        told = "; ".join(f"{one.name}={one.value} [{one.reason}]" for one in asked.ignored)
        raise click.BadParameter(f"not understood: {told}", param_hint="--query")
    return asked


def _write(counted: _Counted, end: str, form: str, language: str, target: IO[bytes]) -> None:
    if form == "documents":
        rows = counted.rows(export_documents(counted.numbers))
        target.writelines(tables.write_jsonl(rows))
        return
    if form == "edit":
        cell_max = tables.XLSX_CELL_MAX if end == ".xlsx" else None
        columns, cells = export_edit_table(counted.numbers, cell_max=cell_max)
    else:
        columns, cells = export_table(counted.numbers, language)
    rows = counted.rows(cells)
    if end == ".csv":
        target.writelines(tables.write_csv(rows, columns))
        return
    try:
        tables.write_xlsx(rows, columns, target)
    except OverflowError as error:
        raise click.ClickException(f"{error}: take a .csv file") from error


@contextmanager
def _opened(file: str, end: str) -> Iterator[IO[bytes]]:
    """Where the bytes go. A file appears under its name when it is whole."""
    if file == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(file)
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}", param_hint="FILE")
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if end.endswith(".gz"):
            with gzip.open(half, "wb", compresslevel=6) as packed:
                yield cast(IO[bytes], packed)
        else:
            with half.open("wb") as plain:
                yield plain
        half.replace(path)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error
    finally:
        half.unlink(missing_ok=True)
