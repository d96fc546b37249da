"""Filters: facets (OR within one, AND between), years, days of registration."""

import tantivy
from tantivy import FieldType, Query

from stocktaking.search import registry
from stocktaking.search.engine.ask import any_of
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.rules.values import Query as Asked

_LATEST = 2**31
OPEN_YEAR = 9999  # of what goes on


def facet_filters(snapshot: Snapshot, asked: Asked) -> dict[str, tantivy.Query]:
    """One condition per facet that is filtered by."""
    return {
        slug: any_of([_carrying(snapshot, slug, value) for value in dict.fromkeys(values)])
        for slug, values in asked.filters.items()
        if values
    }


def _carrying(snapshot: Snapshot, slug: str, value: str) -> tantivy.Query:
    if spans := registry.bands(slug):
        found = [one for one in spans if one.value == value]
        return any_of([_between(snapshot, "confirmed", one.first, one.last) for one in found])
    return Query.term_query(snapshot.schema, facet_field(slug), value, "basic")


def facet_field(slug: str, *, pack: str = "") -> str:
    # an operator's slug may hold a dot, which the index would take for a path
    escaped = slug.replace("\\", "\\\\").replace(".", "\\.")
    return f"packed.{escaped}.{pack}" if pack else f"facets.{escaped}"


def range_filters(snapshot: Snapshot, asked: Asked) -> list[tantivy.Query]:
    """Years overlap (a project of 2015-2020 is active in 2018); days lie within."""
    found = []
    if asked.year_from is not None or asked.year_to is not None:
        first, last = asked.year_from or 0, asked.year_to or OPEN_YEAR
        found.append(_between(snapshot, "year_from", 0, last))
        found.append(_between(snapshot, "year_to", first, OPEN_YEAR))
    for name in ("registered", "confirmed"):
        since, until = getattr(asked, f"{name}_from"), getattr(asked, f"{name}_to")
        if since is not None or until is not None:
            found.append(_between(snapshot, name, since or 1, until or _LATEST))
    return found


def _between(snapshot: Snapshot, field: str, first: int, last: int) -> tantivy.Query:
    first, last = max(0, min(first, _LATEST)), max(0, min(last, _LATEST))
    if first > last:
        return Query.empty_query()
    return Query.range_query(snapshot.schema, field, FieldType.Unsigned, first, last)
