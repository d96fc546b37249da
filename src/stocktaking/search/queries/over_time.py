"""Counts over time of what matches. None of them touches the database."""

from collections.abc import Sequence

from stocktaking.search.engine import over_time as engine
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.rules.over_time import OverTime
from stocktaking.search.rules.values import Query


def extent(query: Query) -> tuple[int, int] | None:
    """The first and the last day (``date.toordinal()``) of registration among what matches; None
    where nothing does, or there is no index."""
    now = snapshot()
    return engine.extent(now, query) if now else None


def over_time(
    query: Query, *, bounds: Sequence[int], facets: Sequence[str] = (), whole: Query | None = None
) -> OverTime:
    """How many of what matches were registered between each two of these rising days, in all and
    by each value of these facets. ``whole`` is the question whose words are meant, where this one
    asks for a part of its answer."""
    now = snapshot()
    if now is None or len(bounds) < 2:
        return OverTime((0,) * max(0, len(bounds) - 1), {slug: {} for slug in facets})
    return engine.over_time(now, query, bounds, facets, whole)


def active(query: Query, *, last: int, most: int) -> dict[int, int]:
    """How many of what matches were active in each year up to ``last``, of ``most`` years at the
    most. What goes on is active in each year since it began; of an unknown end or beginning only
    the other is known."""
    now = snapshot()
    return engine.active(now, query, last, most) if now else {}
