"""Importing a corpus by the command, in a process of its own: seconds, rows per second, memory.

Beside it in the same run: the same lines parsed and put into one bare table with a full-text index,
which is the least that any import does, and records taken one by one as an editor would.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

PROGRAM = "from stocktaking.console.main import main; main()"
MOST_SECONDS, MOST_MEGABYTES = 120, 500
ONE_BY_ONE = 300  # records
PACKAGE = Path(__file__).resolve().parents[1] / "src" / "stocktaking"
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Run:
    """One command: its last line, seconds, and the most memory that it held."""

    summary: str
    seconds: float
    megabytes: float


def measure(folder: Path) -> list[Row]:
    from stocktaking.kernel import clock  # noqa: PLC0415 - they need Django
    from stocktaking.reference import frameworks  # noqa: PLC0415
    from stocktaking.reference.operations import load_framework  # noqa: PLC0415

    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    files, profile = corpus()
    count = sum(1 for file in files for _ in lines(file))
    print(f"import: {count} records in {len(files)} files with the profile {profile}", flush=True)
    bare = _bare(files, folder / "bare.sqlite3")
    first = _import(files, profile)
    again = _import(files, profile)
    singly = _one_by_one(files, profile)
    for run in (first, again):
        print(f"  {run.summary}", flush=True)
    rate = count / first.seconds
    return [
        _limit("import of all, indexed, s", first.seconds, MOST_SECONDS),
        _limit("the same a second time, s", again.seconds, MOST_SECONDS),
        _limit("most memory, MB", max(first.megabytes, again.megabytes), MOST_MEGABYTES),
        _rate("import, rows/s, beside a bare table with full text", rate, count / bare),
        _rate("import, rows/s, beside one by one", rate, singly),
    ]


def corpus() -> tuple[list[Path], str]:
    """The files of STOCKTAKING_BENCH_DATA, else the demo entries; with the name of a profile."""
    given = os.environ.get("STOCKTAKING_BENCH_DATA")
    if given:
        return sorted(Path(given).glob("*.jsonl.gz")), "large"
    return sorted((PACKAGE / "intake" / "demo").glob("entries_*.jsonl")), "demo"


def lines(file: Path) -> Iterator[bytes]:
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as opened:
        yield from opened


def _import(files: list[Path], profile: str) -> Run:
    command = ["entries", "import", *map(str, files), "--profile", profile]
    before = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with process.stdout as out:
        told = out.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    return Run(told.splitlines()[-1], time.monotonic() - before, used.ru_maxrss / 1024)


def _bare(files: list[Path], database: Path) -> float:
    """Seconds for the same lines in a table of texts, committed and indexed."""
    before = time.monotonic()
    connection = sqlite3.connect(database)
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(title, description, line UNINDEXED)")
    for file in files:
        source = lines(file)
        while batch := list(islice(source, 500)):
            with connection:
                connection.executemany("INSERT INTO t VALUES (?, ?, ?)", map(_cells, batch))
    connection.close()
    return time.monotonic() - before


def _cells(line: bytes) -> tuple[Any, ...]:
    record = json.loads(line)
    return record.get("title"), record.get("description"), line.decode()


def _one_by_one(files: list[Path], profile: str) -> float:
    """Entries per second where each is created by itself, as from the editor's form."""
    from dataclasses import replace  # noqa: PLC0415

    from stocktaking.entries.operations import create_entry  # noqa: PLC0415
    from stocktaking.intake.queries.imports import framework  # noqa: PLC0415
    from stocktaking.intake.queries.imports import profile as profile_of  # noqa: PLC0415
    from stocktaking.intake.rules.profiles.mapping import Mapper  # noqa: PLC0415
    from stocktaking.kernel import clock  # noqa: PLC0415
    from stocktaking.kernel.reading import records  # noqa: PLC0415

    chosen = profile_of(profile)
    mapper = Mapper(chosen, framework())
    mapped = (mapper.map(one).values for one in records(files[0], chosen.reading))
    wanted = [replace(one, identifiers=()) for one in islice(mapped, ONE_BY_ONE) if one]
    before = time.monotonic()
    for values in wanted:
        create_entry(values=values, by=None, at=clock.now(), publish=True)
    return len(wanted) / (time.monotonic() - before)


def _limit(name: str, found: float, most: float) -> Row:
    return name, f"{found:.0f}", f"{most} at most", f"{most / found:.1f}x"


def _rate(name: str, found: float, reference: float) -> Row:
    return name, f"{found:.0f}", f"{reference:.0f}", f"{found / reference:.2f}x"
