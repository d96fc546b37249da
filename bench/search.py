"""Search in process: 20 hits, snippets and nine facets, against SQLite FTS5 on the same corpus."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.corpus import FACETS, batches, common_words, documents
from bench.measure import Times, middles, timed
from bench.questions import questions
from stocktaking.kernel.text.languages import ANY_STOP_WORD
from stocktaking.search import operations, queries, registry
from stocktaking.search.rules.values import Document, Query


class Corpus:
    """The corpus as the only kind of document; it holds one batch at a time."""

    kind = "entry"

    def __init__(self, size: int) -> None:
        self.size = size
        self._source = documents(size)

    def keys(self) -> Iterator[str]:
        return (str(number) for number in range(1, self.size + 1))

    def documents(self, keys: Sequence[str]) -> list[Document]:
        return [next(self._source) for _ in keys]


def measure(size: int, folder: Path, rounds: int = 3) -> list[tuple[str, str, str, str]]:
    """Rows of the table: path, ours, theirs, ratio."""
    registry._providers.clear()
    registry.provide(Corpus(size))
    building = timed(operations.rebuild) / 1000
    sample = [
        document for batch, _ in zip(batches(size), range(5), strict=False) for document in batch
    ]
    asked = questions(common_words(sample, ANY_STOP_WORD))
    reference = Reference(folder / f"fts-{size}.sqlite3", size)
    rows = [
        (
            f"index {size} documents",
            f"{building:.1f} s",
            f"{reference.building:.1f} s",
            _ratio(reference.building, building),
        )
    ]
    ours: dict[str, list[float]] = {}
    busy: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    for _, query in asked[:12]:
        queries.answer(query, facets=FACETS)
    for _ in range(rounds):
        for label, query in asked:
            start = time.thread_time()
            took = timed(lambda query=query: queries.answer(query, facets=FACETS))
            ours.setdefault(label, []).append(took)
            busy.setdefault(label, []).append((time.thread_time() - start) * 1000)
    # the reference takes its time with a large corpus: some of the questions tell enough
    step = 1 if size <= 50_000 else 5
    for label, query in asked[::step]:
        theirs.setdefault(label, []).append(timed(lambda query=query: reference.answer(query)))
    for label in ("all", "common", "middle", "rare", "none"):
        mine = middles(_of(ours, label))
        other = middles(_of(theirs, label))
        name = f"search {size}, {label} words, p50 / p95 ms"
        rows.append((name, str(mine), str(other), _both(other, mine)))
    name = f"search {size}, all words, processor time, p50 / p95 ms"
    rows.append((name, str(middles(_of(busy, "all"))), "", ""))
    return rows


def _of(times: dict[str, list[float]], label: str) -> list[float]:
    return times[label] if label != "all" else [t for each in times.values() for t in each]


def _ratio(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f}x"


def _both(theirs: Times, ours: Times) -> str:
    return f"{theirs.p50 / ours.p50:.1f}x / {theirs.p95 / ours.p95:.1f}x"


class Reference:
    """What one would build on SQLite alone: FTS5, bm25, snippet(), one count per facet."""

    def __init__(self, path: Path, size: int) -> None:
        path.unlink(missing_ok=True)
        self.connection = sqlite3.connect(path)
        self.building = timed(lambda: self._fill(size)) / 1000

    def _fill(self, size: int) -> None:
        run = self.connection.execute
        run("PRAGMA journal_mode=OFF")
        run("PRAGMA cache_size=-200000")
        run("PRAGMA temp_store=MEMORY")
        run("CREATE VIRTUAL TABLE doc USING fts5(title, organisation, summary, body,"
            " tokenize='porter unicode61 remove_diacritics 2')")  # fmt: skip
        run("CREATE TABLE facet (slug TEXT, value TEXT, doc INTEGER)")
        run("CREATE TABLE meta (doc INTEGER PRIMARY KEY, registered INTEGER)")
        for batch in batches(size):
            self.connection.executemany(
                "INSERT INTO doc(rowid, title, organisation, summary, body) VALUES (?,?,?,?,?)",
                [(int(d.key), *(part.text for part in d.parts)) for d in batch],
            )
            self.connection.executemany(
                "INSERT INTO facet VALUES (?,?,?)",
                [(s, v, int(d.key)) for d in batch for s, held in d.facets.items() for v in held],
            )
            self.connection.executemany(
                "INSERT INTO meta VALUES (?,?)", [(int(d.key), d.registered) for d in batch]
            )
        run("CREATE INDEX facet_by_value ON facet (slug, value, doc)")
        run("CREATE INDEX facet_by_doc ON facet (doc, slug, value)")
        run("CREATE INDEX meta_newest ON meta (registered)")
        run("ANALYZE")
        self.connection.commit()

    def answer(self, query: Query) -> None:
        """The same page and counts; what several statements need is worked out once."""
        words = " ".join(f'"{word}"' for word in query.text.split())
        if words:
            self._table("found", "SELECT rowid AS doc FROM doc WHERE doc MATCH ?", [words])
        source = "temp.found" if words else "meta"
        self._page(query, words)
        self._narrowed("page_found", source, query.filters)
        self._count("page_found", [slug for slug in FACETS if slug not in query.filters])
        for slug in query.filters:
            others = {other: held for other, held in query.filters.items() if other != slug}
            self._narrowed("others_found", source, others)
            self._count("others_found", [slug])

    def _count(self, table: str, slugs: list[str]) -> None:
        marks = ",".join("?" * len(slugs))
        self.connection.execute(
            f"SELECT slug, value, count(*) FROM temp.{table} AS t CROSS JOIN facet"
            f" ON facet.doc = t.doc WHERE slug IN ({marks}) GROUP BY slug, value",
            slugs,
        ).fetchall()

    def _page(self, query: Query, words: str) -> None:
        condition, values = _conditions("doc.rowid", query.filters)
        if words:
            self.connection.execute(
                "SELECT rowid, title, snippet(doc, -1, '<b>', '</b>', '…', 30) FROM doc"
                f" WHERE doc MATCH ? {condition} ORDER BY bm25(doc, 4, 3, 2, 1) LIMIT 20",
                [words, *values],
            ).fetchall()
            return
        condition, values = _conditions("meta.doc", query.filters)
        self.connection.execute(
            "SELECT meta.doc, title, summary FROM meta JOIN doc ON doc.rowid = meta.doc"
            f" WHERE 1 {condition} ORDER BY registered DESC LIMIT 20",
            values,
        ).fetchall()

    def _narrowed(self, table: str, source: str, filters: dict[str, tuple[str, ...]]) -> None:
        condition, values = _conditions("s.doc", filters)
        self._table(table, f"SELECT s.doc FROM {source} AS s WHERE 1 {condition}", values)

    def _table(self, name: str, select: str, values: list[str]) -> None:
        self.connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        self.connection.execute(f"CREATE TEMP TABLE {name} AS {select}", values)


def _conditions(column: str, filters: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """The plus keeps SQLite from asking the text index once for each document of a facet."""
    parts, values = [], []
    for slug, wanted in filters.items():
        marks = ",".join("?" * len(wanted))
        parts.append(
            f"AND +{column} IN (SELECT doc FROM facet WHERE slug = ? AND value IN ({marks}))"
        )
        values += [slug, *wanted]
    return " ".join(parts), values
