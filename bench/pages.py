"""Explore over HTTP against datasette on the same corpus; exports; start of the web process."""

import contextlib
import http.client
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench.corpus import FACETS, SIZES, batches, common_words
from bench.measure import Times, middles, timed
from bench.questions import questions
from bench.register import fill
from stocktaking.kernel.text.languages import ANY_STOP_WORD
from stocktaking.search import operations
from stocktaking.search.rules.values import Query

REQUESTS = 120
PROGRAM = "from stocktaking.console.main import main; main()"
Row = tuple[str, str, str, str]


def measure(size: int, folder: Path) -> list[Row]:
    importing = timed(lambda: fill(size)) / 1000
    indexing = timed(operations.rebuild) / 1000
    rows: list[Row] = [
        (f"import and index {size} entries", f"{importing + indexing:.0f} s", "", ""),
    ]
    asked = [query for _, query in _asked(size)]
    start = time.perf_counter()
    with serving([sys.executable, "-c", PROGRAM, "serve"], "--port", "/healthz") as port:
        rows.append(("start of the web process to its first answer",
                     f"{time.perf_counter() - start:.1f} s", "", ""))  # fmt: skip
        ours = middles([_fetched(port, _explore(query)) for query in asked])
        again = middles([_fetched(port, _explore(query)) for query in asked])
        exports = [_export(port, form, size) for form in ("csv", "xlsx", "jsonl")]
    theirs = _datasette(folder, size, asked)
    rows.append(_against(f"explore {size} over HTTP, first time, p50 / p95 ms", ours, theirs))
    rows.append(_against("the same pages again", again, theirs))
    return rows + exports


def _asked(size: int) -> list[tuple[str, Query]]:
    sample = [document for batch in batches(min(size, 5000)) for document in batch]
    return questions(common_words(sample, ANY_STOP_WORD), REQUESTS)


def _against(name: str, ours: Times, theirs: Times | None) -> Row:
    if theirs is None:
        return name, str(ours), "not measured: no datasette", ""
    ratio = f"{theirs.p50 / ours.p50:.1f}x / {theirs.p95 / ours.p95:.1f}x"
    return name, str(ours), str(theirs), ratio


def _explore(query: Query) -> str:
    pairs = [("q", query.text)] if query.text else []
    pairs += [("sdg", str(place + 1)) for place, _ in enumerate(query.filters.get("sdg", ()))]
    pairs += [("action-line", code) for code in ("C1", "C3") if "action-line" in query.filters]
    return f"/en/entries/?{urlencode(sorted(pairs))}"


def _export(port: int, form: str, size: int) -> Row:
    took = _fetched(port, f"/en/entries.{form}", patience=900, least=20 * size) / 1000
    return f"export {size} entries as {form}", f"{size / took:,.0f} rows/s", "", ""


def _fetched(port: int, address: str, patience: float = 120, least: int = 1) -> float:
    """Milliseconds to the last byte; a failed request ends the measurement."""

    def fetch() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        line.request("GET", address)
        answer = line.getresponse()
        length = 0
        while block := answer.read(1 << 20):
            length += len(block)
        line.close()
        if answer.status != 200 or length < least:
            raise RuntimeError(f"{address}: {answer.status}, {length} bytes")

    return timed(fetch)


@contextlib.contextmanager
def serving(command: list[str], port_option: str, ready: str) -> Iterator[int]:
    """A server on a free port, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*command, port_option, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(lambda: _fetched(port, ready), server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait(ready: Callable[[], object], server: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        with contextlib.suppress(OSError, http.client.HTTPException):
            ready()
            return
        if server.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def _datasette(folder: Path, size: int, asked: list[Query]) -> Times | None:
    """The same questions to datasette: full-text search and the same facets, as arrays."""
    beside = Path(sys.executable).with_name("datasette")
    program = str(beside) if beside.exists() else shutil.which("datasette")
    if program is None:
        return None
    path = folder / "corpus.db"
    _fill_datasette(path, size)
    limits = [
        "--setting",
        "facet_time_limit_ms",
        "20000",
        "--setting",
        "sql_time_limit_ms",
        "60000",
    ]
    command = [program, "serve", str(path), *limits]
    with serving(command, "-p", "/-/versions.json") as port:
        return middles([_fetched(port, _datasette_address(query)) for query in asked])


def _datasette_address(query: Query) -> str:
    pairs = [("_size", "20"), ("_sort_desc", "registered")]
    if query.text:
        pairs.append(("_search", query.text))
    for facet in FACETS:
        name = facet.replace("-", "_")
        pairs.append(("_facet_array" if facet in SIZES else "_facet", name))
    for slug, values in query.filters.items():
        name = slug.replace("-", "_")
        suffix = "__arraycontains" if slug in SIZES else ""
        pairs.append((f"{name}{suffix}", values[0]))  # it has no OR
    return f"/corpus/entries?{urlencode(pairs)}"


def _fill_datasette(path: Path, size: int) -> None:
    columns = [facet.replace("-", "_") for facet in FACETS]
    connection = sqlite3.connect(path)
    texts = "title TEXT, organisation TEXT, summary TEXT, body TEXT, registered INTEGER"
    facets = ", ".join(f"{column} TEXT" for column in columns)
    connection.execute(f"CREATE TABLE entries (id INTEGER PRIMARY KEY, {texts}, {facets})")
    marks = ",".join("?" * (6 + len(columns)))
    for batch in batches(size):
        connection.executemany(
            f"INSERT INTO entries VALUES ({marks})",
            [
                (
                    int(document.key),
                    *(part.text for part in document.parts),
                    document.registered,
                    *(
                        json.dumps(document.facets[facet])
                        if facet in SIZES
                        else document.facets[facet][0]
                        for facet in FACETS
                    ),
                )
                for document in batch
            ],
        )
    texts = "title, organisation, summary, body"
    connection.execute(
        f"CREATE VIRTUAL TABLE entries_fts USING fts5({texts}, content='entries',"
        " content_rowid='id')"
    )
    connection.execute(f"INSERT INTO entries_fts(rowid, {texts}) SELECT id, {texts} FROM entries")
    for column in ("registered", "region", "country"):
        connection.execute(f"CREATE INDEX by_{column} ON entries ({column})")
    connection.commit()
    connection.close()
