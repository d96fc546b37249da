"""Counting two facets against each other.

Every condition holds here, also those on the two facets themselves: unlike the counts that a
filter offers, these describe what was found.
"""

from collections.abc import Sequence
from dataclasses import replace

import tantivy

from stocktaking.search.engine.counting import by_value, counted
from stocktaking.search.engine.filters import facet_field
from stocktaking.search.engine.plan import Plan, mended, plan
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.rules.tables import Square, Table
from stocktaking.search.rules.values import Query


def tabled(snapshot: Snapshot, query: Query, rows: str, columns: str) -> Table:
    """The squares of two facets, with their sides counted over all and over what is placed."""
    made = _settled(snapshot, query)
    # as a condition like others, a facet is not left out of its own count
    whole = replace(made, facets={}, conditions=[*made.conditions, *made.facets.values()])
    both = _carrying(whole, (rows, columns))
    total, sides = counted(snapshot, whole, (rows, columns))
    placed, placed_sides = counted(snapshot, both, (rows, columns))
    return Table(
        total=total,
        with_row=counted(snapshot, _carrying(whole, (rows,)), ())[0],
        with_column=counted(snapshot, _carrying(whole, (columns,)), ())[0],
        placed=placed,
        rows=sides[rows],
        columns=sides[columns],
        placed_rows=placed_sides[rows],
        placed_columns=placed_sides[columns],
        squares=squares(snapshot, both.match(), rows, columns),
        problems=made.problems,
    )


def squares(snapshot: Snapshot, match: tantivy.Query, rows: str, columns: str) -> dict[Square, int]:
    """How many documents carry a value of ``rows`` and one of ``columns``, by both values."""
    inner = {**by_value(facet_field(rows)), "aggs": {"columns": by_value(facet_field(columns))}}
    found = snapshot.searcher.aggregate(match, {"rows": inner})
    return {
        (str(row["key"]), str(column["key"])): int(column["doc_count"])
        for row in found["rows"]["buckets"]
        for column in row["columns"]["buckets"]
    }


def _settled(snapshot: Snapshot, query: Query) -> Plan:
    """The plan that a list of the same question is made by, words put right where need be."""
    made = plan(snapshot, query)
    if made.ranked is None:
        return made
    return mended(snapshot, query, made, counted(snapshot, made, ())[0])


def _carrying(made: Plan, slugs: Sequence[str]) -> Plan:
    """Of the same documents those that carry a value of each of these facets."""
    carried = [tantivy.Query.exists_query(facet_field(slug)) for slug in dict.fromkeys(slugs)]
    return replace(made, conditions=[*made.conditions, *carried])
