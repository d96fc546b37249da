"""Counts of a part of what a question finds."""

from collections.abc import Mapping, Sequence

from stocktaking.search.engine.counting import counted
from stocktaking.search.engine.settled import settled
from stocktaking.search.queries.answers import answer, snapshot
from stocktaking.search.rules.values import Query

Counts = Mapping[str, Mapping[str, int]]


def part(query: Query, whole: Query, *, facets: Sequence[str] = ()) -> tuple[int, Counts]:
    """How many of ``whole`` fit the narrower ``query``, in all and by facet, as ``answer`` counts.

    Never more than the whole has: words are put right only where the whole finds nothing.
    """
    now = snapshot()
    if now is None or not query.text:  # nothing to put right, and the counts are kept
        found = answer(query, facets=facets)
        return found.total, found.facets
    return counted(now, settled(now, query, whole), facets)
