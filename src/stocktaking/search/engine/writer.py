"""Writing the index. The caller holds the folder's lock."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from stocktaking.search.engine.schema import (
    STATE,
    State,
    build_schema,
    document_id,
    lay_out,
    state_document,
)
from stocktaking.search.rules.values import Document

HEAP = 64_000_000  # bytes
SMALL_HEAP = 15_000_000


class Writer:
    """Collects changes; ``commit`` makes them and the new state visible at one stroke.

    A process that dies before its commit leaves the index as it was.
    """

    def __init__(self, generation: Path, *, fresh: bool = False) -> None:
        if fresh:
            self._index = tantivy.Index(build_schema(), path=str(generation))
        else:
            self._index = tantivy.Index.open(str(generation))
        self._writer = self._index.writer(HEAP if fresh else SMALL_HEAP, 1)

    def drop(self, kind: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._writer.delete_documents_by_term("id", document_id(kind, key))

    def drop_kind(self, kind: str) -> None:
        self._writer.delete_documents_by_term("kind", kind)

    def add(self, documents: Iterable[Document]) -> int:
        """Add documents that are not in the index (any more). Returns how many."""
        count = 0
        for document in documents:
            self._writer.add_document(lay_out(document))
            count += 1
        return count

    def abandon(self) -> None:
        """End without a commit; until then its threads go on writing into the folder."""
        self._writer.wait_merging_threads()

    def commit(self, state: State) -> None:
        self._writer.delete_documents_by_term("id", STATE)
        self._writer.add_document(state_document(state))
        self._writer.commit()
        self._writer.wait_merging_threads()
