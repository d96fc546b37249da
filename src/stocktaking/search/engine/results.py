"""Carrying a plan out: one page of hits, counts by facet, cross-tables, all keys in order."""

from collections.abc import Iterator, Sequence

import tantivy
from tantivy import Order

from stocktaking.search.engine.counting import by_facet, counted
from stocktaking.search.engine.kept import named
from stocktaking.search.engine.plan import Plan, mended, plan
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.engine.snippets import Cutter
from stocktaking.search.rules.values import Answer, Hit, Query, Sort

DEEPEST = 100_000  # results that can be paged through; exports have no such limit
_ORDERS: dict[Sort, tuple[str, Order]] = {
    "newest": ("newest", Order.Desc),
    "oldest": ("newest", Order.Asc),
    "title": ("sort_title", Order.Asc),
    "start": ("year_from", Order.Desc),
}


def answered(snapshot: Snapshot, query: Query, facets: Sequence[str]) -> Answer:
    made, total, counts = _resolved(snapshot, query, facets)
    return Answer(
        total=total,
        hits=tuple(_page(snapshot, made, query, total)),
        facets=counts,
        suggestion=made.suggestion,
        problems=made.problems,
        data_version=snapshot.state.version,
    )


def _resolved(
    snapshot: Snapshot, query: Query, facets: Sequence[str]
) -> tuple[Plan, int, dict[str, dict[str, int]]]:
    """The plan that is carried out in the end, with its total and its counts."""
    made = plan(snapshot, query)
    if made.ranked is None:
        return (made, *_kept(snapshot, query, made, facets))
    total, counts = counted(snapshot, made, facets)
    better = mended(snapshot, query, made, total)
    if better is not made:
        total, counts = counted(snapshot, better, facets)
    return better, total, counts


def _kept(
    snapshot: Snapshot, query: Query, made: Plan, facets: Sequence[str]
) -> tuple[int, dict[str, dict[str, int]]]:
    """Counts of a question without words: every visitor of a list asks the same ones, and they
    run over the most documents, so they are kept until the next commit."""
    if made.without:
        return counted(snapshot, made, facets)
    name = named(("counts", *facets), query)
    total, counts = snapshot.kept.of(name, lambda: counted(snapshot, made, facets))
    return total, {slug: dict(values) for slug, values in counts.items()}


def _page(snapshot: Snapshot, made: Plan, query: Query, total: int) -> Iterator[Hit]:
    offset = (max(1, query.page) - 1) * query.size
    if offset >= min(total, DEEPEST) or query.size < 1:
        return
    found = _ordered(snapshot, made, query, limit=query.size, offset=offset)
    cutter = Cutter(made.wanted)
    for score, address in found:
        document = snapshot.searcher.doc(address)
        snippet, language = cutter.cut(document["source"]) if made.wanted else ((), "")
        yield Hit(
            key=document["key"][0],
            score=score if isinstance(score, float) else 0.0,
            snippet=snippet,
            snippet_language=language,
        )


def _ordered(
    snapshot: Snapshot, made: Plan, query: Query, *, limit: int, offset: int
) -> list[tuple[object, tantivy.DocAddress]]:
    sort: Sort = query.sort
    if sort == "relevance" and made.ranked is None:
        sort = "newest"
    if sort == "relevance":
        return snapshot.searcher.search(made.ranking(), limit, count=False, offset=offset).hits
    field, order = _ORDERS[sort]
    return snapshot.searcher.search(
        made.match(), limit, count=False, order_by_field=field, order=order, offset=offset
    ).hits


def keys(snapshot: Snapshot, query: Query) -> Iterator[str]:
    """Keys of everything that answers, in order."""
    made, total, _ = _resolved(snapshot, query, ())
    if not total:
        return
    found = _ordered(snapshot, made, query, limit=total, offset=0)
    addresses = [address for _, address in found]
    numbers = snapshot.searcher.fast_field_values("number", addresses)
    for number, address in zip(numbers, addresses, strict=True):
        # a number is read from its column; other keys stand with the stored texts
        yield str(number) if number else snapshot.searcher.doc(address)["key"][0]


def crossed(
    snapshot: Snapshot, query: Query, rows: str, columns: str
) -> dict[tuple[str, str], int]:
    """How many documents carry a value of one facet and a value of another."""
    made, _, _ = _resolved(snapshot, query, ())
    inner = {**by_facet(rows), "aggs": {"columns": by_facet(columns)}}
    found = snapshot.searcher.aggregate(made.match(), {"rows": inner})
    return {
        (str(row["key"]), str(column["key"])): int(column["doc_count"])
        for row in found["rows"]["buckets"]
        for column in row["columns"]["buckets"]
        if column["doc_count"]
    }
