"""Two facets against each other, in process, against SQL on the same corpus."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench.corpus import documents
from bench.measure import timed
from bench.search import Corpus
from stocktaking.insight.queries import matrix
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework
from stocktaking.search import operations, registry
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.queries.tables import table
from stocktaking.search.rules.values import Query

Row = tuple[str, str, str, str]
ROUNDS = 9
SIDES = (("action-line", "sdg"), ("country", "technology"), ("region", "status"))
FILTERED = Query(filters={"region": ("R0", "R1")})


def measure(size: int, folder: Path) -> list[Row]:
    """Rows of the table; what is kept is thrown away before each first time."""
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    registry._providers.clear()
    registry.provide(Corpus(size))
    operations.rebuild()
    connection = _filled(folder / f"facets-{size}.sqlite3", size)
    matrix()  # the framework is read once in a process
    rows = []
    for rows_of, columns_of in SIDES:
        ours = _first(lambda r=rows_of, c=columns_of: table(Query(), rows=r, columns=c))
        theirs = timed(lambda r=rows_of, c=columns_of: _by_sql(connection, r, c))
        rows.append(_row(f"matrix {size}, {rows_of} x {columns_of}, first time, ms", ours, theirs))
    narrowed = _first(lambda: table(FILTERED, rows="action-line", columns="sdg"))
    rows.append(_row(f"matrix {size}, of two regions, first time, ms", narrowed))
    rows.append(_row(f"matrix {size}, whole page of numbers, first time, ms", _first(matrix)))
    rows.append(_row(f"matrix {size}, the same, processor time, ms", _first(matrix, busy)))
    again = statistics.median(timed(matrix) for _ in range(ROUNDS))
    rows.append(_row(f"matrix {size}, whole page of numbers, again, ms", again))
    return rows


def busy(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, which tell more where much else runs."""
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def _first(
    work: Callable[[], object], clock_of: Callable[[Callable[[], object]], float] = timed
) -> float:
    """The middle of several runs that find nothing kept."""
    times = []
    for _ in range(ROUNDS):
        now = snapshot()
        assert now is not None  # noqa: S101 - the index was just built
        now.kept.clear()
        times.append(clock_of(work))
    return statistics.median(times)


def _row(name: str, ours: float, theirs: float | None = None) -> Row:
    if theirs is None:
        return name, f"{ours:.1f}", "", ""
    return name, f"{ours:.1f}", f"{theirs:.1f}", f"{theirs / ours:.1f}x"


def _filled(path: Path, size: int) -> sqlite3.Connection:
    """What one would build on SQLite alone: a row for each value of each document."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE facet (slug TEXT, value TEXT, doc INTEGER)")
    for document in documents(size):
        connection.executemany(
            "INSERT INTO facet VALUES (?,?,?)",
            [
                (slug, value, int(document.key))
                for slug, values in document.facets.items()
                for value in values
            ],
        )
    connection.execute("CREATE INDEX by_slug ON facet (slug, doc, value)")
    connection.execute("ANALYZE")
    connection.commit()
    return connection


def _by_sql(connection: sqlite3.Connection, rows: str, columns: str) -> list[tuple]:
    return connection.execute(
        "SELECT r.value, c.value, COUNT(*) FROM facet r JOIN facet c ON c.doc = r.doc"
        " WHERE r.slug = ? AND c.slug = ? GROUP BY r.value, c.value",
        (rows, columns),
    ).fetchall()
