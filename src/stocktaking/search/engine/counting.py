"""Counts by facet: one pass for all facets, one more for each that is filtered by."""

from collections import Counter
from collections.abc import Sequence

import tantivy

from stocktaking.search import registry
from stocktaking.search.engine.filters import facet_field
from stocktaking.search.engine.plan import Plan
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.engine.schema import PACKS, SEPARATOR

MOST_VALUES = 20_000  # of one facet, counted
# Pairs of values of a facet with more values are too many to be worth packing.
MOST_PACKED = 40
_TOTAL = {"value_count": {"field": "newest"}}

Aggregation = dict[str, object]
Buckets = dict[str, list[dict[str, object]]]


def counted(
    snapshot: Snapshot, plan: Plan, facets: Sequence[str]
) -> tuple[int, dict[str, dict[str, int]]]:
    """How many documents match, and how many carry each value. A facet that is filtered by is
    counted without its own filter."""
    wanted = dict.fromkeys(facets)
    plain = [slug for slug in wanted if slug not in plan.facets]
    total, counts = _counts(snapshot, plan.match(), plain)
    for slug in wanted:
        if slug in plan.facets:
            counts |= _counts(snapshot, plan.match(leaving_out=slug), [slug])[1]
    return total, {slug: counts[slug] for slug in wanted}


def _counts(
    snapshot: Snapshot, query: tantivy.Query, slugs: Sequence[str]
) -> tuple[int, dict[str, dict[str, int]]]:
    asked: Aggregation = {"total": _TOTAL}
    names: dict[str, str] = {}  # of an aggregation, and the facet it counts for
    for place, slug in enumerate(slugs):
        if registry.bands(slug) or is_wide(snapshot, slug):
            asked[f"{place}"] = by_facet(slug)
            names[f"{place}"] = slug
            continue
        for pack in PACKS:
            asked[f"{place}{pack}"] = by_value(facet_field(slug, pack=pack))
            names[f"{place}{pack}"] = slug
    found = snapshot.searcher.aggregate(query, asked)
    counters: dict[str, Counter[str]] = {slug: Counter() for slug in slugs}
    for name, slug in names.items():
        _add(counters[slug], found[name], packed=len(name) > len(name.rstrip("abc")))
    return int(found["total"]["value"]), {slug: dict(c) for slug, c in counters.items()}


def _add(counter: Counter[str], found: Buckets, *, packed: bool) -> None:
    for bucket in found["buckets"]:
        key, times = str(bucket["key"]), bucket["doc_count"]
        for value in key.split(SEPARATOR) if packed else (key,):
            if times:  # a band is told where it is empty as well
                counter[value] += times  # type: ignore[operator]  # a number, as the index has it


def by_facet(slug: str) -> Aggregation:
    """One bucket for each value of a facet."""
    spans = registry.bands(slug)
    if not spans:
        return by_value(facet_field(slug))
    ranges = [{"key": one.value, "from": one.first, "to": one.last + 1} for one in spans]
    return {"range": {"field": "confirmed", "ranges": ranges}}


def by_value(field: str, *, size: int = MOST_VALUES) -> Aggregation:
    return {"terms": {"field": field, "size": size}}


def is_wide(snapshot: Snapshot, slug: str) -> bool:
    """Whether a facet has many values; looked up once for each build of the index."""
    known = snapshot.wide.get(slug)
    if known is None:
        asked = {"values": by_value(facet_field(slug), size=MOST_PACKED + 1)}
        found = snapshot.searcher.aggregate(tantivy.Query.all_query(), asked)
        known = snapshot.wide[slug] = len(found["values"]["buckets"]) > MOST_PACKED
    return known
