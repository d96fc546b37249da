"""Tables in a workbook (XLSX), read by a process of its own (``workbook``)."""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from stocktaking.kernel.reading import workbook
from stocktaking.kernel.reading.limits import FILE_MAX, MEGABYTE, RATIO_MAX, RECORDS_SEEN, ROWS_SEEN
from stocktaking.kernel.reading.opened import Opened
from stocktaking.kernel.reading.records import FileKind, Note, Reading
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.separated import Row
from stocktaking.kernel.reading.sources import Source, too_large
from stocktaking.kernel.reading.tables import open_table, table_records
from stocktaking.kernel.reading.tidying import Tidying

WAIT = 3 * workbook.SECONDS  # seconds of the clock; the process is limited in its own time
_TOO_LARGE = (workbook.TOO_LARGE, -signal.SIGABRT, -signal.SIGXFSZ)  # also in its libraries
_TOO_SLOW = (-signal.SIGXCPU, -signal.SIGKILL)


def open_xlsx(source: Source, reading: Reading) -> Opened:
    """All rows are on the disk and the process has ended when this returns."""
    if source.size > FILE_MAX:
        raise too_large()
    spool = source.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed by it
    _read_into(spool, source, reading)
    spool.seek(0)
    head = _answer(spool.readline())
    table = open_table(_rows(spool), reading.header, grid=True)
    notes = list(table.notes)
    if head["chosen"]:
        notes.insert(0, Note("sheet_chosen", params={"sheet": head["sheet"]}))
    return Opened(
        FileKind.XLSX,
        "utf-8",
        table_records(table, Tidying(reading), short=False),
        columns=table.columns,
        notes=tuple(notes),
        header=table.header,
        sheets=tuple(head["sheets"]),
        sheet=head["sheet"],
    )


def _read_into(spool: IO[bytes], source: Source, reading: Reading) -> None:
    options = {
        "sheet": reading.sheet,
        "rows": reading.header + ROWS_SEEN + RECORDS_SEEN if source.brief else 0,
        "unpacked": FILE_MAX,
        "ratio": RATIO_MAX,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no words of the sender
            [sys.executable, "-I", workbook.__file__, str(source.path), json.dumps(options)],
            stdout=spool,
            stderr=subprocess.DEVNULL,
            timeout=WAIT,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise Unreadable("file_too_slow") from problem
    if done.returncode in _TOO_SLOW:
        raise Unreadable("file_too_slow")
    if done.returncode:
        large = done.returncode in _TOO_LARGE
        raise Unreadable("sheet_too_large" if large else "file_damaged")


def _answer(line: bytes) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(line)
    code = head.pop("error", "")
    if code == "file_too_large":
        raise Unreadable(code, most=FILE_MAX // MEGABYTE)
    if code:
        raise Unreadable(code, **head)
    return head


def _rows(spool: IO[bytes]) -> Iterator[Row]:
    for line in spool:
        answer = json.loads(line.decode("utf-8", "surrogatepass"))
        if isinstance(answer, dict):
            return  # the number of rows
        place, cells, *errors = answer
        row = Row(place, cells, "\t".join(cells))
        if errors:
            row.errors = {int(at): text for at, text in errors[0].items()}
        yield row
