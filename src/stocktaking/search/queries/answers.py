"""Questions to the index of this node. None of them touches the database.

A missing index is told by the problem code ``index_building``: answers are empty then, and
``operations.ensure_following`` (or ``catch_up``) builds it.
"""

from collections.abc import Iterator, Sequence

from django.conf import settings

from stocktaking.search import registry
from stocktaking.search.engine import results
from stocktaking.search.engine.reader import Snapshot, reader
from stocktaking.search.rules.language import parse
from stocktaking.search.rules.values import Answer, Query


def snapshot() -> Snapshot | None:
    """The newest commit of this node's index. What it keeps is of today: bands move at midnight."""
    found = reader(settings.INDEX_DIR).snapshot()
    if found is not None:
        found.kept.since(registry.all_bands())
    return found


def answer(query: Query, *, facets: Sequence[str] = ()) -> Answer:
    """One page of what matches, with counts for these facets. Never raises for any text."""
    now = snapshot()
    if now is None:
        problems = (*parse(query.text).problems, "index_building")
        return Answer(0, (), {slug: {} for slug in facets}, None, problems, 0)
    return results.answered(now, query, facets)


def cross(query: Query, *, rows: str, columns: str) -> dict[tuple[str, str], int]:
    """How many documents carry a value of ``rows`` and one of ``columns``, by both values."""
    now = snapshot()
    return results.crossed(now, query, rows, columns) if now else {}


def matching_keys(query: Query) -> Iterator[str]:
    """Keys of all documents that match, in the query's order, whatever its page."""
    now = snapshot()
    return results.keys(now, query) if now else iter(())


def data_version() -> int:
    """A number that grows whenever this node's answers may have changed (0: no index)."""
    now = snapshot()
    return now.state.version if now else 0
