"""Counts by facet and day of registration: one pass for all spans of time and all facets."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any

from stocktaking.search import registry
from stocktaking.search.engine.counting import (
    Aggregation,
    by_facet,
    by_value,
    is_wide,
)
from stocktaking.search.engine.filters import facet_field
from stocktaking.search.engine.kept import Found, named
from stocktaking.search.engine.plan import Plan, plan
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.engine.schema import PACKS, SEPARATOR
from stocktaking.search.engine.settled import settled
from stocktaking.search.rules.over_time import OverTime
from stocktaking.search.rules.values import Query

FIELD = "registered"
Buckets = list[dict[str, Any]]


def extent(snapshot: Snapshot, query: Query) -> tuple[int, int] | None:
    """The first and the last day on which something that matches was registered."""

    def count(made: Plan) -> tuple[int, int] | None:
        asked = {"first": {"min": {"field": FIELD}}, "last": {"max": {"field": FIELD}}}
        found = snapshot.searcher.aggregate(made.match(), asked)
        first, last = found["first"]["value"], found["last"]["value"]
        return None if first is None or last is None else (int(first), int(last))

    return _kept(snapshot, query, ("extent",), count)


def over_time(
    snapshot: Snapshot,
    query: Query,
    bounds: Sequence[int],
    facets: Sequence[str],
    whole: Query | None = None,
) -> OverTime:
    """Counts between each two of these rising days; a span begins with its first bound and ends
    before the next. ``whole`` is the question that this one is a part of."""

    def count(made: Plan) -> OverTime:
        return _counted(snapshot, made, bounds, facets)

    name = ("over_time", tuple(bounds), tuple(facets))
    return _kept(snapshot, query, name, count, whole)


def active(snapshot: Snapshot, query: Query, last: int, most: int) -> dict[int, int]:
    """How much of what matches was active in each year, from the first in which anything was
    up to ``last``; of ``most`` years at the most."""

    def count(made: Plan) -> dict[int, int]:
        found = snapshot.searcher.aggregate(
            made.match(), {"first": {"min": {"field": "year_from"}}}
        )
        begins = found["first"]["value"]
        if begins is None or begins > last:
            return {}
        years = range(max(int(begins), last - most + 1), last + 1)
        started = _until(snapshot, made, "year_from", years, after=1)
        ended = _until(snapshot, made, "year_to", years, after=0)
        return {
            year: so_far - over for year, so_far, over in zip(years, started, ended, strict=True)
        }

    return _kept(snapshot, query, ("active", last, most), count)


def _until(snapshot: Snapshot, made: Plan, field: str, years: range, *, after: int) -> list[int]:
    """How many documents have a year before each of these (or in it, with ``after``)."""
    edges = [year + after for year in years]
    ranges = [{"to": edges[0]}, *({"from": a, "to": b} for a, b in pairwise(edges))]
    found = snapshot.searcher.aggregate(
        made.match(), {"years": {"range": {"field": field, "ranges": ranges}}}
    )
    counts = {int(b["to"]): int(b["doc_count"]) for b in found["years"]["buckets"] if "to" in b}
    return list(accumulate(counts.get(edge, 0) for edge in edges))


def _kept(
    snapshot: Snapshot,
    query: Query,
    name: tuple[object, ...],
    count: Callable[[Plan], Found],
    whole: Query | None = None,
) -> Found:
    """Counts of a question without words are kept until the next commit, as those of lists."""
    if query.text:
        return count(settled(snapshot, query, whole))
    return snapshot.kept.of(named(name, query), lambda: count(plan(snapshot, query)))


def _counted(
    snapshot: Snapshot, made: Plan, bounds: Sequence[int], facets: Sequence[str]
) -> OverTime:
    inner: Aggregation = {}
    names: dict[str, str] = {}  # of an aggregation, and the facet it counts for
    for place, slug in enumerate(dict.fromkeys(facets)):
        if registry.bands(slug) or is_wide(snapshot, slug):
            inner[f"{place}"] = by_facet(slug)
            names[f"{place}"] = slug
            continue
        for pack in PACKS:
            inner[f"{place}{pack}"] = by_value(facet_field(slug, pack=pack))
            names[f"{place}{pack}"] = slug
    spans = [{"from": begin, "to": end} for begin, end in pairwise(bounds)]
    asked: Aggregation = {"range": {"field": FIELD, "ranges": spans}}
    if inner:
        asked["aggs"] = inner
    found = snapshot.searcher.aggregate(made.match(), {"spans": asked})
    places = {begin: place for place, begin in enumerate(bounds[:-1])}
    totals = [0] * len(spans)
    values: dict[str, dict[str, list[int]]] = {slug: {} for slug in names.values()}
    for bucket in found["spans"]["buckets"]:
        # what lies outside of the bounds has a bucket too, without a beginning or an end
        if "from" not in bucket or "to" not in bucket:
            continue
        place = places[int(bucket["from"])]
        totals[place] = int(bucket["doc_count"])
        for name, slug in names.items():
            _add(values[slug], bucket[name]["buckets"], place, len(spans))
    return OverTime(
        spans=tuple(totals),
        values={
            slug: {value: tuple(counts) for value, counts in held.items()}
            for slug, held in values.items()
        },
    )


def _add(values: dict[str, list[int]], found: Buckets, place: int, spans: int) -> None:
    for bucket in found:
        if not bucket["doc_count"]:  # a band is told where it is empty as well
            continue
        # the key of a packed facet is several values, that of another is one without separator
        for value in str(bucket["key"]).split(SEPARATOR):
            values.setdefault(value, [0] * spans)[place] += int(bucket["doc_count"])
