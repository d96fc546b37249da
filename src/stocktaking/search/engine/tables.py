"""Counting two facets against each other.

Every condition holds here, also those on the two facets themselves: unlike the counts that a
filter offers, these describe what was found.
"""

from collections.abc import Sequence
from dataclasses import replace

import tantivy

from stocktaking.search.engine.counting import by_value, counted
from stocktaking.search.engine.filters import facet_field
from stocktaking.search.engine.plan import Plan
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.engine.settled import settled
from stocktaking.search.rules.tables import Square, Table
from stocktaking.search.rules.values import Query


def tabled(
    snapshot: Snapshot, query: Query, rows: str, columns: str, whole: Query | None = None
) -> Table:
    """The squares of two facets, with their sides counted over all and over what is placed."""
    made = settled(snapshot, query, whole)
    # as a condition like others, a facet is not left out of its own count
    every = replace(made, facets={}, conditions=[*made.conditions, *made.facets.values()])
    both = _carrying(every, (rows, columns))
    total, sides = counted(snapshot, every, (rows, columns))
    placed, placed_sides = counted(snapshot, both, (rows, columns))
    return Table(
        total=total,
        with_row=counted(snapshot, _carrying(every, (rows,)), ())[0],
        with_column=counted(snapshot, _carrying(every, (columns,)), ())[0],
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


def _carrying(made: Plan, slugs: Sequence[str]) -> Plan:
    """Of the same documents those that carry a value of each of these facets."""
    carried = [tantivy.Query.exists_query(facet_field(slug)) for slug in dict.fromkeys(slugs)]
    return replace(made, conditions=[*made.conditions, *carried])
