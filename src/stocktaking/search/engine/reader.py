"""Reading the index: the newest committed state, told by one look at a file."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from stocktaking.search.engine.folder import Folder
from stocktaking.search.engine.kept import Kept
from stocktaking.search.engine.schema import STATE, State

Stamp = tuple[int, int, int]
MOST_READERS = 4  # a process has one index; a test suite has one per test


@dataclass(frozen=True)
class Snapshot:
    """The index at one commit; it stays readable while newer commits come."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    state: State
    kept: Kept = field(default_factory=Kept)  # what is worked out once a commit
    wide: dict[str, bool] = field(default_factory=dict)  # facets with many values; see counting


class Reader:
    """All threads of a process share one reader per folder."""

    def __init__(self, root: Path) -> None:
        self.folder = Folder(root)
        self._lock = threading.Lock()
        self._generation: Path | None = None
        self._stamp: Stamp | None = None
        self._index: tantivy.Index | None = None
        self._snapshot: Snapshot | None = None
        self._wide: dict[str, bool] = {}

    def snapshot(self) -> Snapshot | None:
        """The newest commit; None where there is no readable index."""
        known, snapshot = self._stamp, self._snapshot
        if snapshot is not None and known is not None and known == self._looked_up():
            return snapshot
        with self._lock:
            for _ in range(3):  # a rebuild may move the folder away in between
                try:
                    return self._refreshed()
                except (OSError, ValueError):
                    self._forget()
            return None

    def _looked_up(self) -> Stamp | None:
        """Inode, time and size of what a commit, a rebuild or a deletion must change."""
        generation = self._generation
        if generation is None:
            return None
        try:
            found = (generation / "meta.json").stat()
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size)

    def _refreshed(self) -> Snapshot | None:
        generation = self.folder.current()
        if generation is None:
            self._forget()
            return None
        if generation != self._generation or self._index is None:
            self._forget()
            self._index = tantivy.Index.open(str(generation))
            self._index.config_reader("manual")
            self._generation = generation
        stamp = self._looked_up()
        if stamp == self._stamp and self._snapshot is not None:
            return self._snapshot
        self._index.reload()
        self._snapshot = taken(self._index, self._wide)
        self._stamp = stamp
        return self._snapshot

    def _forget(self) -> None:
        self._generation = self._stamp = self._index = self._snapshot = None
        self._wide = {}


def taken(index: tantivy.Index, wide: dict[str, bool]) -> Snapshot:
    """A snapshot of an open index; ValueError where it does not know its own state."""
    searcher, schema = index.searcher(), index.schema
    found = searcher.search(tantivy.Query.term_query(schema, "id", STATE), 1).hits
    if not found:
        raise ValueError("index without state")
    state = State.loaded(searcher.doc(found[0][1])["key"][0])
    return Snapshot(searcher, schema, state, wide=wide)


_readers: dict[Path, Reader] = {}


def reader(root: Path) -> Reader:
    """The reader of a folder, the same for every caller in this process."""
    if root not in _readers and len(_readers) >= MOST_READERS:
        _readers.clear()
    return _readers.setdefault(root, Reader(root))
