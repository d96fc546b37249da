"""Trends in process: a page of figures at first and kept, one count over time against SQL."""

import datetime as dt
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.corpus import documents
from bench.measure import timed
from bench.search import Corpus
from stocktaking.insight.queries.trends import THEMES, theme, trend
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework
from stocktaking.reference.queries import catalogue
from stocktaking.search import operations, registry
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.queries.over_time import over_time
from stocktaking.search.rules.values import Document, Query

Row = tuple[str, str, str, str]
ROUNDS = 7
TODAY = dt.date(2025, 6, 30)
YEARS = [dt.date(year, 1, 1).toordinal() for year in range(1999, 2026)]
FROM = (("from-country", "country"), ("from-region", "region"))


class Named(Corpus):
    """The corpus with values that the framework knows, and without texts, which count nothing."""

    def documents(self, keys: Sequence[str]) -> list[Document]:
        return [self._named(document) for document in super().documents(keys)]

    def _named(self, document: Document) -> Document:
        facets = {}
        for name, slug in (*((slug, slug) for slug in document.facets), *FROM):
            scheme = catalogue().scheme(slug)
            values = document.facets.get(slug, ())
            terms = scheme.assignable if scheme else ()
            if terms:
                values = tuple({terms[int(value[1:]) % len(terms)].code for value in values})
            facets[name] = values
        return replace(document, parts=(), facets=facets, confirmed=document.registered)


def measure(size: int, folder: Path) -> list[Row]:
    """Rows of the table; what is kept is thrown away before each first time."""
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    registry._providers.clear()
    registry.provide(Named(size))
    operations.rebuild()
    connection = _filled(folder / f"years-{size}.sqlite3", size)
    theme("growth", Query(), "en", TODAY)  # the framework is read once in a process
    ours = _first(lambda: over_time(Query(), bounds=YEARS, facets=("action-line",)))
    theirs = statistics.median(timed(lambda: _by_sql(connection)) for _ in range(3))
    rows: list[Row] = [
        (
            f"trends {size}, a scheme by year, first time, ms",
            f"{ours:.1f}",
            f"{theirs:.1f}",
            f"{theirs / ours:.1f}x",
        )
    ]
    for name in THEMES:
        rows += _both(f"trends {size}, page {name}", lambda n=name: theme(n, Query(), "en", TODAY))
    filtered = Query(filters={"region": ("AFR",)})
    rows += _both(
        f"trends {size}, technologies of a region",
        lambda: trend("technologies", filtered, "en", TODAY),
    )
    return rows


def _both(name: str, work: Callable[[], object]) -> list[Row]:
    again = statistics.median(timed(work) for _ in range(ROUNDS))
    busy = _first(work, busy=True)
    return [
        (f"{name}, first time, ms", f"{_first(work):.1f}", "", ""),
        (f"{name}, first time, processor time, ms", f"{busy:.1f}", "", ""),
        (f"{name}, again, ms", f"{again:.1f}", "", ""),
    ]


def _first(work: Callable[[], object], *, busy: bool = False) -> float:
    """The middle of several runs that find nothing kept; ``busy`` leaves out what others take."""
    times = []
    for _ in range(ROUNDS):
        now = snapshot()
        assert now is not None  # noqa: S101 - the index was just built
        now.kept.clear()
        start = time.thread_time()
        took = timed(work)
        times.append((time.thread_time() - start) * 1000 if busy else took)
    return statistics.median(times)


def _filled(path: Path, size: int) -> sqlite3.Connection:
    """What one would build on SQLite alone: a row for each value of each document."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE facet (slug TEXT, value TEXT, doc INTEGER)")
    connection.execute("CREATE TABLE meta (doc INTEGER PRIMARY KEY, registered TEXT)")
    for document in documents(size):
        number = int(document.key)
        day = dt.date.fromordinal(document.registered).isoformat()
        connection.execute("INSERT INTO meta VALUES (?,?)", (number, day))
        connection.executemany(
            "INSERT INTO facet VALUES ('action-line',?,?)",
            [(value, number) for value in document.facets["action-line"]],
        )
    connection.execute("CREATE INDEX by_slug ON facet (slug, doc, value)")
    connection.execute("ANALYZE")
    connection.commit()
    return connection


def _by_sql(connection: sqlite3.Connection) -> list[tuple]:
    return connection.execute(
        "SELECT value, substr(registered, 1, 4), COUNT(*) FROM facet JOIN meta USING (doc)"
        " WHERE slug = 'action-line' GROUP BY 1, 2"
    ).fetchall()
